import { type AllocatableLot, allocateFefo } from '../stock/allocation.ts'

/** A line with open promises on the lot that can no longer keep them all. */
export type Holder = {
  readonly lineId: string
  readonly orderId: string
  readonly placedAt: Date
  readonly day: string
  readonly minRemainingDays: number
  readonly basePerOrderUnit: number
  readonly catchWeight: boolean
  readonly shortageRule: string
  /** Ordered less what was cut before. */
  readonly remaining: number
  /** Open promises by lot. */
  readonly promises: ReadonlyMap<string, number>
}
export type Outcome = {
  readonly lineId: string
  readonly orderId: string
  readonly promises: ReadonlyMap<string, number>
  readonly cut: number
}

/**
 * Takes `excess` base units of promises off a lot. As much as can be moves to other lots of the pack, earliest
 * use-by first; only what no lot can serve is cut, from the newest orders, in whole order units unless the goods
 * are weighed. Who wants a line whole or not at all loses it whole. Gives the lines that changed.
 */
export function takeOffLot(
  lotId: string,
  excess: number,
  holders: readonly Holder[],
  others: readonly AllocatableLot[],
): Outcome[] {
  const newestFirst = [...holders].sort(
    (a, b) => b.placedAt.getTime() - a.placedAt.getTime() || (a.orderId < b.orderId ? 1 : -1),
  )
  const books = newestFirst.map((holder) => ({ holder, promises: new Map(holder.promises), cut: 0 }))
  const free = others.map((lot) => ({ ...lot }))
  let left = excess
  for (const book of books) left -= moveAway(book, lotId, left, free)
  for (const book of books) left -= cutAway(book, lotId, left)
  return books
    .filter((book) => book.cut > 0 || book.promises.get(lotId) !== book.holder.promises.get(lotId))
    .map(({ holder, promises, cut }) => ({ lineId: holder.lineId, orderId: holder.orderId, promises, cut }))
}

type Book = { readonly holder: Holder; readonly promises: Map<string, number>; cut: number }

/** Moves up to `most` of the line's promise to other lots; returns how much left the lot. */
function moveAway(
  { holder, promises }: Book,
  lotId: string,
  most: number,
  free: (AllocatableLot & { promised: number })[],
): number {
  const quantity = Math.min(promises.get(lotId) ?? 0, most)
  if (quantity <= 0) return 0
  let moved = 0
  for (const share of allocateFefo(free, { ...holder, quantity })) {
    add(promises, share.lotId, share.quantity)
    const lot = free.find((one) => one.id === share.lotId)
    if (lot) lot.promised += share.quantity
    moved += share.quantity
  }
  add(promises, lotId, -moved)
  return moved
}

/** Cuts the line so that up to `most` leaves the lot; returns how much did. */
function cutAway(book: Book, lotId: string, most: number): number {
  const { holder, promises } = book
  const here = promises.get(lotId) ?? 0
  const wanted = Math.min(here, most)
  if (wanted <= 0) return 0
  const unit = holder.catchWeight ? 1 : holder.basePerOrderUnit
  const whole = Math.ceil(wanted / unit) * unit
  book.cut = holder.shortageRule === 'cancel_line' ? holder.remaining : Math.min(whole, holder.remaining)
  // From this lot first; what a whole unit takes beyond that comes from the line's other lots.
  let left = book.cut
  for (const id of [lotId, ...promises.keys()]) {
    const taken = Math.min(left, promises.get(id) ?? 0)
    add(promises, id, -taken)
    left -= taken
  }
  return here - (promises.get(lotId) ?? 0)
}

function add(promises: Map<string, number>, lotId: string, quantity: number): void {
  const sum = (promises.get(lotId) ?? 0) + quantity
  if (sum > 0) promises.set(lotId, sum)
  else promises.delete(lotId)
}
