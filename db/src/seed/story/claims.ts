import {
  type ClaimKind,
  type ClaimParty,
  claimClassOf,
  creditFen,
  creditTaxes,
} from '@huming/shared/claiming'
import { serviceDayOf } from '@huming/shared/days'
import { sayableNumber } from '@huming/shared/ids'
import { entriesOf, type SettlementLine } from '@huming/shared/settle-order'
import { reverseSplit } from '@huming/shared/settling'
import { samplePacks, skuId } from '../cast/goods.ts'
import { accountId, houseId, receivableId } from '../cast/parties.ts'
import { buyerSites } from '../cast/places.ts'
import { sampleId } from '../ids.ts'
import { tell } from './book.ts'
import type { Scene } from './orders.ts'
import { oneOf } from './staff.ts'

const hourMs = 3_600_000

/** Rules of the migration by goods class. */
const ruleIds = {
  fresh: '01930000-0000-7000-8000-0000000f0001',
  frozen: '01930000-0000-7000-8000-0000000f0002',
  dry: '01930000-0000-7000-8000-0000000f0003',
} as const

type Plan = {
  readonly buyer: string
  /** Counted from the last delivery that is over. */
  readonly nth: number
  readonly kind: ClaimKind
  readonly party: ClaimParty | null
  readonly note: string
  readonly contested?: string
}

/** 示例: one waits for its decision, one is the carrier's, one the supplier's, one is contested. */
const plans: readonly Plan[] = [
  { buyer: '凉城沙县小吃店', nth: 0, kind: 'quality', party: null, note: '两袋有压痕，馅料外漏（示例）' },
  { buyer: '杨浦示范大学食堂', nth: 0, kind: 'shortage', party: null, note: '筐内少一份（示例）' },
  { buyer: '凉城沙县小吃店', nth: 2, kind: 'quality', party: 'supplier', note: '表面发软（示例）' },
  { buyer: '杨浦示范大学食堂', nth: 2, kind: 'temperature', party: 'carrier', note: '到货偏温（示例）' },
  {
    buyer: '凉城沙县小吃店',
    nth: 4,
    kind: 'quality',
    party: 'supplier',
    note: '有异味（示例）',
    contested: '出厂检验合格，请核对仓内存放（示例）',
  },
]

/** Claims of the buyers offered for signing in, in every state of their way. */
export function noteClaims(scene: Scene): void {
  for (const plan of plans) noteClaim(scene, plan)
}

type OrderRow = Scene['book']['orders'][number]
type Piece = { readonly line: Scene['book']['orderLines'][number]; readonly sale: SettlementLine }

function noteClaim(scene: Scene, plan: Plan): void {
  const { book, now } = scene
  const site = buyerSites().find(({ buyer }) => buyer.name === plan.buyer)
  const delivered = book.orders
    .filter((one) => one.orgId === site?.row.orgId && ['delivered', 'accepted'].includes(one.status))
    .toSorted((a, b) => (b.deliveredAt?.getTime() ?? 0) - (a.deliveredAt?.getTime() ?? 0))
  const order = delivered[plan.nth]
  const piece = order && firstPiece(scene, order)
  if (!site || !order?.deliveredAt || !piece) return
  const madeAt = new Date(Math.min(order.deliveredAt.getTime() + 2 * hourMs, now.getTime() - 60_000))
  const decidedAt =
    plan.party === null ? null : new Date(Math.min(madeAt.getTime() + 5 * hourMs, now.getTime() - 30_000))
  const id = sampleId(`claim ${order.id}`, madeAt)
  const quantity = Math.max(1, Math.floor(piece.sale.quantity / 4))
  const fen = creditFen({
    finalFen: piece.sale.grossFen,
    delivered: piece.sale.quantity,
    before: 0,
    quantity,
  })
  const about = { subjectId: id, orgId: order.orgId, hubId: order.hubId }
  const status = plan.contested ? 'contested' : decidedAt ? 'decided' : 'sent'
  book.claims.push({
    id,
    number: sayableNumber('S', id),
    orderId: order.id,
    orgId: order.orgId,
    siteId: order.siteId,
    hubId: order.hubId,
    status,
    note: plan.note,
    saidAt: madeAt,
    madeBy: order.placedBy,
    madeAt,
    requestHash: id,
    decidedHow: decidedAt && (plan.party === 'carrier' ? 'rule' : 'person'),
    decidedBy: decidedAt && plan.party !== 'carrier' ? oneOf(houseId('operations'), 'ops_finance') : null,
    decidedAt,
    reason: decidedAt ? '照片清楚，按规则认可（示例）' : '',
    contestUntil: decidedAt && new Date(decidedAt.getTime() + 72 * hourMs),
    version: plan.contested ? 3 : decidedAt ? 2 : 1,
    isSample: true,
  })
  tell(book, { type: 'claim.sent', at: madeAt, ...about, personId: order.placedBy, actorOrgId: order.orgId })
  const lineId = sampleId(`claim line ${order.id}`, madeAt)
  const { party } = plan
  noteLine(scene, plan, { claimId: id, lineId, piece, quantity, fen, decidedAt })
  if (decidedAt && party)
    noteCredit(scene, {
      order,
      piece,
      claimId: id,
      lineId,
      quantity,
      fen,
      party,
      decidedAt,
      receivable: receivableId(site.buyer),
    })
}

