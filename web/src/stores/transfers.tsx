import { useState } from 'react'
import { Link } from 'wouter'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, LoadMore } from '../kit/states.tsx'
import { HubChoice, useHub } from '../warehouse/use-hub.tsx'
import { momentWords } from '../warehouse/words.ts'
import { AskTransfer } from './ask-transfer.tsx'
import './texts.ts'

/** Transfers from and to the hub, newest first. */
export function Transfers() {
  const hub = useHub()
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const { items, more, query } = usePages('storing.listTransfers', {
    query: { hubId: hub.hubId || undefined },
  })
  useLive(['transfer.'], ['storing.listTransfers'])
  return (
    <>
      <PageHeader title={t('stores.transfer.title')} back="/stores">
        <HubChoice {...hub} />
        {may('transfer.write') && (
          <Button size="l" tone="main" icon="plus" onClick={() => setAsking(true)}>
            {t('stores.transfer.new')}
          </Button>
        )}
      </PageHeader>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="truck" title={t('stores.transfer.none')} />,
        }}
      >
        {() => (
          <div className="cards" style={{ ['--card' as string]: '320px' }}>
            {items.map((one) => (
              <Link key={one.id} className="wh-card" to={`/stores/transfers/${one.id}`}>
                <span className="row spread">
                  <span className="wh-code-s">{one.number}</span>
                  <StatusChip of="transfer" status={one.status} />
                </span>
                <b>{t('stores.transfer.way', { from: one.fromHub, to: one.toHub })}</b>
                <span className="row">
                  <span className="muted small">
                    {momentWords(one.receivedAt ?? one.shippedAt ?? one.askedAt)}
                  </span>
                  {one.short > 0 && <Badge tone="bad">{t('stores.transfer.short', { quantity: '' })}</Badge>}
                </span>
              </Link>
            ))}
          </div>
        )}
      </Loaded>
      <LoadMore more={more} size="l" />
      {asking && <AskTransfer toHubId={hub.hubId} onClose={() => setAsking(false)} />}
    </>
  )
}
