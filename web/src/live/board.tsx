import { useSearchParams } from 'wouter'
import { t, textOf } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { LiveDot } from '../app/live-dot.tsx'
import { useApi } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { TextField } from '../kit/field.tsx'
import { Card, FilterBar, PageHeader, Tile } from '../kit/page.tsx'
import { EmptyState, Loaded, Skeleton } from '../kit/states.tsx'
import { HubChoice, useHub } from '../warehouse/use-hub.tsx'
import { RunLive } from './run-card.tsx'
import { spanOf } from './timeline.tsx'
import { Alarms, Cut, Failed, Totes } from './waiting.tsx'
import { type Live, type LiveRun, timeText } from './words.ts'
import './texts.ts'
import './live.css'

/** Every truck of the night against its plan, the doors and goods that need a person, and the means to act. */
export function LiveBoard() {
  const hub = useHub()
  const [search, setSearch] = useSearchParams()
  const day = search.get('day') ?? undefined
  const board = useApi(
    'live.board',
    { params: { hubId: hub.hubId }, query: { day } },
    { enabled: hub.hubId !== '', every: 30_000, keep: true },
  )
  useLive(
    ['run.', 'stop.', 'plan.', 'tote.', 'vehicle.', 'temperature.', 'order.cancelled', 'order.line_cut'],
    ['live.board', 'temperature.listAlarms'],
  )
  const pickDay = (text: string) =>
    setSearch((before) => {
      if (text) before.set('day', text)
      else before.delete('day')
      return before
    })
  if (!hub.hubId) return hub.pending ? <Skeleton /> : <EmptyState icon="warehouse" title={t('live.none')} />
  return (
    <>
      <PageHeader title={t('live.title')} sub={<LiveDot />} />
      <FilterBar>
        <HubChoice {...hub} />
        <TextField label={t('live.day')} type="date" value={day ?? board.data?.day ?? ''} onText={pickDay} />
      </FilterBar>
      <Loaded query={board}>{(night) => <Night night={night} />}</Loaded>
    </>
  )
}

function Night({ night }: { night: Live }) {
  if (night.runs.length === 0)
    return (
      <>
        <EmptyState icon="truck" title={t('live.none')} text={t('live.noneHint')} />
        <Cut night={night} />
        <Totes night={night} />
      </>
    )
  const span = spanOf(night.runs)
  return (
    <div className="stack">
      <div className="cards tiles">
        <Tile label={t('live.onTime')} tone={night.reachedInTime < night.reached ? 'warn' : 'good'}>
          {t('live.onTimeOf', { done: night.reachedInTime, count: night.reached })}
        </Tile>
        <Tile label={t('live.danger')} tone={night.inDanger > 0 ? 'bad' : 'plain'}>
          {night.inDanger}
        </Tile>
        <Tile label={t('live.failed')} tone={night.failed.length > 0 ? 'bad' : 'plain'}>
          {night.failed.length}
        </Tile>
        <Tile label={t('live.totesOpen')} tone={night.totesOpen > 0 ? 'info' : 'plain'}>
          {night.totesOpen}
        </Tile>
      </div>
      <div className="row">
        {Object.entries(night.stopsByStatus).map(([status, n]) => (
          <Badge key={status}>
            {textOf(`live.status.${status}`, status)} {n}
          </Badge>
        ))}
        <span className="small muted">{timeText(night.at)}</span>
      </div>
      <Alarms night={night} />
      <Failed night={night} />
      <Card title={t('live.runs')}>
        <div className="live-runs">
          {night.runs.toSorted(byTrouble).map((run) => (
            <RunLive key={run.id} run={run} board={night} span={span} />
          ))}
        </div>
      </Card>
      <Cut night={night} />
      <Totes night={night} />
    </div>
  )
}

/** Who needs somebody most comes first; runs that are back come last. */
function byTrouble(a: LiveRun, b: LiveRun): number {
  const trouble = (run: LiveRun): number => {
    if (run.status === 'finished') return -1
    const danger = run.stops.filter((stop) => stop.status === 'waiting' && stop.risk !== 'low')
    return (run.outOfService ? 1000 : 0) + danger.length * 10 + Math.min(9, run.delayMinutes / 10)
  }
  return trouble(b) - trouble(a) || a.seq - b.seq
}
