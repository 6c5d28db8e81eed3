import { addDays, type ServiceDay, serviceDayOf } from './days.ts'
import type { AccountRef, NewTransfer, TransferReason } from './ledger-words.ts'
import { shareByLargestRemainder } from './money.ts'
import {
  type Commission,
  commissionFen,
  dueDay,
  releaseDay,
  type Sale,
  type Split,
  type SupplierTerms,
  splitSale,
  withoutTerms,
} from './settling.ts'

/** Of whom an order is and where it is cleared; `eventId` says that it was delivered, `at` when. */
export type SettledOrder = {
  readonly orderId: string
  readonly buyerOrgId: string
  readonly hubOrgId: string
  readonly eventId: string
  readonly at: Date
}

/** A line's delivered lots. `gramsPer` gives the weight of a base quantity: `[grams, base units]`. */
export type SettledLine = {
  readonly orderLineId: string
  readonly supplierOrgId: string
  readonly category: string
  readonly taxRateBp: number
  readonly finalFen: number
  readonly gramsPer: readonly [grams: number, base: number]
  readonly lots: readonly { readonly lotId: string; readonly quantity: number }[]
}

/** The row of terms in force, and of a mandate with commission. */
export type TermsInForce = SupplierTerms & { readonly id: string; readonly platformOrgId: string }
export type MandateInForce = Commission & {
  readonly id: string
  readonly brokerOrgId: string
  readonly platformOrgId: string | null
}
export type InForce = {
  readonly terms: TermsInForce | null
  readonly mandate: MandateInForce | null
}

/** A row of `settlement_lines`. */
export type SettlementLine = Split & {
  readonly id: string
  readonly orderId: string
  readonly orderLineId: string
  readonly lotId: string
  readonly buyerOrgId: string
  readonly supplierOrgId: string
  readonly hubOrgId: string
  readonly platformOrgId: string | null
  readonly quantity: number
  readonly termsId: string | null
  readonly mandateId: string | null
  readonly brokerOrgId: string | null
  readonly reversesId: string | null
  /** On top of the sale of the same lot. */
  readonly more: boolean
  readonly subjectId: string
  readonly dueOn: ServiceDay
  readonly releaseOn: ServiceDay | null
  readonly frozenUntil: ServiceDay | null
  readonly day: ServiceDay
  readonly eventId: string
  readonly at: Date
}

type Piece = {
  readonly line: SettledLine
  readonly lotId: string
  readonly quantity: number
  readonly sale: Sale
}

/**
 * Settles a delivered order: one row for each lot behind each line. The line's final sum is shared among its lots by
 * quantity, a lump commission among the lots of the supplier by money, both by largest remainder.
 */
export function settleOrder(
  order: SettledOrder,
  lines: readonly SettledLine[],
  inForce: (supplierOrgId: string) => InForce,
  newId: (orderLineId: string, lotId: string) => string,
): SettlementLine[] {
  const pieces = lines.flatMap(piecesOf)
  return [...Map.groupBy(pieces, (piece) => piece.line.supplierOrgId)].flatMap(([supplierOrgId, own]) => {
    const force = inForce(supplierOrgId)
    const lumps = lumpsOf(own, force.mandate)
    return own.map((piece, i) =>
      rowOf(order, piece, force, lumps[i] ?? 0, newId(piece.line.orderLineId, piece.lotId)),
    )
  })
}

function piecesOf(line: SettledLine): Piece[] {
  const lots = line.lots.filter((lot) => lot.quantity > 0)
  const shares = shareByLargestRemainder(
    line.finalFen,
    lots.map((lot) => lot.quantity),
  )
  const [grams, base] = line.gramsPer
  return lots.map(({ lotId, quantity }, i) => ({
    line,
    lotId,
    quantity,
    sale: {
      grossFen: shares[i] ?? 0,
      taxRateBp: line.taxRateBp,
      grams: Math.trunc((quantity * grams) / base),
      category: line.category,
    },
  }))
}

function lumpsOf(pieces: readonly Piece[], mandate: MandateInForce | null): number[] {
  const weights = pieces.map((piece) => piece.sale.grossFen)
  if (mandate?.basis !== 'lump' || weights.every((weight) => weight === 0)) return []
  return shareByLargestRemainder(mandate.rate, weights)
}

function rowOf(
  order: SettledOrder,
  piece: Piece,
  force: InForce,
  lumpFen: number,
  id: string,
): SettlementLine {
  const terms = force.terms ?? withoutTerms
  const day = serviceDayOf(order.at)
  const { mandate } = force
  const commission = mandate ? commissionFen(piece.sale, mandate, lumpFen) : 0
  const split = splitSale(piece.sale, terms, commission, mandate?.supplierPaysBp ?? 10_000)
  const { orderId, buyerOrgId, hubOrgId, eventId, at } = order
  return {
    id,
    orderId,
    orderLineId: piece.line.orderLineId,
    lotId: piece.lotId,
    buyerOrgId,
    supplierOrgId: piece.line.supplierOrgId,
    hubOrgId,
    platformOrgId: force.terms?.platformOrgId ?? mandate?.platformOrgId ?? null,
    quantity: piece.quantity,
    ...split,
    termsId: force.terms?.id ?? null,
    mandateId: mandate?.id ?? null,
    brokerOrgId: mandate?.brokerOrgId ?? null,
    reversesId: null,
    more: false,
    subjectId: orderId,
    dueOn: dueDay(day, terms),
    releaseOn: split.retentionFen > 0 ? releaseDay(day, terms.retentionMonths) : null,
    frozenUntil: mandate ? addDays(day, terms.waitDays) : null,
    day,
    eventId,
    at,
  }
}

/** The entries of settlement rows, added up by party and reason: those of sales forward, those of reversals back. */
export function entriesOf(rows: readonly SettlementLine[]): NewTransfer[] {
  const sums = new Map<string, { -readonly [K in keyof NewTransfer]: NewTransfer[K] }>()
  const add = (
    row: SettlementLine,
    reason: TransferReason,
    debit: AccountRef,
    credit: AccountRef,
    amount: number,
  ) => {
    if (amount === 0) return
    const back = row.reversesId !== null
    const entry = {
      debit: back ? credit : debit,
      credit: back ? debit : credit,
      amountFen: Math.abs(amount),
      reason: back ? ('claw_back' as const) : reason,
      subjectId: row.subjectId,
      eventId: row.eventId,
    }
    const key = [reason, entry.subjectId, entry.eventId, keyOf(entry.debit), keyOf(entry.credit)].join(' ')
    const known = sums.get(key)
    if (known) known.amountFen += entry.amountFen
    else sums.set(key, entry)
  }
  for (const row of rows) {
    const payable = { orgId: row.supplierOrgId, purpose: 'payable' } as const
    const fees = { orgId: row.platformOrgId ?? '', purpose: 'fees' } as const
    const commission = { orgId: row.brokerOrgId ?? '', purpose: 'commission' } as const
    add(row, 'settle', { orgId: row.hubOrgId, purpose: 'sales' }, payable, row.grossFen)
    add(row, 'fee', payable, fees, row.feeFen)
    add(row, 'retention', payable, { ...payable, purpose: 'retention' }, row.retentionFen)
    add(row, 'commission', payable, commission, row.commissionSupplierFen)
    add(row, 'commission', fees, commission, row.commissionPlatformFen)
  }
  return [...sums.values()]
}

/** An account's key in maps. */
export const keyOf = (account: AccountRef): string => `${account.orgId}:${account.purpose}`
