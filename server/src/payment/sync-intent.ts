import { payments } from '@huming/db/schema/payment'
import { nextStatus } from '@huming/shared/flows'
import { newId } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import type { Stripe } from 'stripe'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { completePayment } from './complete-payment.ts'
import { type IntentState, readIntent } from './provider.ts'
import { lockPayment, type Payment } from './rows.ts'
import { expiryMs, nextLook } from './rules.ts'

/** Reads a payment at the provider and brings ours to the same state. Any order of news leads to the same end. */
export async function syncIntent(ctx: Ctx, stripe: Stripe, intentId: string): Promise<void> {
  const state = await readIntent(stripe, intentId)
  await inTransaction(ctx, (tx) => applyIntent(tx, ctx, state))
}

/** Brings our payment to the state read at the provider; an intent that is none of ours is passed over. */
export async function applyIntent(
  tx: Tx,
  ctx: Pick<Ctx, 'actor' | 'now'>,
  state: IntentState,
): Promise<void> {
  const payment = await paymentOf(tx, state, ctx.now)
  if (!payment) return
  if (state.status === 'succeeded') {
    await completePayment(tx, ctx, {
      paymentId: payment.id,
      receivedFen: state.receivedFen,
      from: 'stripe',
      feeFen: state.feeFen,
      chargeId: state.chargeId,
    })
    return
  }
  if (payment.status === 'succeeded') return
  const step = steps[state.status] ?? 'reopen'
  const status = nextStatus('payment', payment.status, step) ?? payment.status
  const ended = state.status === 'canceled'
  const changed = status !== payment.status || state.failure !== payment.failure
  await tx
    .update(payments)
    .set({
      status,
      failure: state.failure,
      version: payment.version + (changed ? 1 : 0),
      checks: payment.checks + 1,
      nextCheckAt: ended ? null : nextLook(ctx.now, payment.checks + 1),
    })
    .where(eq(payments.id, payment.id))
  if (changed)
    await emit(tx, ctx, {
      type: 'payment.changed',
      subjectId: payment.id,
      orgId: payment.orgId,
      payload: { paymentId: payment.id, status, failure: state.failure },
    })
}

const steps: Record<string, 'process' | 'cancel' | 'reopen'> = { processing: 'process', canceled: 'cancel' }

async function paymentOf(tx: Tx, state: IntentState, now: Date): Promise<Payment | null> {
  const [known] = await tx
    .select()
    .from(payments)
    .where(eq(payments.providerIntentId, state.id))
    .for('update')
  if (known) return known
  if (!state.paymentId || !uuid.test(state.paymentId)) return null
  const [meant] = await tx.select({ id: payments.id }).from(payments).where(eq(payments.id, state.paymentId))
  if (!meant) return null
  const payment = await lockPayment(tx, meant.id)
  if (payment.providerIntentId === state.id) return payment
  if (payment.providerIntentId === null && payment.status !== 'succeeded') return adopt(tx, payment, state)
  // An intent whose making we never heard of, beside the one that took its place: nothing to follow, unless it was paid.
  return state.status === 'succeeded' ? beside(tx, payment, state, now) : null
}
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The provider was quicker to tell of the intent than to answer our call. */
async function adopt(tx: Tx, payment: Payment, state: IntentState): Promise<Payment> {
  const status = nextStatus('payment', payment.status, 'open') ?? payment.status
  const set = { providerIntentId: state.id, clientSecret: state.clientSecret, status }
  await tx.update(payments).set(set).where(eq(payments.id, payment.id))
  return { ...payment, ...set }
}

/** Money is never left out: what was paid twice becomes a payment of its own, prepaid. */
async function beside(tx: Tx, payment: Payment, state: IntentState, now: Date): Promise<Payment> {
  const [row] = await tx
    .insert(payments)
    .values({
      id: newId(),
      orgId: payment.orgId,
      method: payment.method,
      purpose: 'prepay',
      amountFen: state.receivedFen,
      status: 'open',
      providerIntentId: state.id,
      createdAt: now,
      expiresAt: new Date(now.getTime() + expiryMs.online),
    })
    .returning()
  return row as Payment
}
