import { instantText } from '@huming/shared/days'
import { locale, t, textOf } from '../app/i18n.ts'
import { Icon } from '../kit/icon.tsx'
import type { Order } from './order.tsx'
import { stepsOf } from './rules.ts'

/** 已下单 → 已截单 → … with times; the step it is at is marked. */
export function OrderSteps({ order }: { order: Order }) {
  const seen = stepsOf(order)
  const stopped = order.status === 'cancelled' || order.status === 'failed'
  const shown = stopped ? seen.filter((one) => one.done) : seen
  const now = stopped ? -1 : shown.findLastIndex((one) => one.done)
  const last = shown[now]
  return (
    <>
      <ol className="shop-steps">
        {shown.map(({ step, done, at }, index) => (
          <li key={step} data-done={done || undefined} aria-current={index === now ? 'step' : undefined}>
            <span className="shop-dot">{done && <Icon name="check" size={14} />}</span>
            <b>{t(`shop.order.step.${step}`)}</b>
            <span className="muted small">{at ? instantText(new Date(at), locale()) : ''}</span>
          </li>
        ))}
        {stopped && (
          <li data-done data-tone="bad" aria-current="step">
            <span className="shop-dot">
              <Icon name="close" size={14} />
            </span>
            <b>{textOf(`status.order.${order.status}`, order.status)}</b>
            <span />
          </li>
        )}
      </ol>
      {last?.at && (
        <p className="shop-step-now small" aria-hidden="true">
          {t(`shop.order.step.${last.step}`)} {instantText(new Date(last.at), locale())}
        </p>
      )}
    </>
  )
}
