import { minutesOf, minutesText } from '@huming/shared/days'
import { t } from '../app/i18n.ts'
import { useNow } from '../kit/countdown.tsx'
import './dispatch-gantt.css'
import { GanttRow } from './dispatch-gantt-row.tsx'
import { at, partOf, type Scale, type SegmentKind, scaleOf } from './dispatch-timeline.ts'
import type { Board } from './dispatch-types.ts'
import type { Plan } from './dispatch-words.ts'

const kinds = ['drive', 'wait', 'service', 'rest', 'reload'] as const satisfies readonly SegmentKind[]

/** Runs as rows over one scale of hours: driving, waiting, unloading, rests, reloads, windows, lateness, now. */
export function Gantt({ plan, board }: { plan: Plan; board: Board }) {
  if (board.runs.length === 0) return null
  const scale = scaleOf(board.runs)
  const hourWidth = `${(100 / scale.hours.length).toFixed(3)}%`
  return (
    <div className="stack" style={{ ['--gap' as string]: '8px' }}>
      {/* Scrolled by keys too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="gantt-scroll" role="group" tabIndex={0} aria-label={t('board.gantt')}>
        <div
          className="gantt"
          style={{ ['--hours' as string]: scale.hours.length, ['--hour' as string]: hourWidth }}
        >
          <GanttHead scale={scale} />
          <ul>
            {plan.runs.map((run) => {
              const timed = board.runs.find((one) => one.runId === run.id)
              return timed && <GanttRow key={run.id} run={run} timed={timed} scale={scale} />
            })}
          </ul>
          <NowLine scale={scale} />
        </div>
      </div>
      <GanttLegend />
    </div>
  )
}

export function GanttHead({ scale }: { scale: Scale }) {
  return (
    <div className="gantt-head" aria-hidden="true">
      {scale.hours.map((hour) => (
        <span key={hour} style={at(partOf(scale, hour))}>
          {minutesText(minutesOf(new Date(hour)))}
        </span>
      ))}
    </div>
  )
}

export function GanttLegend() {
  return (
    <ul className="gantt-legend small">
      {kinds.map((kind) => (
        <li key={kind}>
          <i className="gantt-piece" data-kind={kind} aria-hidden="true" />
          {t(`board.legend.${kind}`)}
        </li>
      ))}
      <li>
        <i className="gantt-piece" data-kind="service" data-late aria-hidden="true" />
        {t('board.legend.late')}
      </li>
      <li>
        <i className="gantt-window" aria-hidden="true" />
        {t('board.legend.window')}
      </li>
    </ul>
  )
}

function NowLine({ scale }: { scale: Scale }) {
  const now = useNow(30_000)
  if (now < scale.from || now > scale.to) return null
  return (
    <div className="gantt-now-area" aria-hidden="true">
      <div className="gantt-now" style={at(partOf(scale, now))}>
        <span>{t('board.now')}</span>
      </div>
    </div>
  )
}
