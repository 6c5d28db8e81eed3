import { instantText } from '@huming/shared/days'
import { locale, t, textOf } from '../app/i18n.ts'
import { Icon } from '../kit/icon.tsx'
import type { Order } from './order.tsx'

/** The way of an order; each step with the events that reach it and the statuses that lie behind it. */
const steps = [
  { step: 'placed', events: ['order.placed'], past: [] },
  { step: 'approved', events: ['order.approved'], past: ['awaiting_approval'] },
  { step: 'frozen', events: ['order.frozen'], past: ['placed'] },
  { step: 'picked', events: ['order.picked'], past: ['frozen', 'picking'] },
  { step: 'loaded', events: ['order.loaded'], past: ['picked'] },
  { step: 'delivered', events: ['order.delivered'], past: ['loaded'] },
  { step: 'accepted', events: ['order.accepted'], past: ['delivered'] },
] as const

type Seen = { step: (typeof steps)[number]['step']; done: boolean; at: string | undefined }

/** Which steps lie behind the order, and when they were taken. */
export function stepsOf({ status, timeline }: Pick<Order, 'status' | 'timeline'>): Seen[] {
  const asked = status === 'awaiting_approval' || timeline.some((one) => one.type === 'order.approved')
  const shown = steps.filter((one) => one.step !== 'approved' || asked)
  const stopped = status === 'cancelled' || status === 'failed'
  const at = shown.findIndex((one) => (one.past as readonly string[]).includes(status))
  return shown.map(({ step, events }, index) => {
    const event = timeline.findLast((one) => (events as readonly string[]).includes(one.type))
    const done = stopped ? event !== undefined : at === -1 || index < at
    return { step, done, at: done ? event?.at : undefined }
  })
}

/** 已下单 → 已截单 → … with times; the step it is at is marked. */
export function OrderSteps({ order }: { order: Order }) {
  const seen = stepsOf(order)
  const stopped = order.status === 'cancelled' || order.status === 'failed'
  const shown = stopped ? seen.filter((one) => one.done) : seen
  const now = stopped ? -1 : shown.findLastIndex((one) => one.done)
  return (
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
  )
}
