import { useEffect, useState } from 'react'
import type { Reply } from '../app/api.ts'
import { useApi } from '../app/query.ts'
import { linesOf } from './basket-store.ts'
import { useShopping } from './shopping.tsx'

export type Quote = Reply<'orders.quote'>
export type QuotedLine = Quote['lines'][number]

const REST_MS = 250

/** The value once it has rested for a moment: presses on a stepper come in bursts. */
export function useRested<T>(value: T, restMs = REST_MS): T {
  const [rested, setRested] = useState(value)
  const told = JSON.stringify(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs)
    return () => clearTimeout(timer)
    // The content counts, not the object.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [told, restMs])
  return rested
}

/** What the server says the basket costs. `current` is false while it still tells of an earlier basket. */
export function useQuote() {
  const { site, day, basket } = useShopping()
  const asked = {
    siteId: site?.id ?? '',
    day: day ?? '',
    ...(basket.version > 0 && { orderId: basket.orderId }),
    lines: linesOf(basket),
  }
  const body = useRested(asked)
  const enabled = body.siteId !== '' && body.day !== '' && body.lines.length > 0
  const query = useApi('orders.quote', { body }, { enabled, keep: true, staleTime: 5_000 })
  const empty = asked.lines.length === 0
  const current =
    !query.isPlaceholderData && JSON.stringify(asked) === JSON.stringify(body) && !query.isPending
  return {
    quote: empty ? undefined : query.data,
    current: current && !empty,
    error: empty || query.isPlaceholderData ? null : query.error,
    refetch: query.refetch,
  }
}

/** The quoted line of a pack. */
export const quotedLine = (quote: Quote | undefined, skuId: string): QuotedLine | undefined =>
  quote?.lines.find((line) => line.skuId === skuId)
