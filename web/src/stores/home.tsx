import { Link, useSearchParams } from 'wouter'
import { api } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Icon, type IconName } from '../kit/icon.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { ScanBox } from '../kit/scan-box.tsx'
import { EmptyState, Loaded, Skeleton } from '../kit/states.tsx'
import { HubChoice, useHub } from '../warehouse/use-hub.tsx'
import { zoneName } from '../warehouse/words.ts'
import { GoodsHead, kindName, kindTone, type StockRow, WhereAndHowMuch } from './goods.tsx'
import './texts.ts'

/** The PDA's start in the stores: scan a bin or a lot to see what lies there, or take up what waits. */
export function StoresHome() {
  const hub = useHub()
  const [search, setSearch] = useSearchParams()
  const code = search.get('code') ?? ''
  const { hubId } = hub
  const read = async (scanned: string): Promise<true | string> => {
    const found = await api('storing.scan', { params: { hubId }, query: { code: scanned.slice(0, 200) } })
    if (!found.bin && found.stock.length === 0) return t('stores.scanNothing')
    setSearch({ code: scanned }, { replace: true })
    return true
  }
  if (!hubId) return hub.pending ? <Skeleton /> : <EmptyState icon="warehouse" title={t('warehouse.noHub')} />
  return (
    <>
      <PageHeader title={t('stores.title')}>
        <HubChoice {...hub} />
      </PageHeader>
      <div className="stack">
        <ScanBox label={t('stores.scan')} onCode={read} />
        {code !== '' && <Scanned hubId={hubId} code={code} />}
        <Jobs hubId={hubId} />
      </div>
    </>
  )
}

function Scanned({ hubId, code }: { hubId: string; code: string }) {
  const query = useApi('storing.scan', { params: { hubId }, query: { code } })
  return (
    <Loaded query={query}>
      {({ bin, stock }) => (
        <Card
          title={bin ? bin.code : (stock[0]?.lotCode ?? code)}
          side={
            bin && (
              <span className="row">
                <Badge tone={kindTone(bin.kind)}>{kindName(bin.kind)}</Badge>
                <Badge>{zoneName(bin.zone)}</Badge>
                {bin.closedAt && <Badge tone="bad">{t('stores.bins.closed')}</Badge>}
              </span>
            )
          }
        >
          {stock.length === 0 ? (
            <span className="muted">{t('stores.empty')}</span>
          ) : (
            <div className="cards" style={{ ['--card' as string]: '320px' }}>
              {stock.map((row) => (
                <Row key={row.binId + row.lotId} row={row} />
              ))}
            </div>
          )}
        </Card>
      )}
    </Loaded>
  )
}

function Row({ row }: { row: StockRow }) {
  const may = useMay()
  const inside = (
    <>
      <GoodsHead
        of={row}
        side={row.stage !== 'received' && <Badge tone="bad">{t(`status.lot.${row.stage}`)}</Badge>}
      />
      <WhereAndHowMuch row={row} />
    </>
  )
  if (!may('stock.move') || row.binKind === 'quarantine' || row.binKind === 'destroy')
    return <div className="wh-card">{inside}</div>
  return (
    <Link className="wh-card" to={`/stores/act?lot=${row.lotId}&bin=${row.binId}`}>
      {inside}
    </Link>
  )
}

function Jobs({ hubId }: { hubId: string }) {
  const counts = useApi('storing.listCounts', { query: { hubId, open: 'true', limit: 200 } })
  const apart = useApi('storing.listQuarantines', { query: { hubId, open: 'true', limit: 200 } })
  const near = useApi('storing.listNearExpiry', { query: { hubId, limit: 200 } })
  const bring = useApi('storing.listReplenishments', { query: { hubId } })
  useLive(
    ['stock.', 'count.', 'lot.', 'pick.', 'wave.', 'transfer.', 'disposal.'],
    [
      'storing.listCounts',
      'storing.listQuarantines',
      'storing.listNearExpiry',
      'storing.listReplenishments',
      'storing.scan',
    ],
  )
  return (
    <div className="wh-jobs">
      <Job
        to="/stores/replenish"
        icon="repeat"
        label={t('stores.job.replenish')}
        count={bring.data?.items.length}
      />
      <Job to="/stores/counts" icon="list" label={t('stores.job.counts')} count={counts.data?.items.length} />
      <Job to="/stores/apart" icon="warning" label={t('stores.job.apart')} count={apart.data?.items.length} />
      <Job to="/stores/expiry" icon="clock" label={t('stores.job.expiry')} count={near.data?.items.length} />
      <Job to="/stores/transfers" icon="truck" label={t('stores.job.transfers')} />
      <Job to="/stores/disposal" icon="trash" label={t('stores.job.disposal')} />
      <Job to="/stores/board" icon="chart" label={t('stores.job.board')} />
      <Job to="/stores/bins" icon="pin" label={t('stores.job.bins')} />
    </div>
  )
}

interface JobProps {
  to: string
  icon: IconName
  label: string
  count?: number | undefined
}

function Job({ to, icon, label, count }: JobProps) {
  return (
    <Link className="wh-job" to={to} data-some={count ? '' : undefined}>
      <Icon name={icon} size={30} />
      <span>{label}</span>
      {count !== undefined && <b>{count}</b>}
    </Link>
  )
}
