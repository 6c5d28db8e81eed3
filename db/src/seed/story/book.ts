import { sharedPurposes } from '@huming/shared/ledger-words'
import type { InferInsertModel, Table } from 'drizzle-orm'
import type { TransactionSql } from 'postgres'
import { claimLines, claims, creditNoteLines, creditNotes } from '../../schema/claims.ts'
import { crateBalances, crateMoves } from '../../schema/crates.ts'
import { doorDecisions } from '../../schema/door-decisions.ts'
import { events, notices } from '../../schema/events.ts'
import { callOffOffers, forecasts } from '../../schema/inbound.ts'
import { ledgerTransfers } from '../../schema/ledger.ts'
import { acceptances, cutOffs, orderLines, orders, promises } from '../../schema/orders.ts'
import { lotPapers } from '../../schema/papers.ts'
import {
  bankImports,
  bankLines,
  payCodes,
  paymentAllocations,
  payments,
  receivingAccounts,
  refunds,
} from '../../schema/payment.ts'
import { pickTasks, totes, waveOrders, waves } from '../../schema/picking.ts'
import {
  baseReceipts,
  batchInputs,
  batchReadings,
  inspections,
  lotLabels,
  productionBatches,
} from '../../schema/production.ts'
import { recallLots, recallNoticeGoods, recallNotices, recalls, recallTasks } from '../../schema/recall.ts'
import { receiptCounts, refusedGoods, tripLogs } from '../../schema/receiving.ts'
import { deliveries, plans, runs, stopOrders, stops } from '../../schema/routes.ts'
import { orgBankAccounts, payoutBatches, payouts, settlementLines } from '../../schema/settlement.ts'
import { statementLines, statements, statementTerms } from '../../schema/statements.ts'
import { binStock, lots, movements } from '../../schema/stock.ts'
import {
  binCountLines,
  binCounts,
  disposals,
  quarantines,
  returnedGoods,
  transferLines,
  transferLots,
  transfers,
} from '../../schema/storing.ts'
import { callOffs, consignmentLines, consignments } from '../../schema/supply.ts'
import { traceEdges } from '../../schema/tracing.ts'
import { traceUploads } from '../../schema/upload.ts'
import {
  consignmentHandovers,
  consignmentLegs,
  consignmentZones,
  dockAppointments,
} from '../../schema/way.ts'
import { sampleId } from '../ids.ts'
import { insertAll } from '../insert.ts'

/** Tables of the story, each after those it refers to. */
const tables = {
  lots,
  lotPapers,
  lotLabels,
  baseReceipts,
  productionBatches,
  batchInputs,
  batchReadings,
  inspections,
  forecasts,
  callOffs,
  callOffOffers,
  consignments,
  consignmentLines,
  consignmentZones,
  consignmentLegs,
  consignmentHandovers,
  dockAppointments,
  tripLogs,
  receiptCounts,
  refusedGoods,
  crateMoves,
  crateBalances,
  movements,
  quarantines,
  transfers,
  transferLines,
  transferLots,
  binCounts,
  binCountLines,
  disposals,
  returnedGoods,
  traceEdges,
  orders,
  orderLines,
  promises,
  acceptances,
  cutOffs,
  waves,
  waveOrders,
  totes,
  pickTasks,
  plans,
  runs,
  stops,
  stopOrders,
  doorDecisions,
  deliveries,
  recalls,
  recallLots,
  recallNotices,
  recallNoticeGoods,
  recallTasks,
  traceUploads,
  settlementLines,
  orgBankAccounts,
  payoutBatches,
  payouts,
  ledgerTransfers,
  claims,
  claimLines,
  creditNotes,
  creditNoteLines,
  statementTerms,
  statements,
  statementLines,
  receivingAccounts,
  payCodes,
  payments,
  paymentAllocations,
  refunds,
  bankImports,
  bankLines,
  events,
  notices,
} as const

type Tables = typeof tables
type RowsOf<T extends Table> = InferInsertModel<T>[]

/** Rows not yet written, by table. */
export type Book = { [K in keyof Tables]: RowsOf<Tables[K]> }

