import { Link, useLocation } from 'wouter'
import type { Reply } from '../app/api.ts'
import { api } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { usePages } from '../app/query.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { useNow } from '../kit/countdown.tsx'
import { PageHeader } from '../kit/page.tsx'
import { ScanBox } from '../kit/scan-box.tsx'
import { EmptyState, Loaded, LoadMore, ProgressBar } from '../kit/states.tsx'
import { HubChoice, useHub } from './use-hub.tsx'
import { momentWords, zoneName } from './words.ts'

type Brief = Reply<'supply.listConsignments'>['items'][number]

/** Consignments on their way or at the dock, next arrival first. Scanning a number or lot opens one. */
export function Receive() {
  const hub = useHub()
  const [, go] = useLocation()
  const { hubId } = hub
  const { items, more, query } = usePages('supply.listConsignments', { query: { view: 'expected', hubId } })
  useLive(['consignment.'], ['supply.listConsignments'])
  const open = async (code: string): Promise<true | string> => {
    const found = await api('supply.listConsignments', {
      query: { view: 'expected', hubId, search: code.slice(0, 40) },
    })
    const first = found.items[0]
    if (!first) return t('warehouse.receive.notExpected')
    go(`/receive/${first.id}`)
    return true
  }
  return (
    <>
      <PageHeader title={t('warehouse.receive.title')}>
        <HubChoice {...hub} />
      </PageHeader>
      <div className="stack">
        <ScanBox label={t('warehouse.receive.scan')} onCode={open} />
        <Loaded
          query={query}
          empty={{
            when: () => items.length === 0,
            show: (
              <EmptyState
                icon="truck"
                title={t('warehouse.receive.none')}
                text={t('warehouse.receive.noneText')}
              />
            ),
          }}
        >
          {() => (
            <div className="cards" style={{ ['--card' as string]: '320px' }}>
              {items.map((one) => (
                <Expected key={one.id} one={one} />
              ))}
            </div>
          )}
        </Loaded>
        <LoadMore more={more} size="l" />
      </div>
    </>
  )
}

function Expected({ one }: { one: Brief }) {
  const now = useNow(60_000)
  const late = one.status === 'shipped' && one.expectedAt !== null && Date.parse(one.expectedAt) < now
  return (
    <Link to={`/receive/${one.id}`} className="wh-card">
      <span className="row spread">
        <b className="wh-loud">{one.supplier}</b>
        <StatusChip of="consignment" status={one.status} />
      </span>
      <span className="row">
        <span className="wh-code">{one.plate}</span>
        <span className="muted">{one.number}</span>
      </span>
      <span className="row">
        {one.arrivedAt ? (
          <span>
            {t('warehouse.receive.arrivedAt')} {momentWords(one.arrivedAt)}
          </span>
        ) : (
          <span>{t('warehouse.receive.expected', { at: momentWords(one.expectedAt) })}</span>
        )}
        {late && <Badge tone="warn">{t('warehouse.receive.late')}</Badge>}
      </span>
      <span className="row">
        {one.zones.map((zone) => (
          <Badge key={zone} tone="info">
            {zoneName(zone)}
          </Badge>
        ))}
        <span className="muted">{t('warehouse.receive.lots', { count: one.lineCount })}</span>
      </span>
      {one.status === 'arrived' && (
        <ProgressBar label={t('warehouse.receive.progress')} done={one.receivedLines} total={one.lineCount} />
      )}
    </Link>
  )
}
