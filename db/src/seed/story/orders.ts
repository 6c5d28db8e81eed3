import { hash } from 'node:crypto'
import type { ServiceDay } from '@huming/shared/days'
import { isCanteen } from '@huming/shared/reference/buyer-classes'
import type { InForce } from '@huming/shared/settle-order'
import { skuId } from '../cast/goods.ts'
import { receivableId, salesId, supplierId } from '../cast/parties.ts'
import type { BuyerSite } from '../cast/places.ts'
import { sampleId } from '../ids.ts'
import { type Book, tell } from './book.ts'
import type { Draft } from './draft.ts'

/** Who acts for a buyer. */
export type Crew = {
  readonly purchaser: string
  readonly approver: string | null
  readonly acceptors: readonly string[]
}

/** What the tellers of the story share. */
export type Scene = {
  readonly book: Book
  readonly now: Date
  readonly crewOf: (site: BuyerSite) => Crew
  /** Terms and mandate of a supplier on a day. */
  readonly inForce: (supplierOrgId: string, day: ServiceDay) => InForce
  /** For load: no event for each single pick. */
  readonly lean: boolean
  /** Totes that are there already: the serials of new ones go on from it. */
  readonly totesBefore?: number
}

/** What became of a line, in base units; the amounts follow. */
export type LineFate = {
  readonly cut: number
  readonly cutReason: string | null
  readonly picked: number | null
  readonly delivered: number | null
  readonly refused: number
  readonly refuseReason: string | null
  readonly finalFen: number | null
}

export const untouched: LineFate = {
  cut: 0,
  cutReason: null,
  picked: null,
  delivered: null,
  refused: 0,
  refuseReason: null,
  finalFen: null,
}

export type OrderFate = {
  readonly status: string
  readonly version: number
  readonly approvedAt?: Date
  readonly frozenAt?: Date
  readonly deliveredAt?: Date
  readonly acceptedAt?: Date
  readonly cancelledAt?: Date
  readonly lines: ReadonlyMap<string, LineFate>
}

export const holdIdOf = (draft: Draft): string => sampleId(`hold ${draft.id}`, draft.placedAt)

/** Who and where, for the events of an order. */
export const about = (draft: Draft) => ({
  subjectId: draft.id,
  orgId: draft.site.row.orgId,
  hubId: draft.site.row.hubId,
})

/** A purchaser's order above the buyer's own limit needs an approver. */
export const needsApproval = ({ site, totalFen }: Draft): boolean =>
  site.buyer.approvalAbove !== undefined && totalFen > site.buyer.approvalAbove * 100

/** Notes an order with its lines, its placing and the credit held for it. */
export function noteOrder(scene: Scene, draft: Draft, fate: OrderFate): void {
  const { book } = scene
  const { id, number, site, day, placedAt, totalFen, lines } = draft
  const crew = scene.crewOf(site)
  const { orgId, hubId, windowFrom, windowTo } = site.row
  book.orders.push({
    id,
    number,
    orgId,
    siteId: site.row.id,
    hubId,
    day,
    windowFrom,
    windowTo,
    status: fate.status,
    totalFen,
    shortageRule: isCanteen(site.buyer.buyerClass) ? 'cancel_line' : 'partial',
    note: '',
    requestHash: hash('sha256', id, 'hex'),
    version: fate.version,
    holdId: holdIdOf(draft),
    placedBy: crew.purchaser,
    placedAt,
    approvedBy: fate.approvedAt ? crew.approver : null,
    frozenAt: fate.frozenAt ?? null,
    deliveredAt: fate.deliveredAt ?? null,
    acceptedAt: fate.acceptedAt ?? null,
    cancelledAt: fate.cancelledAt ?? null,
    cancelReason: fate.cancelledAt ? '计划有变（示例）' : null,
    isSample: true,
  })
  noteLines(book, draft, fate.lines)
  const eventId = tell(book, {
    type: 'order.placed',
    at: placedAt,
    ...about(draft),
    personId: crew.purchaser,
    actorOrgId: orgId,
    payload: {
      orderId: id,
      number,
      day,
      totalFen,
      lines: lines.map(({ pack, quantity }) => ({ skuId: skuId(pack), quantity })),
    },
  })
  book.ledgerTransfers.push({
    id: holdIdOf(draft),
    kind: 'hold',
    reason: 'sale',
    ...accountsOf(draft),
    amountFen: totalFen,
    holdId: null,
    subjectId: id,
    eventId,
    at: placedAt,
  })
  if (fate.approvedAt && crew.approver) {
    const approver = { personId: crew.approver, actorOrgId: orgId }
    tell(book, { type: 'order.approved', at: fate.approvedAt, ...about(draft), ...approver })
  }
}

