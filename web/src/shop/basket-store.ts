import { newId } from '@huming/shared/ids'
import { useSyncExternalStore } from 'react'
import { recall, remember } from '../app/remember.ts'

/** What is in a site's basket on this device. It has its order's id from the first line on. */
export type Basket = {
  orderId: string
  /** 0 for a new order; the version seen when an order is being changed. */
  version: number
  /** Number of the order being changed, for the heading. */
  number: string | null
  day: string | null
  /** Part of the site's delivery window, minutes; null for the whole. */
  windowFrom: number | null
  windowTo: number | null
  note: string
  shortageRule: 'partial' | 'cancel_line'
  /** Order units by SKU, in the order they were put in. */
  lines: Readonly<Record<string, number>>
  /** Prices of the order it was filled from, so that changes can be shown. */
  before: Readonly<Record<string, number>>
}

export const emptyBasket = (): Basket => ({
  orderId: newId(),
  version: 0,
  number: null,
  day: null,
  windowFrom: null,
  windowTo: null,
  note: '',
  shortageRule: 'partial',
  lines: {},
  before: {},
})

const listeners = new Set<() => void>()
const keyOf = (siteId: string) => `basket.${siteId}`
/** Baskets as last read or written, so that an unchanged one is the same object. */
const known = new Map<string, { text: string | null; basket: Basket }>()

/** Keeps a choice on the device and tells everything that shows it. */
export function keepOnDevice(key: string, text: string): void {
  remember(key, text)
  for (const listener of listeners) listener()
}

/** Hears of changes made here and, by the browser, in other tabs. */
export function watchDevice(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

/** The basket kept on this device; an unreadable one counts as empty. */
export function loadBasket(siteId: string): Basket {
  const kept = known.get(siteId)
  const text = recall(keyOf(siteId))
  // Where nothing can be stored, the basket lasts as long as the page.
  if (kept && (text === kept.text || text === null)) return kept.basket
  const basket = readBasket(text)
  known.set(siteId, { text, basket })
  return basket
}

function readBasket(text: string | null): Basket {
  try {
    const kept = JSON.parse(text ?? 'null') as Partial<Basket> | null
    if (kept?.orderId && kept.lines && typeof kept.lines === 'object') return { ...emptyBasket(), ...kept }
  } catch {
    // Written by an older version or cut off: the person starts anew.
  }
  return emptyBasket()
}

export function keepBasket(siteId: string, basket: Basket): void {
  const text = JSON.stringify(basket)
  known.set(siteId, { text, basket })
  keepOnDevice(keyOf(siteId), text)
}

const nothing = emptyBasket()

/** The basket of a site, redrawn with every change. */
export function useBasket(siteId: string | undefined): Basket {
  return useSyncExternalStore(watchDevice, () => (siteId ? loadBasket(siteId) : nothing))
}

/** Puts so many units of a pack in the basket; none takes it out. */
export function withUnits(basket: Basket, skuId: string, units: number): Basket {
  const { [skuId]: _before, ...rest } = basket.lines
  if (units <= 0) return { ...basket, lines: rest }
  return {
    ...basket,
    lines: skuId in basket.lines ? { ...basket.lines, [skuId]: units } : { ...rest, [skuId]: units },
  }
}

/** Lines as the server takes them. */
export const linesOf = (basket: Basket) =>
  Object.entries(basket.lines).map(([skuId, units]) => ({ skuId, units }))

type Placed = {
  id: string
  version: number
  number: string
  day: string
  windowFrom: number
  windowTo: number
  note: string
  shortageRule: Basket['shortageRule']
  lines: readonly { skuId: string; units: number; priceCentifen: number }[]
}

const contentOf = (order: Placed): Pick<Basket, 'lines' | 'before'> => ({
  lines: Object.fromEntries(order.lines.map((line) => [line.skuId, line.units])),
  before: Object.fromEntries(order.lines.map((line) => [line.skuId, line.priceCentifen])),
})

/** A placed order taken back into the basket, to be changed. */
export const basketToChange = (order: Placed): Basket => ({
  ...emptyBasket(),
  ...contentOf(order),
  orderId: order.id,
  version: order.version,
  number: order.number,
  day: order.day,
  windowFrom: order.windowFrom,
  windowTo: order.windowTo,
  note: order.note,
  shortageRule: order.shortageRule,
})

/** The same goods once more, as a new order. */
export const basketLike = (order: Placed): Basket => ({
  ...emptyBasket(),
  ...contentOf(order),
  shortageRule: order.shortageRule,
})
