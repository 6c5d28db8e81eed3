import { t } from '../app/i18n.ts'
import { useMay } from '../app/session.ts'
import { useDrag } from './dispatch-drag.tsx'
import { usePicked } from './dispatch-pick.tsx'
import { at, partOf, type Scale, segmentsOf, span } from './dispatch-timeline.ts'
import type { BoardRun } from './dispatch-types.ts'
import { type PlanRun, type PlanStop, timeText } from './dispatch-words.ts'

interface RowProps {
  run: PlanRun
  timed: BoardRun
  scale: Scale
}

/** One run over the hours. Its blocks are dragged by pointer; by keyboard the list below does the same. */
export function GanttRow({ run, timed, scale }: RowProps) {
  const { runId, pickRun } = usePicked()
  const { over, place } = useDrag()
  const isOver = over?.key === run.id
  const late = timed.stops.filter((stop) => stop.lateSeconds > 0).length
  const text = t('board.ganttText', {
    seq: run.seq,
    plate: run.plate,
    from: timeText(timed.departAt),
    to: timeText(timed.returnAt),
    stops: timed.stops.length,
    late,
  })
  return (
    <li className="gantt-row" data-colour={run.seq % 8} data-on={runId === run.id || undefined}>
      <button
        type="button"
        className="gantt-name"
        aria-pressed={runId === run.id}
        onClick={() => pickRun(runId === run.id ? null : run.id)}
      >
        <span className="sr-only">{text}</span>
        <span className="dispatch-mark" aria-hidden="true">
          {run.seq}
        </span>
        <span aria-hidden="true">
          <b>{run.plate}</b>
          <span className={late > 0 ? 'gantt-late small' : 'muted small'}>
            {late > 0 ? `${t('dispatch.late')} ${late}` : timeText(timed.returnAt)}
          </span>
        </span>
      </button>
      <div
        className="gantt-track"
        data-drop={run.status === 'planned' || run.status === 'loading' ? run.id : undefined}
        data-drop-from={scale.from}
        data-drop-to={scale.to}
        data-over={isOver || undefined}
      >
        <Windows run={run} scale={scale} />
        {segmentsOf(timed).map((piece) =>
          piece.kind === 'service' ? null : (
            <i
              key={`${piece.kind}${piece.from}`}
              className="gantt-piece"
              data-kind={piece.kind}
              style={span(scale, piece.from, piece.to)}
            />
          ),
        )}
        {timed.stops.map((stop, i) => {
          const own = run.stops[i]
          return own && <Block key={stop.stopId} run={run} stop={own} timed={stop} scale={scale} />
        })}
        {isOver && place && (
          <i className="gantt-ghost" style={at(partOf(scale, Date.parse(place.arriveAt)))} />
        )}
      </div>
    </li>
  )
}

/** The window of the chosen stop, so that one sees how much room it has. */
function Windows({ run, scale }: { run: PlanRun; scale: Scale }) {
  const { stopId } = usePicked()
  const stop = run.stops.find((one) => one.id === stopId)
  if (!stop) return null
  const piece = {
    from: Math.max(scale.from, Date.parse(stop.windowFromAt)),
    to: Math.min(scale.to, Date.parse(stop.windowToAt)),
  }
  return piece.to > piece.from ? (
    <i className="gantt-window" style={span(scale, piece.from, piece.to)} />
  ) : null
}

interface BlockProps {
  run: PlanRun
  stop: PlanStop
  timed: BoardRun['stops'][number]
  scale: Scale
}

function Block({ run, stop, timed, scale }: BlockProps) {
  const may = useMay()
  const { stopId, pickStop } = usePicked()
  const { handle } = useDrag()
  const movable = run.status === 'planned' && may('plan.write') && !timed.locked
  const moving = { stop, run }
  const { onPointerDown, 'data-held': held } = handle(moving)
  const happened = stop.arrivedAt ?? (run.status === 'on_road' ? stop.expectedAt : null)
  return (
    <>
      <span
        className="gantt-block"
        title={`${stop.seq} ${stop.site} ${timeText(timed.startAt)}`}
        data-late={timed.lateSeconds > 0 || undefined}
        data-locked={timed.locked || undefined}
        data-done={stop.finishedAt !== null || undefined}
        data-on={stopId === stop.id || undefined}
        data-held={held}
        data-movable={movable || undefined}
        style={span(scale, Date.parse(timed.startAt), Date.parse(timed.leaveAt))}
        onPointerDown={(event) => {
          pickStop(run.id, stop.id)
          if (movable) onPointerDown(event)
        }}
      >
        {stop.seq}
      </span>
      {happened && (
        <i
          className="gantt-actual"
          data-late={stop.late || undefined}
          style={at(partOf(scale, Date.parse(happened)))}
        />
      )}
    </>
  )
}