function noteLines(book: Book, draft: Draft, fates: ReadonlyMap<string, LineFate>): void {
  for (const [i, line] of draft.lines.entries()) {
    const fate = fates.get(line.id) ?? untouched
    book.orderLines.push({
      id: line.id,
      orderId: draft.id,
      lineNo: i + 1,
      skuId: skuId(line.pack),
      supplierOrgId: supplierId(line.product.supplier),
      units: line.units,
      quantity: line.quantity,
      priceCentifen: line.centifen,
      basePerPriceUnit: line.basePerPriceUnit,
      priceReason: line.reason,
      priceBasis: line.basis,
      contractLineId: line.contractLineId,
      taxRateBp: line.taxRateBp,
      amountFen: line.amountFen,
      cutQuantity: fate.cut,
      cutReason: fate.cutReason,
      pickedQuantity: fate.picked,
      deliveredQuantity: fate.delivered,
      refusedQuantity: fate.refused,
      refuseReason: fate.refuseReason,
      finalFen: fate.finalFen,
    })
  }
}

const accountsOf = (draft: Draft) => ({
  debitAccountId: receivableId(draft.site.buyer),
  creditAccountId: salesId,
})

/** Gives the held credit back. */
export function voidHold(book: Book, draft: Draft, at: Date, eventId: string): void {
  endHold(book, draft, { kind: 'void', amountFen: draft.totalFen, holdId: holdIdOf(draft), at, eventId })
}

/** Posts what is truly owed: within the hold as its end, what lies above it beside. */
export function postHold(book: Book, draft: Draft, finalFen: number, at: Date, eventId: string): void {
  const amountFen = Math.min(draft.totalFen, finalFen)
  endHold(book, draft, { kind: 'post', amountFen, holdId: holdIdOf(draft), at, eventId })
  if (finalFen > amountFen)
    endHold(book, draft, { kind: 'direct', amountFen: finalFen - amountFen, holdId: null, at, eventId })
}

type End = { kind: string; amountFen: number; holdId: string | null; at: Date; eventId: string }

function endHold(book: Book, draft: Draft, end: End): void {
  const id = sampleId(`${end.kind} ${draft.id}`, end.at)
  book.ledgerTransfers.push({ id, ...accountsOf(draft), reason: 'sale', subjectId: draft.id, ...end })
}

/** An order that its buyer took back an hour after placing it. */
export function noteCancelled(scene: Scene, draft: Draft): void {
  const cancelledAt = new Date(
    Math.min(draft.placedAt.getTime() + 3_600_000, draft.cutOffAt.getTime() - 60_000, scene.now.getTime()),
  )
  noteOrder(scene, draft, { status: 'cancelled', version: 2, cancelledAt, lines: new Map() })
  const { purchaser } = scene.crewOf(draft.site)
  const actor = { personId: purchaser, actorOrgId: draft.site.row.orgId }
  const eventId = tell(scene.book, { type: 'order.cancelled', at: cancelledAt, ...about(draft), ...actor })
  voidHold(scene.book, draft, cancelledAt, eventId)
}
