import { payoutBatches, payouts } from '@huming/db/schema/settlement'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { formatYuan, sumFen } from '@huming/shared/money'
import { keyOf } from '@huming/shared/settle-order'
import { eq, sql } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { openAccounts } from '../ledger/transfer.ts'
import { lockAccounts } from '../ledger/transfers.ts'
import { blocksOf, type PartyDue, partiesDue } from './party-rows.ts'
import { type BatchDoc, batchDoc } from './payout-rows.ts'

type Body = ContractParsed<Contracts['payouts.propose']>['body']
type Party = Body['parties'][number]

/**
 * Proposes to pay parties all that is due to them up to a day; sums are made here, the proposer says what it saw.
 * Nothing moves in the ledger before the batch is sent. Refuses a day to come (`due_in_future`), a party that cannot be
 * paid (`payout_blocked` with its name) and another total than the one seen (`payout_total_changed`).
 */
export async function proposePayouts(ctx: Ctx, id: string, body: Body): Promise<BatchDoc> {
  allow(ctx, 'payout.write')
  const { personId, orgId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, id)
    const [known] = await tx.select().from(payoutBatches).where(eq(payoutBatches.id, id))
    if (known) {
      if (!(await isSame(tx, known, body, personId))) throw new Fault('id_reused')
      return batchDoc(tx, id)
    }
    if (body.throughDay > serviceDayOf(ctx.now)) throw new Fault('due_in_future')
    const due = await lockDue(tx, ctx, body.throughDay, body.parties)
    const blocked = due.find((row) => blocksOf(row, body.way).length > 0)
    if (blocked) throw new Fault('payout_blocked', '', { params: { party: blocked.party } })
    const totalFen = sumFen(due.map((row) => row.dueFen))
    if (totalFen !== body.expectedTotalFen)
      throw new Fault('payout_total_changed', '', { params: { total: formatYuan(totalFen) } })
    const { throughDay, way, note } = body
    await tx
      .insert(payoutBatches)
      .values({ id, orgId, throughDay, way, note, status: 'proposed', madeBy: personId, madeAt: ctx.now })
    await tx.insert(payouts).values(due.map((row) => payoutOf(row, id, way)))
    await emit(tx, ctx, {
      type: 'payoutBatch.proposed',
      subjectId: id,
      orgId,
      payload: { throughDay, way, totalFen, count: due.length },
    })
    return batchDoc(tx, id)
  })
}

/** The same words by the same person; the sums are what they were then. */
async function isSame(
  tx: Tx,
  known: typeof payoutBatches.$inferSelect,
  body: Body,
  personId: string,
): Promise<boolean> {
  const rows = await tx.select().from(payouts).where(eq(payouts.batchId, known.id))
  const text = (parties: readonly { orgId: string; purpose: string }[]) =>
    parties
      .map((one) => `${one.orgId}:${one.purpose}`)
      .toSorted()
      .join()
  return (
    known.madeBy === personId &&
    known.throughDay === body.throughDay &&
    known.way === body.way &&
    known.note === body.note &&
    sumFen(rows.map((row) => row.amountFen)) === body.expectedTotalFen &&
    text(rows.map((row) => ({ orgId: row.partyOrgId, purpose: row.purpose }))) === text(body.parties)
  )
}

/** What is due to these parties, their accounts locked; `not_found` for one without such an account. */
export async function lockDue(tx: Tx, ctx: Ctx, day: string, parties: readonly Party[]): Promise<PartyDue[]> {
  const wanted = new Set(parties.map(keyOf))
  const ids = await tx.execute<{ id: string }>(sql`
    select id from ledger_accounts where (org_id, purpose) in (${sql.join(
      parties.map((one) => sql`(${one.orgId}::uuid, ${one.purpose})`),
      sql`, `,
    )})`)
  await lockAccounts(
    tx,
    [...ids].map((row) => row.id),
  )
  const due = (await partiesDue(tx, { day, now: ctx.now })).filter((row) => wanted.has(keyOf(row)))
  if (due.length !== wanted.size || wanted.size !== parties.length) throw new Fault('not_found')
  return due
}

const payoutOf = (row: PartyDue, batchId: string, way: 'bank' | 'stripe') => ({
  id: newId(),
  batchId,
  partyOrgId: row.orgId,
  purpose: row.purpose,
  amountFen: row.dueFen,
  bankAccountId: way === 'bank' ? row.bankAccountId : null,
  status: 'proposed',
  needsSecond: way === 'bank' && row.freshBank ? 'bank_changed' : null,
})

/**
 * Refuses with `payout_not_covered` when less is due to a party than its payout says: a claim came in between. Opens
 * the house accounts that the payouts need, locks all and reads what is due behind the locks.
 */
export async function refuseUncovered(
  tx: Tx,
  ctx: Ctx,
  batch: { orgId: string; throughDay: string },
  rows: readonly { partyOrgId: string; purpose: string; amountFen: number }[],
): Promise<void> {
  const parties = rows.map(
    (row) => ({ orgId: row.partyOrgId, purpose: row.purpose as Party['purpose'] }) satisfies Party,
  )
  const accounts = await openAccounts(tx, [...parties, { orgId: batch.orgId, purpose: 'in_flight' }])
  await lockAccounts(tx, [...accounts.values()])
  const due = new Map((await lockDue(tx, ctx, batch.throughDay, parties)).map((row) => [keyOf(row), row]))
  for (const row of rows) {
    const now = due.get(`${row.partyOrgId}:${row.purpose}`)
    if (!now || now.dueFen < row.amountFen)
      throw new Fault('payout_not_covered', '', { params: { party: now?.party ?? '' } })
  }
}
