import { addDays, type ServiceDay, weekdayOf } from '@huming/shared/days'
import type { BuyerSite } from '../cast/places.ts'
import { diceOf, sampleId } from '../ids.ts'
import { type Draft, type DraftLine, draftOrder } from './draft.ts'
import { futureShares, type Share, type Shelf } from './lots.ts'
import { needsApproval, noteCancelled, noteOrder, type Scene } from './orders.ts'
import type { PriceList } from './pricing.ts'

/** Of a hundred sites served on it, so many have ordered already: tomorrow most, then fewer. */
const orderedPercent = [62, 26, 12, 6]

export type Coming = {
  readonly today: ServiceDay
  readonly sites: readonly BuyerSite[]
  readonly closed: ReadonlySet<string>
  readonly shelf: Shelf
  readonly prices: PriceList
}

/** Tonight's and the next days' orders: goods promised, credit held, a few awaiting approval, one taken back. */
export function noteComing(scene: Scene, coming: Coming): void {
  const { sites, today, closed } = coming
  for (const [i, percent] of orderedPercent.entries()) {
    const day = addDays(today, i + 1)
    if (closed.has(day)) continue
    for (const site of sites) {
      const dice = diceOf(`coming ${site.row.name} ${i}`)
      const served = site.row.deliveryWeekdays.includes(weekdayOf(day))
      if (!served || isShortOfCredit(site) || !dice.chance(percent)) continue
      const draft = draftOrder({
        name: `${site.row.name} ${day}`,
        site,
        day,
        dice,
        prices: coming.prices,
        isOnShelf: (pack, _, hubId, on) =>
          futureShares(coming.shelf, pack, hubId, on, pack.order[1] * 40) !== null,
        now: scene.now,
      })
      if (!draft) continue
      if (dice.chance(4)) noteCancelled(scene, draft)
      else place(scene, coming, draft, dice.chance(50))
    }
  }
}

/** One shop has next to no credit and cannot have ordered. */
export const isShortOfCredit = ({ buyer }: BuyerSite): boolean => buyer.credit < 10_000

function place(scene: Scene, { shelf }: Coming, draft: Draft, approves: boolean): void {
  notePlaced(
    scene,
    draft,
    ({ pack, quantity }) => {
      const shares = futureShares(shelf, pack, draft.site.row.hubId, draft.day, quantity)
      if (!shares) throw new Error(`${draft.number} wants more of ${pack.code} than there is`)
      return shares
    },
    approves,
  )
}

/** An order that stands: its goods are promised by the lots it is given, its credit is held. */
export function notePlaced(
  scene: Scene,
  draft: Draft,
  sharesOf: (line: DraftLine) => readonly Share[],
  approves = true,
): void {
  const needs = needsApproval(draft)
  const approvedAt = new Date(Math.min(draft.placedAt.getTime() + 600_000, scene.now.getTime()))
  noteOrder(scene, draft, {
    status: needs && !approves ? 'awaiting_approval' : 'placed',
    version: needs && approves ? 2 : 1,
    lines: new Map(),
    ...(needs && approves ? { approvedAt } : {}),
  })
  for (const line of draft.lines) {
    for (const { lot, quantity } of sharesOf(line)) {
      lot.promised += quantity
      scene.book.promises.push({
        id: sampleId(`promise ${line.id} ${lot.id}`, draft.placedAt),
        orderLineId: line.id,
        lotId: lot.id,
        quantity,
        pickedQuantity: null,
      })
    }
  }
}
