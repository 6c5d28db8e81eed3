import { refunds } from '@huming/db/schema/payment'
import { nextStatus } from '@huming/shared/flows'
import { newId } from '@huming/shared/ids'
import { formatYuan } from '@huming/shared/money'
import { eq } from 'drizzle-orm'
import type { Stripe } from 'stripe'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { notify } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { transfer } from '../ledger/transfer.ts'
import { allocate, takeAllocationsBack } from './allocate.ts'
import { type RefundState, readRefund } from './provider.ts'
import { houseOrg, lockPaymentOf, type Payment } from './rows.ts'
import { nextLook } from './rules.ts'

export type Refund = typeof refunds.$inferSelect

export async function syncRefund(ctx: Ctx, stripe: Stripe, providerRefundId: string): Promise<void> {
  const state = await readRefund(stripe, providerRefundId)
  await inTransaction(ctx, (tx) => applyRefund(tx, ctx, state))
}

/**
 * Brings a refund to the state read at the provider. It is booked when it leaves (`receivable → stripe`), and booked
 * back when it fails, be it weeks later. One made at the provider itself gets a row here.
 */
export async function applyRefund(
  tx: Tx,
  ctx: Pick<Ctx, 'actor' | 'now'>,
  state: RefundState,
): Promise<void> {
  const payment = await lockPaymentOf(tx, state.intentId)
  if (!payment) return
  const refund = (await refundOf(tx, state, payment)) ?? (await madeThere(tx, ctx, state, payment))
  await moveRefund(tx, ctx, payment, refund, {
    status: state.status,
    failure: state.failure,
    providerRefundId: state.id,
    purpose: 'stripe',
  })
}

/** Where the money of a refund leaves from: the provider, or payouts under way for one by bank transfer. */
export type RefundStep = {
  readonly status: 'pending' | 'succeeded' | 'failed'
  readonly failure: string
  readonly providerRefundId?: string | null
  readonly purpose: 'stripe' | 'in_flight'
}

/** Takes a refund one step on, under its payment's lock, with what that books. A repeated step does nothing. */
export async function moveRefund(
  tx: Tx,
  ctx: Pick<Ctx, 'actor' | 'now'>,
  payment: Payment,
  refund: Refund,
  step: RefundStep,
): Promise<void> {
  const action = step.status === 'pending' ? 'send' : step.status === 'succeeded' ? 'succeed' : 'fail'
  const status = nextStatus('refund', refund.status, action)
  if (!status) return
  const wasOut = refund.eventId !== null
  const eventId = await emit(tx, ctx, {
    type: `refund.${status}`,
    subjectId: refund.id,
    orgId: refund.orgId,
    payload: {
      refundId: refund.id,
      paymentId: payment.id,
      amountFen: refund.amountFen,
      failure: step.failure,
    },
  })
  const house = { orgId: await houseOrg(tx, ctx), purpose: step.purpose }
  const buyer = { orgId: refund.orgId, purpose: 'receivable' as const }
  const move = { amountFen: refund.amountFen, reason: 'refund' as const, subjectId: refund.id, eventId }
  if (status !== 'failed' && !wasOut) {
    await transfer(tx, ctx.now, [{ debit: buyer, credit: house, ...move }])
    await takeAllocationsBack(tx, ctx.now, payment, refund.amountFen, eventId)
  }
  // By bank transfer, what was under way has left the account.
  if (status === 'succeeded' && wasOut && step.purpose === 'in_flight')
    await transfer(tx, ctx.now, [{ debit: house, credit: { ...house, purpose: 'bank' }, ...move }])
  if (status === 'failed' && wasOut) {
    await transfer(tx, ctx.now, [{ debit: house, credit: buyer, ...move }])
    await allocate(tx, ctx.now, payment, refund.amountFen, eventId)
  }
  await tx
    .update(refunds)
    .set({
      status,
      failure: step.failure,
      eventId: status === 'failed' && !wasOut ? null : eventId,
      ...(step.providerRefundId ? { providerRefundId: step.providerRefundId } : {}),
      endedAt: status === 'pending' ? null : ctx.now,
      // One that was made may come back: the provider tells, and its list of events does.
      nextCheckAt: status === 'pending' && step.purpose === 'stripe' ? nextLook(ctx.now, 0) : null,
      version: refund.version + 1,
    })
    .where(eq(refunds.id, refund.id))
  await notify(tx, {
    orgId: refund.orgId,
    key: status === 'failed' ? 'notice.refund_failed' : 'notice.refund',
    params: { amount: formatYuan(refund.amountFen) },
    subjectId: payment.id,
    at: ctx.now,
  })
}

async function refundOf(tx: Tx, state: RefundState, payment: Payment): Promise<Refund | undefined> {
  const rows = await tx
    .select()
    .from(refunds)
    .where(eq(refunds.paymentId, payment.id))
    .orderBy(refunds.id)
    .for('update')
  return (
    rows.find((row) => row.providerRefundId === state.id) ?? rows.find((row) => row.id === state.refundId)
  )
}

async function madeThere(
  tx: Tx,
  ctx: Pick<Ctx, 'now'>,
  state: RefundState,
  payment: Payment,
): Promise<Refund> {
  const [row] = await tx
    .insert(refunds)
    .values({
      id: newId(),
      paymentId: payment.id,
      orgId: payment.orgId,
      amountFen: state.amountFen,
      reason: '',
      status: 'approved',
      providerRefundId: state.id,
      askedAt: ctx.now,
    })
    .returning()
  return row as Refund
}
