import { t } from '../app/i18n.ts'
import { useMay } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { type PlanRun, type PlanStop, timeText, windowText, zonesText } from './dispatch-words.ts'

/** The stops of a run in their order, with times and windows; movable while the run is only planned. */
export function StopRows({ run, onMove }: { run: PlanRun; onMove: (stop: PlanStop) => void }) {
  const may = useMay()
  const movable = run.status === 'planned' && may('plan.write')
  return (
    <ol className="dispatch-list" aria-label={t('dispatch.stops')}>
      {run.stops.map((stop) => (
        <li key={stop.id} className="dispatch-row">
          <span className="dispatch-seq" aria-hidden="true">
            {stop.seq}
          </span>
          <div>
            <b>{stop.site}</b>
            <span className="muted small">
              {t('dispatch.stop.at', { time: timeText(stop.expectedAt) })} · {windowText(stop)} ·{' '}
              {(stop.grams / 1000).toFixed(0)} kg · {zonesText(stop.zones)}
            </span>
            <span className="muted small">{stop.orders.map((order) => order.number).join(' ')}</span>
          </div>
          {stop.late && (
            <Badge tone="bad" icon="clock">
              {t('dispatch.late')}
            </Badge>
          )}
          {run.status !== 'planned' && <StatusChip of="stop" status={stop.status} />}
          {movable && (
            <Button onClick={() => onMove(stop)} aria-label={t('dispatch.moveOf', { site: stop.site })}>
              {t('dispatch.move')}
            </Button>
          )}
        </li>
      ))}
    </ol>
  )
}
