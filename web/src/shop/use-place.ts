import { useLocation } from 'wouter'
import { t } from '../app/i18n.ts'
import { invalidate, useAct } from '../app/query.ts'
import { toast } from '../kit/toast.tsx'
import { type Basket, emptyBasket, linesOf } from './basket-store.ts'
import { useShopping } from './shopping.tsx'
import type { Quote } from './use-quote.ts'

/** Refusals after which what is shown of goods and days is old. */
const old = new Set([
  'not_available',
  'total_changed',
  'price_missing',
  'cut_off_passed',
  'day_closed',
  'credit_exceeded',
])

/** Sends the basket. Its id was made with its first line, so sending it again is the same order. */
export function usePlace(quote: Quote | undefined, requote: () => unknown) {
  const { site, day, basket, update, rereadDays } = useShopping()
  const [, go] = useLocation()
  const act = useAct('orders.place', {
    changes: ['orders.list', 'orders.read', 'orders.guide', 'catalogue.browse', 'orders.credit'],
    onDone: (order, { params }) => {
      // Only this basket: another one may have been begun in another tab.
      update((now) => (now.orderId === params.id ? emptyBasket() : now))
      const key =
        order.status === 'awaiting_approval'
          ? 'shop.basket.waitsApproval'
          : basket.version > 0
            ? 'shop.basket.changed'
            : 'shop.basket.placed'
      toast(t(key, { number: order.number }))
      go(`/orders/${order.id}`)
    },
  })
  const send = (expectedTotalFen: number) => {
    if (!site || !day || !quote) return
    const body = {
      siteId: site.id,
      day,
      windowFrom: basket.windowFrom ?? site.windowFrom,
      windowTo: basket.windowTo ?? site.windowTo,
      expectedTotalFen,
      version: basket.version,
      shortageRule: basket.shortageRule,
      note: basket.note,
      lines: linesOf(basket),
    }
    act.mutate(
      { params: { id: basket.orderId }, body },
      {
        onError: (problem) => {
          if (!old.has(problem.code)) return
          invalidate('catalogue.', 'orders.guide')
          requote()
          rereadDays()
        },
      },
    )
  }
  const sent = act.variables?.body
  return {
    send,
    seenFen: sent?.expectedTotalFen,
    isPending: act.isPending,
    error: act.error,
    forget: act.reset,
    /** Is this what the refusal was about? */
    refused: (now: Pick<Basket, 'lines' | 'day' | 'version'>) =>
      sent?.day === now.day &&
      sent.version === now.version &&
      sent.lines.length === Object.keys(now.lines).length &&
      sent.lines.every((line) => now.lines[line.skuId] === line.units),
  }
}