type NewLine = Pick<Credit, 'claimId' | 'lineId' | 'piece' | 'quantity' | 'fen'> & {
  readonly decidedAt: Date | null
}

function noteLine({ book, now }: Scene, plan: Plan, made: NewLine): void {
  const { claimId, lineId, piece, quantity, fen, decidedAt } = made
  const zone = samplePacks.find(({ pack }) => skuId(pack) === piece.line.skuId)?.pack.zone ?? 'ambient'
  const { party } = plan
  book.claimLines.push({
    id: lineId,
    claimId,
    orderLineId: piece.line.id,
    lotId: piece.sale.lotId,
    skuId: piece.line.skuId,
    supplierOrgId: piece.line.supplierOrgId,
    kind: plan.kind,
    quantity,
    photoFileIds: [],
    note: plan.note,
    ruleId: ruleIds[claimClassOf(zone)],
    askedFen: fen,
    proposedParty: party ?? (plan.kind === 'shortage' ? 'carrier' : 'supplier'),
    proposedWhy: [
      plan.kind === 'shortage' ? 'totes_not_scanned' : party === 'carrier' ? 'run_alarm' : 'quality_of_goods',
    ],
    acceptedQuantity: party && quantity,
    acceptedFen: party && fen,
    responsibleParty: party,
    responsibleOrgId: party && (party === 'supplier' ? piece.line.supplierOrgId : houseId('carrier')),
    decisionReason: '',
    contestedAt:
      plan.contested && decidedAt
        ? new Date(Math.min(decidedAt.getTime() + hourMs, now.getTime() - 10_000))
        : null,
    contestReason: plan.contested ?? '',
  })
}

/** The first lot of the order that was settled with money. */
function firstPiece({ book }: Scene, order: OrderRow): Piece | null {
  const lines = book.orderLines.filter((line) => line.orderId === order.id)
  for (const sale of book.settlementLines as SettlementLine[]) {
    const line = lines.find((one) => one.id === sale.orderLineId)
    if (line && sale.reversesId === null && sale.quantity >= 4 && sale.grossFen > 400) return { line, sale }
  }
  return null
}

type Credit = {
  readonly order: OrderRow
  readonly piece: Piece
  readonly claimId: string
  readonly lineId: string
  readonly quantity: number
  readonly fen: number
  readonly party: ClaimParty
  readonly decidedAt: Date
  readonly receivable: string
}

/** The credit note, the reversal at the supplier's or the carrier's cost, and the buyer's credit. */
function noteCredit({ book }: Scene, credit: Credit): void {
  const { order, piece, claimId, lineId, quantity, fen, party, decidedAt, receivable } = credit
  const eventId = tell(book, {
    type: 'claim.decided',
    at: decidedAt,
    subjectId: claimId,
    orgId: order.orgId,
    hubId: order.hubId,
    payload: { orderId: order.id, totalFen: fen },
  })
  const noteId = sampleId(`credit note ${claimId}`, decidedAt)
  const [taxFen = 0] = creditTaxes([{ grossFen: fen, taxRateBp: piece.line.taxRateBp }])
  book.creditNotes.push({
    id: noteId,
    number: sayableNumber('K', noteId),
    claimId,
    orderId: order.id,
    orgId: order.orgId,
    day: serviceDayOf(decidedAt),
    totalFen: fen,
    taxFen,
    eventId,
    at: decidedAt,
    isSample: true,
  })
  book.creditNoteLines.push({
    creditNoteId: noteId,
    claimLineId: lineId,
    quantity,
    taxRateBp: piece.line.taxRateBp,
    grossFen: fen,
    taxFen,
  })
  const bearer =
    party === 'supplier'
      ? accountId({ orgId: houseId('warehouse'), purpose: 'sales' })
      : accountId({ orgId: houseId('carrier'), purpose: 'claims_cost' })
  const entry = { holdId: null, subjectId: claimId, eventId, at: decidedAt, kind: 'direct' }
  book.ledgerTransfers.push({
    ...entry,
    id: sampleId(`credit ${claimId}`, decidedAt),
    reason: 'credit_note',
    debitAccountId: bearer,
    creditAccountId: receivable,
    amountFen: fen,
  })
  if (party !== 'supplier') return
  const back: SettlementLine = {
    ...piece.sale,
    ...reverseSplit(piece.sale, fen, false),
    id: sampleId(`reversed ${claimId}`, decidedAt),
    quantity: 0 - quantity,
    reversesId: piece.sale.id,
    subjectId: claimId,
    eventId,
    day: serviceDayOf(decidedAt),
    at: decidedAt,
  }
  book.settlementLines.push(back)
  for (const move of entriesOf([back])) {
    const accounts = { debitAccountId: accountId(move.debit), creditAccountId: accountId(move.credit) }
    const id = sampleId(
      `claw back ${claimId} ${accounts.debitAccountId} ${accounts.creditAccountId}`,
      decidedAt,
    )
    book.ledgerTransfers.push({ ...entry, id, reason: move.reason, ...accounts, amountFen: move.amountFen })
  }
}
