import { Link } from 'wouter'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useApi } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { HubChoice, useHub } from '../warehouse/use-hub.tsx'
import { quantityOf } from '../warehouse/words.ts'
import { GoodsHead } from './goods.tsx'
import './texts.ts'

/** What to bring from the reserve to the pick faces, what picks wait for first. */
export function Replenish() {
  const hub = useHub()
  const query = useApi(
    'storing.listReplenishments',
    { query: { hubId: hub.hubId } },
    { enabled: hub.hubId !== '' },
  )
  useLive(['stock.', 'wave.', 'pick.', 'order.'], ['storing.listReplenishments'])
  return (
    <>
      <PageHeader title={t('stores.job.replenish')} back="/stores">
        <HubChoice {...hub} />
      </PageHeader>
      <Loaded
        query={query}
        empty={{
          when: ({ items }) => items.length === 0,
          show: <EmptyState icon="check" title={t('stores.replenish.none')} />,
        }}
      >
        {({ items }) => (
          <div className="cards" style={{ ['--card' as string]: '320px' }}>
            {items.map((one) => (
              <Link
                key={one.lotId + one.fromBinId}
                className="wh-card"
                to={`/stores/act?lot=${one.lotId}&bin=${one.fromBinId}&q=${one.quantity}${one.to ? `&to=${encodeURIComponent(one.to)}` : ''}`}
              >
                <GoodsHead
                  of={one}
                  side={one.urgent && <Badge tone="bad">{t('stores.replenish.urgent')}</Badge>}
                />
                <b className="wh-loud">{quantityOf(one, one.quantity)}</b>
                <span className="wh-code">
                  {one.from} → {one.to ?? '…'}
                </span>
                <span className="wh-go">{t('stores.replenish.go')}</span>
              </Link>
            ))}
          </div>
        )}
      </Loaded>
    </>
  )
}
