import { Link } from 'wouter'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useApi } from '../app/query.ts'
import { unlockSound } from '../kit/feedback.ts'
import { Icon } from '../kit/icon.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, ProgressBar } from '../kit/states.tsx'
import { HubChoice, useHub } from './use-hub.tsx'
import { dayWords } from './words.ts'

/** Waves that can be picked; the touch that starts the work also lets the page sound. */
export function Pick() {
  const hub = useHub()
  const { hubId } = hub
  const board = useApi('picking.board', { params: { hubId } }, { enabled: hubId !== '' })
  useLive(['wave.', 'pick.'], ['picking.board'])
  return (
    <>
      <PageHeader title={t('warehouse.pick.title')} sub={t('warehouse.pick.choose')}>
        <HubChoice {...hub} />
      </PageHeader>
      <Loaded
        query={board}
        empty={{
          when: ({ waves }) => !waves.some((wave) => wave.status === 'picking'),
          show: (
            <EmptyState icon="basket" title={t('warehouse.pick.none')} text={t('warehouse.pick.noneText')} />
          ),
        }}
      >
        {({ waves }) => (
          <div className="cards" style={{ ['--card' as string]: '340px' }}>
            {waves
              .filter((wave) => wave.status === 'picking')
              .map((wave) => {
                const total = wave.zones.reduce((sum, zone) => sum + zone.tasks, 0)
                const open = wave.zones.reduce((sum, zone) => sum + zone.open, 0)
                return (
                  <Link key={wave.id} to={`/pick/${wave.id}`} className="wh-card" onClick={unlockSound}>
                    <b className="wh-loud">
                      {t('warehouse.waves.name', { day: dayWords(wave.day), seq: wave.seq })}
                    </b>
                    <ProgressBar label={t('warehouse.pick.progress')} done={total - open} total={total} />
                    <span className="wh-go">
                      {t('warehouse.pick.start')} <Icon name="right" />
                    </span>
                  </Link>
                )
              })}
          </div>
        )}
      </Loaded>
    </>
  )
}
