import { payments } from '@huming/db/schema/payment'
import { nextStatus } from '@huming/shared/flows'
import { formatYuan } from '@huming/shared/money'
import { eq } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { assert } from '../kernel/fault.ts'
import { notify } from '../kernel/notice.ts'
import { transfer } from '../ledger/transfer.ts'
import { allocate } from './allocate.ts'
import { houseOrg, lockPayment } from './rows.ts'

/** The money that came for a payment. */
export type Completion = {
  readonly paymentId: string
  /** Fen that truly came; may be less or more than was asked for. */
  readonly receivedFen: number
  /** Where it lies: at the provider, or in the bank account as money whose owner was not known until now. */
  readonly from: 'stripe' | 'unmatched'
  readonly feeFen?: number
  readonly chargeId?: string | null
}

/**
 * The one way a payment is completed, whoever brings the news: webhook, our own look, the returning payer, the bank's
 * statement or a person at the desk. Under the payment's lock it books `stripe|unmatched → receivable` once, pays
 * statements (what is left is prepaid), and tells the buyer. Whoever comes second gets `already`.
 */
export async function completePayment(
  tx: Tx,
  ctx: Pick<Ctx, 'actor' | 'now'>,
  come: Completion,
): Promise<'booked' | 'already'> {
  const payment = await lockPayment(tx, come.paymentId)
  if (payment.status === 'succeeded') return 'already'
  const status = nextStatus('payment', payment.status, 'succeed')
  assert(status, `payment ${payment.id} can succeed from ${payment.status}`)
  const { receivedFen, feeFen = 0 } = come
  const house = await houseOrg(tx, ctx)
  const eventId = await emit(tx, ctx, {
    type: 'payment.completed',
    subjectId: payment.id,
    orgId: payment.orgId,
    payload: { paymentId: payment.id, method: payment.method, receivedFen, feeFen },
  })
  const mirror = { orgId: house, purpose: come.from }
  const trace = { subjectId: payment.id, eventId }
  await transfer(tx, ctx.now, [
    {
      debit: mirror,
      credit: { orgId: payment.orgId, purpose: 'receivable' },
      amountFen: receivedFen,
      reason: come.from === 'stripe' ? 'payment' : 'match',
      ...trace,
    },
    {
      debit: { orgId: house, purpose: 'stripe_fees' },
      credit: mirror,
      amountFen: feeFen,
      reason: 'stripe_fee',
      ...trace,
    },
  ])
  await allocate(tx, ctx.now, payment, receivedFen, eventId)
  await tx
    .update(payments)
    .set({
      status,
      receivedFen,
      feeFen,
      eventId,
      providerChargeId: come.chargeId ?? null,
      failure: '',
      completedAt: ctx.now,
      nextCheckAt: null,
      version: payment.version + 1,
    })
    .where(eq(payments.id, payment.id))
  await notify(tx, {
    orgId: payment.orgId,
    key: 'notice.payment_received',
    params: { amount: formatYuan(receivedFen) },
    subjectId: payment.id,
    at: ctx.now,
  })
  return 'booked'
}
