import { formatYuan } from '@huming/shared/money'
import type { Ref } from 'react'
import { t } from '../app/i18n.ts'
import { Badge } from '../kit/badge.tsx'
import { Icon } from '../kit/icon.tsx'
import type { Place, Target } from './dispatch-types.ts'
import { type Moving, siteOf, timeText } from './dispatch-words.ts'

/** A change of cost with its sign. */
export const changeText = (fen: number): string =>
  `${fen > 0 ? '+' : fen < 0 ? '−' : '±'}${formatYuan(Math.abs(fen))}`

/** What is said of a place: when, for how much, and what speaks against it. */
export function Verdict({ target, place }: { target: Target; place: Place }) {
  const troubles = [...new Set([...target.troubles, ...place.troubles])]
  const minutes = Math.ceil(place.lateSeconds / 60)
  return (
    <>
      <span>
        {t('board.verdict', {
          plate: target.plate,
          seq: place.seq,
          time: timeText(place.arriveAt),
          cost: changeText(place.deltaFen),
        })}
        {target.places.some((one) => one.trip > 1) && ` · ${t('board.trip', { trip: place.trip })}`}
      </span>
      <span className="row" style={{ ['--gap' as string]: '6px' }}>
        {troubles.length === 0 && place.lateStops <= 0 && (
          <Badge tone="good" icon="check">
            {t('board.fine')}
          </Badge>
        )}
        {troubles.map((trouble) => (
          <Badge key={trouble} tone={place.refused ? 'bad' : 'warn'}>
            {trouble === 'late' ? t('board.lateBy', { minutes }) : t(`board.trouble.${trouble}`)}
          </Badge>
        ))}
        {place.lateStops > 0 && <Badge tone="bad">{t('board.lateMore', { count: place.lateStops })}</Badge>}
        {place.lateStops < 0 && (
          <Badge tone="good">{t('board.lateFewer', { count: -place.lateStops })}</Badge>
        )}
        <span className="small">
          {t('board.metres', {
            km: `${place.deltaMetres >= 0 ? '+' : '−'}${(Math.abs(place.deltaMetres) / 1000).toFixed(1)} km`,
          })}
        </span>
      </span>
    </>
  )
}

interface FloatingProps {
  ref: Ref<HTMLDivElement>
  by: 'pointer' | 'keys' | null
  moving: Moving | null
  target: Target | null
  place: Place | null
  busy: boolean
  same: boolean
}

/** Beside the pointer while dragging, at the bottom while moving by keys; read out as it changes. */
export function FloatingVerdict({ ref, by, moving, target, place, busy, same }: FloatingProps) {
  return (
    <div
      ref={ref}
      className="dispatch-float"
      role="status"
      data-by={by ?? undefined}
      data-refused={place?.refused || undefined}
    >
      {moving && (
        <>
          <b className="row" style={{ ['--gap' as string]: '6px' }}>
            <Icon name="pin" size={18} />
            {siteOf(moving)}
          </b>
          {busy && <span>{t('board.trying')}</span>}
          {!busy && (!target || !place) && <span>{t('board.nowhere')}</span>}
          {target &&
            place &&
            (same ? <span>{t('board.unmoved')}</span> : <Verdict target={target} place={place} />)}
          {place?.refused && <span>{t('board.refused')}</span>}
        </>
      )}
    </div>
  )
}
