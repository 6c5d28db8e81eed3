import { nextStatus } from '@huming/shared/flows'
import type { AccountPurpose, NewTransfer } from '@huming/shared/ledger-words'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { transfer } from '../ledger/transfer.ts'
import { moveBatch } from './approve-payout.ts'
import { rails } from './payout-rail.ts'
import {
  type Batch,
  type BatchDoc,
  batchDoc,
  lockBatch,
  type Payout,
  refuseStaleBatch,
} from './payout-rows.ts'
import { refuseUncovered } from './propose-payout.ts'

/** Refuses with `second_approval_missing` and the party when an account told within a day was not verified. */
export async function refuseUnverified(tx: Tx, rows: readonly Payout[]): Promise<void> {
  const open = rows.find((row) => row.needsSecond !== null && row.secondBy === null)
  if (!open) return
  const [org] = await docs<{ party: string }>(
    tx,
    sql`select short_name as party from organisations where id = ${open.partyOrgId}`,
  )
  throw new Fault('second_approval_missing', '', { params: { party: org?.party ?? '' } })
}

/** The entry of one payout between its party and what is on the way. */
export const payoutEntry = (
  batch: Batch,
  row: Payout,
  eventId: string,
  reason: 'payout' | 'payout_returned',
): NewTransfer => {
  const party = { orgId: row.partyOrgId, purpose: row.purpose as AccountPurpose }
  const onTheWay = { orgId: batch.orgId, purpose: 'in_flight' as const }
  const back = reason === 'payout_returned'
  return {
    debit: back ? onTheWay : party,
    credit: back ? party : onTheWay,
    amountFen: row.amountFen,
    reason,
    subjectId: row.id,
    eventId,
  }
}

/**
 * The batch goes out: what parties were owed is on the way from here on, until it is confirmed or comes back. Looks once
 * more whether all of it is still due. A repeat answers the same.
 */
export async function sendBatch(ctx: Ctx, id: string, version: number): Promise<BatchDoc> {
  allow(ctx, 'payout.write')
  return inTransaction(ctx, async (tx) => {
    const { batch, rows } = await lockBatch(tx, id)
    if (batch.status === 'sent' || batch.status === 'done') return batchDoc(tx, id)
    if (!nextStatus('payoutBatch', batch.status, 'send')) throw new Fault('wrong_state')
    refuseStaleBatch(batch, version)
    await refuseUnverified(tx, rows)
    await refuseUncovered(tx, ctx, batch, rows)
    await moveBatch(tx, batch, 'send', { sentAt: ctx.now })
    const eventId = await emit(tx, ctx, { type: 'payoutBatch.sent', subjectId: id, orgId: batch.orgId })
    await rails[batch.way]?.send(tx, ctx, batch, rows)
    await transfer(
      tx,
      ctx.now,
      rows.map((row) => payoutEntry(batch, row, eventId, 'payout')),
    )
    return batchDoc(tx, id)
  })
}
