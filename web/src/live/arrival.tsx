import { minutesOf, minutesText } from '@huming/shared/days'
import type { Reply } from '../app/api.ts'
import { t, textOf } from '../app/i18n.ts'
import { Badge } from '../kit/badge.tsx'
import './arrival-texts.ts'
import './arrival.css'

export type Arrival = Reply<'live.track'>
const time = (at: string): string => minutesText(minutesOf(new Date(at)))

/** When it comes, in one look: a range, the stops before, the agreed window. */
export function ArrivalView({ arrival }: { arrival: Arrival }) {
  const { earliestAt, latestAt, stopsBefore, arrivedAt } = arrival
  return (
    <div className="arrival" aria-live="polite">
      <span className="row">
        <Badge tone={arrival.state === 'not_delivered' ? 'bad' : 'info'}>
          {textOf(`arrival.state.${arrival.state}`, arrival.state)}
        </Badge>
        {arrival.late && earliestAt && <Badge tone="warn">{t('arrival.late')}</Badge>}
      </span>
      {earliestAt && latestAt && (
        <b className="num">{t('arrival.range', { from: time(earliestAt), to: time(latestAt) })}</b>
      )}
      {arrivedAt && <b className="num">{t('arrival.at', { time: time(arrivedAt) })}</b>}
      {stopsBefore !== null && (
        <span>{stopsBefore > 0 ? t('arrival.before', { count: stopsBefore }) : t('arrival.next')}</span>
      )}
      <span className="muted small">
        {t('arrival.window', { from: time(arrival.windowFromAt), to: time(arrival.windowToAt) })}
      </span>
    </div>
  )
}
