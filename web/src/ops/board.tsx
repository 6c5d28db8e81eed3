import { instantText } from '@huming/shared/days'
import { flows, type StatusOf } from '@huming/shared/flows'
import { useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { locale, t, textOf } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { LiveDot } from '../app/live-dot.tsx'
import { useApi } from '../app/query.ts'
import { Money } from '../kit/amount.tsx'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { TextField } from '../kit/field.tsx'
import { Card, FilterBar, PageHeader, Tile } from '../kit/page.tsx'
import { Loaded, ProgressBar } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { HubChoice, useHub } from './hub-choice.tsx'
import { SafetyNote } from './safety-note.tsx'

type Night = Reply<'reports.board'>

/** The whole night of a hub on one page, read again whenever something happens. */
export function Board() {
  const hub = useHub()
  const [search, setSearch] = useSearchParams()
  const day = search.get('day') ?? undefined
  const board = useApi(
    'reports.board',
    { params: { hubId: hub.hubId ?? '' }, query: { day } },
    { enabled: hub.hubId !== undefined, every: 60_000, keep: true },
  )
  useLive(
    ['order.', 'wave.', 'pick.', 'run.', 'stop.', 'plan.', 'consignment.', 'cutoff.'],
    ['reports.board'],
  )
  const pickDay = (text: string) =>
    setSearch((before) => {
      if (text) before.set('day', text)
      else before.delete('day')
      return before
    })
  return (
    <>
      <PageHeader title={t('ops.board.title')} sub={<LiveDot />} />
      <FilterBar>
        <HubChoice {...hub} />
        <TextField label={t('ops.day')} type="date" value={day ?? board.data?.day ?? ''} onText={pickDay} />
      </FilterBar>
      <SafetyNote />
      <Loaded query={board}>{(night) => <NightView night={night} />}</Loaded>
    </>
  )
}

function NightView({ night }: { night: Night }) {
  const orders = Object.entries(night.ordersByStatus).reduce(
    (sum, [status, n]) => (status === 'cancelled' ? sum : sum + n),
    0,
  )
  const waiting = (night.consignmentsByStatus['shipped'] ?? 0) + (night.consignmentsByStatus['arrived'] ?? 0)
  return (
    <div className="stack">
      <div className="cards tiles">
        <Tile label={t('ops.board.orders')}>{orders}</Tile>
        <Tile label={t('ops.board.lines')}>{night.lines}</Tile>
        <Tile label={t('ops.board.total')}>
          <Money fen={night.totalFen} />
        </Tile>
        <Tile label={t('ops.board.cutLines')} tone={night.cutLines > 0 ? 'warn' : 'plain'}>
          {night.cutLines}
        </Tile>
        <Tile label={t('ops.board.late')} tone={night.lateStops.length > 0 ? 'bad' : 'plain'}>
          {night.lateStops.length}
        </Tile>
        <Tile label={t('ops.board.inbound')} tone={waiting > 0 ? 'info' : 'plain'}>
          {waiting}
        </Tile>
      </div>
      <Card title={t('ops.board.byStatus')}>
        {orders === 0 ? (
          <p className="muted">{t('ops.board.noOrders')}</p>
        ) : (
          <OrderStatuses counts={night.ordersByStatus} />
        )}
      </Card>
      {night.cutLines > 0 && (
        <Card title={t('ops.board.cuts')}>
          <div className="row">
            {Object.entries(night.cutsByReason).map(([reason, n]) => (
              <Badge key={reason} tone="warn">
                {textOf(`ops.reason.${reason}`, reason)} {n}
              </Badge>
            ))}
          </div>
        </Card>
      )}
      <Waves waves={night.waves} />
      <LateStops stops={night.lateStops} />
      <Runs runs={night.runs} />
    </div>
  )
}

/** How many orders stand where, in the flow's own order. */
function OrderStatuses({ counts }: { counts: Record<string, number> }) {
  const order: string[] = [...Object.keys(flows.order.moves), ...flows.order.ends]
  const known = Object.entries(counts).toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
  return (
    <div className="row">
      {known.map(([status, n]) => (
        <span key={status} className="row" style={{ ['--gap' as string]: '4px' }}>
          <StatusChip of="order" status={status as StatusOf<'order'>} />
          <b className="num">{n}</b>
        </span>
      ))}
    </div>
  )
}

function Waves({ waves }: { waves: Night['waves'] }) {
  return (
    <Card title={t('ops.board.waves')}>
      {waves.length === 0 && <p className="muted">{t('ops.board.noWaves')}</p>}
      <div className="stack">
        {waves.map((wave) => (
          <div key={wave.id} className="row">
            <StatusChip of="wave" status={wave.status as StatusOf<'wave'>} />
            <div className="grow">
              <ProgressBar
                label={t('ops.board.wave', { seq: wave.seq })}
                done={wave.done + wave.short}
                total={wave.tasks}
                tone={wave.short > 0 ? 'warn' : 'good'}
              />
            </div>
          </div>
        ))}
      </div>
    </Card>
  )
}

function LateStops({ stops }: { stops: Night['lateStops'] }) {
  if (stops.length === 0) return null
  return (
    <Card title={t('ops.board.late')}>
      <DataTable
        label={t('ops.board.late')}
        rows={stops}
        rowKey={(stop) => stop.stopId}
        columns={[
          { key: 'site', head: t('ops.board.site'), cell: (stop) => stop.site },
          { key: 'plate', head: t('ops.board.run'), cell: (stop) => stop.plate },
          {
            key: 'window',
            head: t('ops.board.windowTo'),
            cell: (stop) => instantText(new Date(stop.windowToAt), locale()),
          },
          {
            key: 'planned',
            head: t('ops.board.planned'),
            cell: (stop) => instantText(new Date(stop.plannedArriveAt), locale()),
          },
        ]}
      />
    </Card>
  )
}

function Runs({ runs }: { runs: Night['runs'] }) {
  if (runs.length === 0) {
    return (
      <Card title={t('ops.board.runs')}>
        <p className="muted">{t('ops.board.noRuns')}</p>
      </Card>
    )
  }
  return (
    <Card title={t('ops.board.runs')}>
      <DataTable
        label={t('ops.board.runs')}
        rows={runs}
        rowKey={(run) => run.id}
        columns={[
          {
            key: 'plate',
            head: t('ops.board.run'),
            cell: (run) => `${run.seq} · ${run.plate}`,
            sort: (run) => run.seq,
          },
          { key: 'driver', head: t('ops.board.driver'), cell: (run) => run.driver ?? '—' },
          {
            key: 'status',
            head: t('ops.board.status'),
            cell: (run) => <StatusChip of="run" status={run.status as StatusOf<'run'>} />,
            sort: (run) => run.status,
          },
          {
            key: 'progress',
            head: t('ops.board.progress'),
            cell: (run) => (
              <ProgressBar
                label={`${run.finished}/${run.stops}`}
                done={run.finished}
                total={run.stops}
                tone={run.failed > 0 ? 'bad' : 'good'}
              />
            ),
            sort: (run) => run.finished / Math.max(1, run.stops),
          },
          {
            key: 'late',
            head: t('ops.board.late'),
            cell: (run) => (run.late > 0 ? <Badge tone="bad">{run.late}</Badge> : '—'),
            sort: (run) => run.late,
          },
          { key: 'next', head: t('ops.board.next'), cell: (run) => run.nextSite ?? '—' },
        ]}
      />
    </Card>
  )
}
