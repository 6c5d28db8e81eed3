import { Link } from 'wouter'
import { t } from '../app/i18n.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { isClosed, nextAct, type Run, type Stop } from './overlay.ts'
import { timeText } from './words.ts'

/** The stops in order; the next one stands out. Any may be opened: skipping and coming back is allowed. */
export function StopList({ run }: { run: Run }) {
  const next = nextAct(run)
  const nextId = 'stop' in next ? next.stop.id : ''
  return (
    <ol className="driver-list" aria-label={t('driver.run.stops')}>
      {run.stops.map((stop) => (
        <li key={stop.id}>
          <StopCard run={run} stop={stop} isNext={stop.id === nextId} />
        </li>
      ))}
    </ol>
  )
}

function StopCard({ run, stop, isNext }: { run: Run; stop: Stop; isNext: boolean }) {
  return (
    <Link
      to={`/runs/${run.id}/stops/${stop.id}`}
      className="driver-card"
      data-next={isNext || undefined}
      data-closed={isClosed(stop) || undefined}
      aria-current={isNext ? 'step' : undefined}
    >
      <span className="driver-stop">
        <span className="driver-seq" aria-hidden="true">
          {stop.seq}
        </span>
        <span className="driver-what">
          <b className="driver-name">{stop.site}</b>
          <span className="muted">{stop.address}</span>
          <span className="row small" style={{ ['--gap' as string]: '8px' }}>
            <span>
              {t('driver.stop.window', { from: timeText(stop.windowFromAt), to: timeText(stop.windowToAt) })}
            </span>
            <StopTime stop={stop} />
            <span>{t('driver.stop.totes', { count: stop.totes })}</span>
          </span>
          <span className="row" style={{ ['--gap' as string]: '6px' }}>
            <StatusChip of="stop" status={stop.status} />
            {stop.trip > 1 && <Badge>{t('driver.run.trip', { trip: stop.trip })}</Badge>}
            {stop.late && !isClosed(stop) && (
              <Badge tone="bad" icon="clock">
                {t('driver.stop.late')}
              </Badge>
            )}
            {stop.keyDrop && <Badge tone="info">{t('driver.stop.keyDrop')}</Badge>}
          </span>
        </span>
      </span>
    </Link>
  )
}

/** When it will be reached, or was. */
export function StopTime({ stop }: { stop: Stop }) {
  if (stop.arrivedAt) return <span>{t('driver.stop.arrivedAt', { time: timeText(stop.arrivedAt) })}</span>
  if (isClosed(stop)) return null
  return <span>{t('driver.stop.expected', { time: timeText(stop.expectedAt) })}</span>
}
