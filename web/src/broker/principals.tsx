import { serviceDayOf } from '@huming/shared/days'
import { Link } from 'wouter'
import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { dayWords } from '../coop/words.ts'
import { Badge } from '../kit/badge.tsx'
import { Icon } from '../kit/icon.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'

const soonDays = 30

/** The farmers and co-ops one may act for today; each opens their own workplace. */
export function Principals() {
  const principals = useApi('accounts.listPrincipals')
  return (
    <>
      <PageHeader title={t('broker.principals')} sub={t('broker.principalsHint')} />
      <Loaded
        query={principals}
        empty={{
          when: ({ items }) => items.length === 0,
          show: <EmptyState icon="people" title={t('broker.none')} text={t('broker.noneText')} />,
        }}
      >
        {({ items }) => (
          <div className="cards" style={{ ['--card' as string]: '300px' }}>
            {items.map((one) => (
              <Link key={one.id} to={`/for/${one.id}`} className="coop-card">
                <span className="grow">
                  <b className="coop-loud">{one.name}</b>
                  <span className="muted small">{t('broker.until', { day: dayWords(one.validTo) })}</span>
                  {endsSoon(one.validTo) && (
                    <span>
                      <Badge tone="warn">{t('broker.endsSoon')}</Badge>
                    </span>
                  )}
                </span>
                <Icon name="right" />
              </Link>
            ))}
          </div>
        )}
      </Loaded>
    </>
  )
}

const endsSoon = (validTo: string): boolean => {
  const limit = new Date(Date.now() + soonDays * 86_400_000)
  return validTo <= serviceDayOf(limit)
}
