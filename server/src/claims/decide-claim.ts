import { hubs } from '@huming/db/schema/accounts'
import { claimLines, claims, creditNoteLines, creditNotes } from '@huming/db/schema/claims'
import { type ClaimParty, creditFen, creditTaxes } from '@huming/shared/claiming'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { newId, sayableNumber } from '@huming/shared/ids'
import type { NewTransfer } from '@huming/shared/ledger-words'
import { sumFen } from '@huming/shared/money'
import { asc, eq } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { reverseLines } from '../ledger/reverse-lines.ts'
import { transfer } from '../ledger/transfer.ts'
import { seenOf } from './evidence.ts'
import { claimDoc } from './read-claim.ts'
import {
  type Claim,
  type ClaimDoc,
  claimRuleRows,
  type DeliveredLot,
  deliveredLots,
  lockClaim,
  lockOrderLines,
  operationsOrgId,
} from './rows.ts'
import { tellBuyer, tellSuppliers } from './tell.ts'

type Body = ContractParsed<Contracts['claims.decide']>['body']
type Line = typeof claimLines.$inferSelect
export type Decision = {
  readonly how: 'rule' | 'person'
  readonly reason: string
  readonly lines: readonly {
    readonly id: string
    readonly acceptedQuantity: number
    readonly party: ClaimParty | null
    readonly reason: string
  }[]
}

/**
 * A person decides every line of a claim: how much is credited, and who bears it. What is accepted needs a party, what
 * is cut a reason (`reason_missing`).
 */
export async function decideClaim(ctx: Ctx, id: string, body: Body): Promise<ClaimDoc> {
  allow(ctx, 'claim.decide')
  return inTransaction(ctx, async (tx) => {
    const { orderId } = await readClaim(tx, id)
    await lockOrderLines(tx, orderId)
    const claim = await lockClaim(tx, id)
    allow(ctx, 'claim.decide', { orgId: claim.orgId })
    if (claim.status !== 'sent') throw new Fault('wrong_state')
    if (claim.version !== body.version) throw new Fault('stale_version')
    await decideIn(tx, ctx, id, { how: 'person', reason: body.reason, lines: body.lines })
    return claimDoc(tx, ctx, id)
  })
}

const readClaim = async (tx: Tx, id: string): Promise<Claim> =>
  found((await tx.select().from(claims).where(eq(claims.id, id)))[0])

/**
 * Decides a claim whose order lines are locked: writes the lines, the credit note with its tax, the reversal at the
 * supplier's or the cost of who bears it, and the buyer's credit, in one posting.
 */
export async function decideIn(tx: Tx, ctx: Ctx, id: string, decision: Decision): Promise<void> {
  const claim = await lockClaim(tx, id)
  if (!nextStatus('claim', claim.status, 'decide')) throw new Fault('wrong_state')
  const lines = await tx
    .select()
    .from(claimLines)
    .where(eq(claimLines.claimId, id))
    .orderBy(asc(claimLines.id))
  const lots = await deliveredLots(tx, claim.orderId, id)
  const judged = judge(lines, lots, decision)
  const accepted = judged.filter((one) => one.quantity > 0)
  const orgOf = await bearers(tx, claim, accepted)
  for (const one of judged)
    await tx
      .update(claimLines)
      .set({
        acceptedQuantity: one.quantity,
        acceptedFen: one.fen,
        responsibleParty: one.party,
        responsibleOrgId: one.party && orgOf(one.party, one.line),
        decisionReason: one.reason,
      })
      .where(eq(claimLines.id, one.line.id))
  const totalFen = sumFen(accepted.map((one) => one.fen))
  const contestHours = await hoursToContest(tx, lines)
  await tx
    .update(claims)
    .set({
      status: 'decided',
      decidedHow: decision.how,
      decidedBy: decision.how === 'person' ? personIdOf(ctx) : null,
      decidedAt: ctx.now,
      reason: decision.reason,
      contestUntil: new Date(ctx.now.getTime() + contestHours * 3_600_000),
      version: claim.version + 1,
    })
    .where(eq(claims.id, id))
  const eventId = await emit(tx, ctx, {
    type: 'claim.decided',
    subjectId: id,
    orgId: claim.orgId,
    hubId: claim.hubId,
    payload: {
      orderId: claim.orderId,
      how: decision.how,
      totalFen,
      lines: judged.map(({ line, quantity, fen, party }) => ({ lineId: line.id, quantity, fen, party })),
    },
  })
  if (totalFen > 0) await credit(tx, ctx, claim, { eventId, totalFen, accepted, orgOf })
  await tellBuyer(tx, ctx, claim, totalFen)
  await tellSuppliers(tx, ctx, id, 'notice.claim_decided')
}

type Judged = {
  readonly line: Line
  readonly lot: DeliveredLot
  readonly quantity: number
  readonly fen: number
  readonly party: ClaimParty | null
  readonly reason: string
}

