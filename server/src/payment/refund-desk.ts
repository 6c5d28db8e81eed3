import { payments, refunds } from '@huming/db/schema/payment'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { formatYuan } from '@huming/shared/money'
import { eq } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { done } from '../kernel/routes.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { queueCall } from './make-calls.ts'
import { isOnline } from './provider.ts'
import { lockPayment, type Payment, refundableFen, sameVersion } from './rows.ts'
import { refundDays } from './rules.ts'
import { moveRefund, type Refund } from './sync-refund.ts'

type Ask = ContractParsed<Contracts['refunds.ask']>['body']
const dayMs = 86_400_000

/**
 * Asks that a payment, or a part of it, goes back to its payer. The same id and body again: same answer. Refuses with
 * `refund_too_large` and, where the method takes refunds for so many days only, `refund_too_late`.
 */
export async function askRefund(ctx: Ctx, id: string, body: Ask): Promise<typeof done> {
  allow(ctx, 'payment.desk')
  const { personId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const payment = await lockPayment(tx, body.paymentId)
    const [known] = await tx.select().from(refunds).where(eq(refunds.id, id))
    if (known) {
      const same =
        known.paymentId === body.paymentId &&
        known.amountFen === body.amountFen &&
        known.reason === body.reason
      if (!same) throw new Fault('id_reused')
      return done
    }
    if (payment.status !== 'succeeded') throw new Fault('wrong_state')
    await enoughLeft(tx, payment, body.amountFen)
    const days = refundDays[payment.method] ?? null
    if (days !== null && ctx.now.getTime() - (payment.completedAt as Date).getTime() > days * dayMs)
      throw new Fault('refund_too_late', '', { params: { days } })
    const { paymentId, amountFen, reason } = body
    await tx.insert(refunds).values({
      id,
      orgId: payment.orgId,
      paymentId,
      amountFen,
      reason,
      status: 'asked',
      askedBy: personId,
      askedAt: ctx.now,
      isSample: payment.isSample,
    })
    await told(tx, ctx, 'refund.asked', id, payment)
    return done
  })
}

async function enoughLeft(tx: Tx, payment: Payment, amountFen: number): Promise<void> {
  const left = await refundableFen(tx, payment)
  if (amountFen > left)
    throw new Fault('refund_too_large', '', { params: { left: formatYuan(left).slice(1) } })
}

/**
 * The second person lets a refund go, or refuses it. Online it is made by a job after the commit; by transfer it is
 * booked as sent (`receivable → in_flight`) until somebody writes down that it left. Refuses `second_person_needed`.
 */
export async function decideRefund(
  ctx: Ctx,
  id: string,
  input: { approve: boolean; version: number },
  online: boolean,
): Promise<typeof done> {
  allow(ctx, 'payment.desk')
  const { personId } = person(ctx)
  return onRefund(ctx, id, input.version, async (tx, payment, refund) => {
    if (refund.status !== 'asked') throw new Fault('wrong_state')
    if (refund.askedBy === personId) throw new Fault('second_person_needed')
    const byProvider = isOnline(payment.method)
    if (input.approve && byProvider && !online) throw new Fault('payment_method_off')
    if (input.approve) await enoughLeft(tx, payment, refund.amountFen)
    const status = input.approve ? 'approved' : 'refused'
    const set = { status, decidedBy: personId, decidedAt: ctx.now, version: refund.version + 1 }
    await tx
      .update(refunds)
      .set({ ...set, endedAt: input.approve ? null : ctx.now })
      .where(eq(refunds.id, id))
    await told(tx, ctx, `refund.${status}`, id, payment)
    if (!input.approve) return
    if (byProvider) await queueCall(tx, ctx.now, { kind: 'refund', subjectId: id })
    else
      await moveRefund(
        tx,
        ctx,
        payment,
        { ...refund, ...set },
        { status: 'pending', failure: '', purpose: 'in_flight' },
      )
  })
}

/** A refund by bank transfer has left the account (`in_flight → bank`), or has come back. */
export async function settleRefund(
  ctx: Ctx,
  id: string,
  input: { arrived: boolean; reference: string; version: number },
): Promise<typeof done> {
  allow(ctx, 'payment.desk')
  return onRefund(ctx, id, input.version, async (tx, payment, refund) => {
    if (refund.status !== 'pending' || isOnline(payment.method)) throw new Fault('wrong_state')
    const status = input.arrived ? 'succeeded' : 'failed'
    await moveRefund(tx, ctx, payment, refund, { status, failure: input.reference, purpose: 'in_flight' })
  })
}

async function onRefund(
  ctx: Ctx,
  id: string,
  version: number,
  act: (tx: Tx, payment: Payment, refund: Refund) => Promise<void>,
): Promise<typeof done> {
  return inTransaction(ctx, async (tx) => {
    const [seen] = await tx
      .select({ paymentId: payments.id })
      .from(refunds)
      .innerJoin(payments, eq(payments.id, refunds.paymentId))
      .where(eq(refunds.id, id))
    const payment = await lockPayment(tx, found(seen).paymentId)
    const [row] = await tx.select().from(refunds).where(eq(refunds.id, id)).for('update')
    const refund = found(row)
    sameVersion(refund, version)
    await act(tx, payment, refund)
    return done
  })
}

const told = (tx: Tx, ctx: Ctx, type: string, refundId: string, payment: Payment) =>
  emit(tx, ctx, {
    type,
    subjectId: refundId,
    orgId: payment.orgId,
    payload: { refundId, paymentId: payment.id },
  })
