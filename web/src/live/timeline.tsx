import { t } from '../app/i18n.ts'
import { actualAt, type LiveRun, markOf, timeText } from './words.ts'

const hour = 3_600_000

/** The hours a set of runs covers, whole ones. */
export function spanOf(runs: readonly LiveRun[]): { from: number; to: number } {
  const all = runs.flatMap((run) => [
    run.departAt,
    ...run.stops.flatMap((stop) => [stop.plannedArriveAt, actualAt(stop)]),
  ])
  const times = all.map((at) => Date.parse(at))
  const from = Math.floor(Math.min(...times) / hour) * hour
  return { from, to: Math.max(from + hour, Math.ceil(Math.max(...times) / hour) * hour) }
}

/** One run on the clock: ticks above for the plan, marks below for what happened and what is expected. */
export function Timeline({
  run,
  span,
  now,
}: {
  run: LiveRun
  span: { from: number; to: number }
  now: number
}) {
  const place = (at: number) => ({ insetInlineStart: `${((at - span.from) / (span.to - span.from)) * 100}%` })
  return (
    <div className="live-line" role="img" aria-label={t('live.timeline', { plate: run.plate })}>
      {run.stops.map((stop) => (
        <span key={stop.id}>
          <i className="live-plan" style={place(Date.parse(stop.plannedArriveAt))} />
          <i
            className="live-mark"
            data-mark={markOf(stop)}
            data-done={stop.arrivedAt !== null || undefined}
            style={place(Date.parse(actualAt(stop)))}
          />
        </span>
      ))}
      {now > span.from && now < span.to && <i className="live-now" style={place(now)} />}
      <span className="live-hours small muted" aria-hidden="true">
        <span>{timeText(new Date(span.from).toISOString())}</span>
        <span>{timeText(new Date(span.to).toISOString())}</span>
      </span>
    </div>
  )
}
