import { dayText, serviceDay } from '@huming/shared/days'
import { locale, named, t } from '../app/i18n.ts'
import { Quantity } from '../kit/amount.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/page.tsx'
import type { Stop } from './overlay.ts'
import { reasonText, zoneText } from './words.ts'

export type Line = Stop['goods'][number]['lines'][number]
export const lineKey = (line: Line): string => `${line.orderLineId}/${line.lotId}`

interface GoodsProps {
  stop: Stop
  /** What is refused of a line, while it is being handed over; else what was. */
  refusedOf?: (line: Line) => { refused: number; reason: string | null }
  /** Opens the refusal of a line. */
  onRefuse?: (line: Line) => void
  /** Weighs a line again. */
  onWeigh?: (line: Line) => void
}

/** What is handed over at a stop, by order, line and lot. */
export function Goods({ stop, refusedOf, onRefuse, onWeigh }: GoodsProps) {
  return (
    <>
      {stop.goods.map((order) => (
        <Card key={order.orderId} title={t('driver.order', { number: order.number })}>
          {order.note && <p className="driver-gate">{t('driver.orderNote', { note: order.note })}</p>}
          <ul className="driver-goods">
            {order.lines.map((line) => (
              <li key={lineKey(line)}>
                <GoodsLine
                  line={line}
                  refusal={refusedOf?.(line) ?? { refused: line.refused, reason: line.refuseReason }}
                  {...(onRefuse && { onRefuse })}
                  {...(onWeigh && line.catchWeight && { onWeigh })}
                />
              </li>
            ))}
          </ul>
        </Card>
      ))}
    </>
  )
}

interface GoodsLineProps {
  line: Line
  refusal: { refused: number; reason: string | null }
  onRefuse?: (line: Line) => void
  onWeigh?: (line: Line) => void
}

function GoodsLine({ line, refusal, onRefuse, onWeigh }: GoodsLineProps) {
  const name = named({ zh: line.name, en: line.nameEn })
  return (
    <div className="driver-line">
      <div className="driver-what">
        <b>{name}</b>
        <span className="muted small">
          {line.spec} · {zoneText(line.zone)}
        </span>
        <span className="muted small">
          {t('driver.line.lot', { lot: line.lotCode, day: dayText(serviceDay(line.useByDay), locale()) })}
        </span>
        {line.barred && (
          <Badge tone="bad" icon="warning">
            {t('driver.line.barred')}
          </Badge>
        )}
        {line.warmHold && (
          <Badge tone="bad" icon="cold">
            {t(`driver.line.warm.${line.warmHold}`)}
          </Badge>
        )}
        {refusal.refused > 0 && (
          <span className="row" style={{ ['--gap' as string]: '6px' }}>
            <Badge tone="bad">
              <LineQuantity line={line} base={refusal.refused} refused />
            </Badge>
            {refusal.reason && <span className="small">{reasonText(refusal.reason)}</span>}
          </span>
        )}
      </div>
      <div className="driver-amount">
        <b>
          <LineQuantity line={line} base={line.quantity} />
        </b>
        {onWeigh && !line.barred && (
          <Button size="l" aria-label={t('driver.weighOf', { name })} onClick={() => onWeigh(line)}>
            {t('driver.weigh')}
          </Button>
        )}
        {onRefuse && !line.barred && (
          <Button
            size="l"
            tone={refusal.refused > 0 ? 'danger' : 'plain'}
            aria-label={t('driver.line.issueOf', { name })}
            onClick={() => onRefuse(line)}
          >
            {t('driver.line.issue')}
          </Button>
        )}
      </div>
    </div>
  )
}

function LineQuantity({ line, base, refused }: { line: Line; base: number; refused?: boolean }) {
  const packing = {
    baseUnit: line.baseUnit,
    conversions: [{ unit: line.orderUnit, size: line.basePerOrderUnit }],
  }
  return (
    <>
      {refused && `${t('driver.line.issue')} `}
      <Quantity base={base} unit={line.orderUnit} packing={packing} />
    </>
  )
}