export const newBook = (): Book =>
  Object.fromEntries(Object.keys(tables).map((name) => [name, []])) as unknown as Book

/** Writes everything that was noted and brings the sums of the ledger's accounts along. */
export async function writeBook(tx: TransactionSql, book: Book): Promise<void> {
  for (const name of Object.keys(tables) as (keyof Tables)[]) {
    await insertAll(tx, tables[name] as typeof lots, book[name] as RowsOf<typeof lots>)
  }
  await insertAll(tx, binStock, binBalances(book.movements))
  await addToAccounts(tx, book.ledgerTransfers)
}

/** What the movements leave in each bin. */
function binBalances(moved: Book['movements']): InferInsertModel<typeof binStock>[] {
  const left = new Map<string, InferInsertModel<typeof binStock>>()
  const add = (binId: string | null | undefined, lotId: string, quantity: number) => {
    if (!binId) return
    const row = left.get(binId + lotId) ?? { binId, lotId, quantity: 0 }
    left.set(binId + lotId, { ...row, quantity: row.quantity + quantity })
  }
  for (const { lotId, fromBinId, toBinId, quantity } of moved) {
    add(fromBinId, lotId, -Math.abs(quantity))
    add(toBinId, lotId, Math.abs(quantity))
  }
  return [...left.values()]
}

/** An event as told in the book; it was relayed a second later. */
export type Told = {
  readonly type: string
  readonly at: Date
  readonly subjectId: string
  readonly orgId?: string | null
  readonly hubId?: string | null
  readonly personId?: string | null
  readonly actorOrgId?: string | null
  readonly payload?: Record<string, unknown>
  /** Tells two events of one kind, thing and instant apart. */
  readonly key?: string
}

/** Notes an event and gives its id. */
export function tell(book: Book, told: Told): string {
  const {
    key = '',
    payload = {},
    orgId = null,
    hubId = null,
    personId = null,
    actorOrgId = null,
    ...rest
  } = told
  const id = sampleId(`event ${told.type} ${told.subjectId} ${key}`, told.at)
  const relayedAt = new Date(told.at.getTime() + 1000)
  book.events.push({ id, ...rest, orgId, hubId, personId, actorOrgId, payload, relayedAt })
  return id
}

type Sums = { dp: number; dt: number; cp: number; ct: number }

/** What the transfers change, by the ledger's own rule: a hold is pending, its end takes that away, a post stays. */
async function addToAccounts(tx: TransactionSql, made: Book['ledgerTransfers']): Promise<void> {
  if (made.length === 0) return
  const held = new Map(made.map((one) => [one.id, one.amountFen]))
  const sums = new Map<string, Sums>()
  const of = (id: string) => sums.get(id) ?? sums.set(id, { dp: 0, dt: 0, cp: 0, ct: 0 }).get(id) ?? never()
  for (const { kind, amountFen, holdId, debitAccountId, creditAccountId } of made) {
    const pending = kind === 'hold' ? amountFen : holdId ? -(held.get(holdId) ?? never()) : 0
    const posted = kind === 'post' || kind === 'direct' ? amountFen : 0
    of(debitAccountId).dp += pending
    of(debitAccountId).dt += posted
    of(creditAccountId).cp += pending
    of(creditAccountId).ct += posted
  }
  const rows = [...sums].map(([id, sum]) => ({ id, ...sum }))
  // In the order kept everywhere: parties' own accounts first, then those of the house.
  await tx`
    select id from ledger_accounts where id = any(${rows.map((row) => row.id)}::uuid[])
    order by (purpose = any(${sharedPurposes}::text[])), id for no key update`
  await tx`
    update ledger_accounts a set
      debits_pending_fen = a.debits_pending_fen + c.dp, debits_posted_fen = a.debits_posted_fen + c.dt,
      credits_pending_fen = a.credits_pending_fen + c.cp, credits_posted_fen = a.credits_posted_fen + c.ct
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as c(id uuid, dp int8, dt int8, cp int8, ct int8)
    where a.id = c.id`
}

function never(): never {
  throw new Error('a hold is told of before its end, in one book')
}
