import { disputes } from '@huming/db/schema/payment'
import { newId } from '@huming/shared/ids'
import type { NewTransfer } from '@huming/shared/ledger-words'
import { formatYuan } from '@huming/shared/money'
import { eq, sql } from 'drizzle-orm'
import type { Stripe } from 'stripe'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { notify } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { transfer } from '../ledger/transfer.ts'
import { takeAllocationsBack } from './allocate.ts'
import { type DisputeState, readDispute } from './provider.ts'
import { houseOrg, lockPaymentOf, type Payment } from './rows.ts'

export async function syncDispute(ctx: Ctx, stripe: Stripe, providerDisputeId: string): Promise<void> {
  const state = await readDispute(stripe, providerDisputeId)
  await inTransaction(ctx, (tx) => applyDispute(tx, ctx, state))
}

type Dispute = typeof disputes.$inferSelect

/**
 * A dispute as it stands at the provider. Opened: the money is gone from there and held (`disputed`); won: it is back;
 * lost: the buyer owes it again. The provider's fee follows what it has charged by now. What was read before it closed
 * and comes late changes nothing.
 */
export async function applyDispute(
  tx: Tx,
  ctx: Pick<Ctx, 'actor' | 'now'>,
  state: DisputeState,
): Promise<void> {
  const payment = await lockPaymentOf(tx, state.intentId)
  if (!payment) return
  // News of a dispute may be quicker than news of its payment: it is found again once that is booked.
  if (payment.status !== 'succeeded')
    throw new Error(`payment ${payment.id} of dispute ${state.id} is not booked yet`)
  const [known] = await tx
    .select()
    .from(disputes)
    .where(eq(disputes.providerDisputeId, state.id))
    .for('update')
  if (known && known.status !== 'open') return
  const id = known?.id ?? newId()
  const changed = known?.status !== state.status
  const feeFen = state.feeFen - (await bookedFee(tx, id))
  if (!changed && feeFen === 0) return
  const amountFen = known?.amountFen ?? state.amountFen
  const eventId = await emit(tx, ctx, {
    type: `dispute.${changed ? state.status : 'fee'}`,
    subjectId: id,
    orgId: payment.orgId,
    payload: { disputeId: id, paymentId: payment.id, amountFen },
  })
  const trace = { subjectId: id, eventId }
  const moves = movesOf(await houseOrg(tx, ctx), payment.orgId, { known, state, amountFen, feeFen })
  await transfer(
    tx,
    ctx.now,
    moves.map((move) => ({ ...move, ...trace })),
  )
  if (changed) await writeDown(tx, ctx, payment, { id, known, state, amountFen, eventId })
}

type Change = { known: Dispute | undefined; state: DisputeState; amountFen: number; feeFen: number }

/** What a step of a dispute books. */
function movesOf(
  house: string,
  buyer: string,
  { known, state, amountFen, feeFen }: Change,
): Omit<NewTransfer, 'subjectId' | 'eventId'>[] {
  const held = { orgId: house, purpose: 'disputed' } as const
  const there = { orgId: house, purpose: 'stripe' } as const
  const fees = { orgId: house, purpose: 'stripe_fees' } as const
  const amount = { amountFen, reason: 'dispute' } as const
  const fee = { amountFen: Math.abs(feeFen), reason: 'stripe_fee' } as const
  return [
    ...(known ? [] : [{ debit: held, credit: there, ...amount }]),
    ...(state.status === 'won' ? [{ debit: there, credit: held, ...amount }] : []),
    ...(state.status === 'lost'
      ? [{ debit: { orgId: buyer, purpose: 'receivable' } as const, credit: held, ...amount }]
      : []),
    feeFen > 0 ? { debit: fees, credit: there, ...fee } : { debit: there, credit: fees, ...fee },
  ]
}

type Written = Omit<Change, 'feeFen'> & { id: string; eventId: string }

async function writeDown(
  tx: Tx,
  ctx: Pick<Ctx, 'now'>,
  payment: Payment,
  { id, known, state, amountFen, eventId }: Written,
): Promise<void> {
  const { status, dueBy, openedAt, reason } = state
  const closedAt = status === 'open' ? null : ctx.now
  if (known)
    await tx
      .update(disputes)
      .set({ status, closedAt, dueBy, version: known.version + 1 })
      .where(eq(disputes.id, id))
  else
    await tx.insert(disputes).values({
      id,
      paymentId: payment.id,
      orgId: payment.orgId,
      providerDisputeId: state.id,
      amountFen,
      reason,
      status,
      dueBy,
      openedAt,
      closedAt,
      isSample: payment.isSample,
    })
  if (status !== 'lost') return
  await takeAllocationsBack(tx, ctx.now, payment, amountFen, eventId)
  await notify(tx, {
    orgId: payment.orgId,
    key: 'notice.dispute_lost',
    params: { amount: formatYuan(amountFen) },
    subjectId: payment.id,
    at: ctx.now,
  })
}

/** The provider's fee for a dispute as far as it is booked. */
async function bookedFee(tx: Tx, disputeId: string): Promise<number> {
  const [row] = await tx.execute<{ fee: number }>(sql`
    select coalesce(sum(case when d.purpose = 'stripe_fees' then t.amount_fen else -t.amount_fen end), 0)::int8 as fee
    from ledger_transfers t join ledger_accounts d on d.id = t.debit_account_id
    where t.subject_id = ${disputeId} and t.reason = 'stripe_fee'`)
  return row?.fee ?? 0
}
