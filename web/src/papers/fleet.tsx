import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { Card } from '../kit/page.tsx'
import { Loaded, Note, Skeleton } from '../kit/states.tsx'
import { paperName } from './words.ts'
import './texts.ts'

/** Vehicles and drivers that may not leave today, with the paper each lacks; nothing where there is no fleet. */
export function FleetNeeds({ orgId }: { orgId: string }) {
  const subjects = useApi('papers.subjects', { params: { id: orgId } })
  return (
    <Loaded query={subjects} loading={<Skeleton lines={1} />}>
      {({ vehicles, people }) => {
        if (vehicles.length === 0) return null
        const all = [
          ...vehicles.map(({ id, plate, lack }) => ({ id, name: plate, lack })),
          ...people.map(({ id, name, lack }) => ({ id, name, lack })),
        ]
        const stopped = all.flatMap(({ lack, ...one }) => (lack ? [{ ...one, lack }] : []))
        if (stopped.length === 0) return <Note tone="good">{t('papers.fleetFine')}</Note>
        return (
          <Card title={t('papers.fleet', { count: stopped.length })}>
            <ul className="papers-list">
              {stopped.slice(0, 50).map(({ id, name, lack }) => (
                <li key={id} className="papers-line">
                  <span className="grow">
                    <b>{name}</b>
                    <span className="small">
                      {t('papers.offSaleWhy', {
                        paper: paperName(lack.paper),
                        why: t(`papers.why.${lack.why}`),
                      })}
                    </span>
                  </span>
                  <Badge tone="bad" icon="warning">
                    {t('papers.fleetMark')}
                  </Badge>
                </li>
              ))}
            </ul>
          </Card>
        )
      }}
    </Loaded>
  )
}