/** Every line once, within what it asked; sums on the running total of its lot. */
function judge(lines: readonly Line[], lots: readonly DeliveredLot[], decision: Decision): Judged[] {
  const told = new Map(decision.lines.map((line) => [line.id, line]))
  if (told.size !== lines.length || lines.some((line) => !told.has(line.id)))
    throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/lines', reason: 'every_line_once' }] })
  const given = new Map<DeliveredLot, number>()
  return lines.map((line) => {
    const { acceptedQuantity: quantity, party, reason } = found(told.get(line.id))
    const at = `/body/lines/${decision.lines.findIndex((one) => one.id === line.id)}`
    const lot = found(lots.find((one) => one.orderLineId === line.orderLineId && one.lotId === line.lotId))
    const before = lot.credited + (given.get(lot) ?? 0)
    if (quantity > line.quantity || before + quantity > lot.delivered)
      throw new Fault('claim_above_delivered', '', {
        params: { left: Math.min(line.quantity, lot.delivered - before) },
        pointers: [{ pointer: `${at}/acceptedQuantity`, reason: 'too_much' }],
      })
    if ((quantity > 0 && !party) || (quantity < line.quantity && reason === '' && decision.reason === ''))
      throw new Fault('reason_missing', '', { pointers: [{ pointer: at, reason: 'party_or_reason' }] })
    given.set(lot, (given.get(lot) ?? 0) + quantity)
    const fen = creditFen({ finalFen: lot.grossFen, delivered: lot.delivered, before, quantity })
    return { line, lot, quantity, fen, party: quantity > 0 ? party : null, reason }
  })
}

type OrgOf = (party: ClaimParty, line: Pick<Line, 'supplierOrgId'>) => string

/** The organisation behind each party. */
export async function bearers(
  tx: Tx,
  claim: Pick<Claim, 'hubId' | 'orderId'>,
  accepted: readonly { readonly party: ClaimParty | null }[],
): Promise<OrgOf> {
  const [hub] = await tx.select({ orgId: hubs.orgId }).from(hubs).where(eq(hubs.id, claim.hubId))
  const operations = await operationsOrgId(tx)
  const needsCarrier = accepted.some((one) => one.party === 'carrier')
  const carrier = needsCarrier ? (await seenOf(tx, claim.orderId, [])).carrierOrgId : null
  return (party, line) => {
    if (party === 'supplier') return line.supplierOrgId
    if (party === 'hub') return found(hub).orgId
    return party === 'carrier' ? (carrier ?? found(hub).orgId) : operations
  }
}

async function hoursToContest(tx: Tx, lines: readonly Line[]): Promise<number> {
  const rules = await claimRuleRows(tx)
  const hours = lines.map((line) => rules.find((rule) => rule.id === line.ruleId)?.contestHours ?? 0)
  return Math.max(0, ...hours)
}

type Credit = {
  readonly eventId: string
  readonly totalFen: number
  readonly accepted: readonly Judged[]
  readonly orgOf: OrgOf
}

async function credit(
  tx: Tx,
  ctx: Ctx,
  claim: Claim,
  { eventId, totalFen, accepted, orgOf }: Credit,
): Promise<void> {
  const creditNoteId = newId()
  const taxes = creditTaxes(accepted.map(({ fen, lot }) => ({ grossFen: fen, taxRateBp: lot.taxRateBp })))
  await tx.insert(creditNotes).values({
    id: creditNoteId,
    number: sayableNumber('K', creditNoteId),
    claimId: claim.id,
    orderId: claim.orderId,
    orgId: claim.orgId,
    day: serviceDayOf(ctx.now),
    totalFen,
    taxFen: sumFen(taxes),
    eventId,
    at: ctx.now,
    isSample: claim.isSample,
  })
  await tx.insert(creditNoteLines).values(
    accepted.map(({ line, quantity, fen, lot }, i) => ({
      creditNoteId,
      claimLineId: line.id,
      quantity,
      taxRateBp: lot.taxRateBp,
      grossFen: fen,
      taxFen: taxes[i] ?? 0,
    })),
  )
  const because = { subjectId: claim.id, eventId }
  const bySupplier = accepted.filter(({ party }) => party === 'supplier')
  const back = await reverseLines(
    tx,
    ctx,
    because,
    bySupplier.map(({ line, quantity, fen }) => ({
      orderLineId: line.orderLineId,
      lotId: line.lotId,
      quantity,
      grossFen: fen,
    })),
  )
  const [hub] = await tx.select({ orgId: hubs.orgId }).from(hubs).where(eq(hubs.id, claim.hubId))
  const receivable = { orgId: claim.orgId, purpose: 'receivable' } as const
  const credits = accepted.map(
    ({ line, fen, party }): NewTransfer => ({
      debit:
        party === 'supplier'
          ? { orgId: found(hub).orgId, purpose: 'sales' }
          : { orgId: orgOf(party ?? 'nobody', line), purpose: 'claims_cost' },
      credit: receivable,
      amountFen: fen,
      reason: 'credit_note',
      ...because,
    }),
  )
  await transfer(tx, ctx.now, [...back, ...merged(credits)])
}

/** Entries between the same accounts as one: the note is one sum for who bears it. */
function merged(moves: readonly NewTransfer[]): NewTransfer[] {
  const byPair = Map.groupBy(moves, (move) => `${move.debit.orgId} ${move.debit.purpose}`)
  return [...byPair.values()].map((own) => ({
    ...(own[0] as NewTransfer),
    amountFen: sumFen(own.map((move) => move.amountFen)),
  }))
}
