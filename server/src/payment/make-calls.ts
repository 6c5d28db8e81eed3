import { payments, providerCalls, refunds } from '@huming/db/schema/payment'
import { newId } from '@huming/shared/ids'
import { eq, sql } from 'drizzle-orm'
import type { Stripe } from 'stripe'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { keyOf, makeAccount, makeReversal, makeTransfer, type ProviderCall } from './party-calls.ts'
import { type CallFailure, failureOf, intentState, refundState } from './provider.ts'
import { lockPayment } from './rows.ts'
import { applyIntent } from './sync-intent.ts'
import { applyRefund, moveRefund } from './sync-refund.ts'

type CallKind = 'intent' | 'cancel' | 'refund' | 'transfer' | 'reversal' | 'account'

const batchMax = 20
/** Longer than a call may take: until then nobody else makes the same. */
const claimMs = 60_000
const firstPauseMs = 2_000
const longestPauseMs = 3_600_000

/** Writes down, with what asks for it, a call that a job makes after the commit. Its id is the idempotency key. */
export async function queueCall(
  tx: Tx,
  now: Date,
  call: { kind: CallKind; subjectId: string; params?: Record<string, string | number | null> },
): Promise<void> {
  const { kind, subjectId, params = {} } = call
  await tx
    .insert(providerCalls)
    .values({ id: newId(), kind, subjectId, params, status: 'waiting', nextTryAt: now, createdAt: now })
    .onConflictDoNothing()
}

/**
 * Makes the calls that are due, oldest first: claims a batch, calls outside of any transaction, writes down what came
 * of it. When the process dies in between, the claim runs out and the call is made again under the same key. Returns
 * how many were made.
 */
export async function makeCalls(ctx: Ctx, stripe: Stripe): Promise<number> {
  allow(ctx, 'payment.desk')
  const calls = await claim(ctx)
  await Promise.all(calls.map((call) => make(ctx, stripe, call)))
  return calls.length
}

async function claim(ctx: Ctx): Promise<ProviderCall[]> {
  const until = new Date(ctx.now.getTime() + claimMs).toISOString()
  const now = ctx.now.toISOString()
  return inTransaction(ctx, async (tx) => {
    const rows = await tx.execute<{ id: string }>(sql`
      update provider_calls c set claimed_until = ${until}::timestamptz, attempts = c.attempts + 1
      where c.id in (
        select w.id from provider_calls w
        where w.status = 'waiting' and w.next_try_at <= ${now}::timestamptz
          and (w.claimed_until is null or w.claimed_until < ${now}::timestamptz)
        order by w.next_try_at, w.id limit ${batchMax} for update skip locked)
      returning c.id`)
    if (rows.length === 0) return []
    return tx
      .select()
      .from(providerCalls)
      .where(sql`${providerCalls.id} = any(${bareArray([...rows].map((row) => row.id))}::uuid[])`)
  })
}

async function make(ctx: Ctx, stripe: Stripe, call: ProviderCall): Promise<void> {
  try {
    const providerId = await kinds[call.kind as CallKind](ctx, stripe, call)
    await end(ctx, call, { status: 'done', providerId: providerId ?? '', lastError: '' })
  } catch (error) {
    const failure = failureOf(error)
    ctx.log.warn({ callId: call.id, kind: call.kind, failure }, 'provider call')
    if (failure.kind === 'refused') await refused(ctx, call, failure)
    else await again(ctx, call, failure)
  }
}

type Maker = (ctx: Ctx, stripe: Stripe, call: ProviderCall) => Promise<string | null>

const kinds: Record<CallKind, Maker> = {
  async intent(ctx, stripe, call) {
    const [payment] = await ctx.db.select().from(payments).where(eq(payments.id, call.subjectId))
    if (!payment || payment.status !== 'asked') return payment?.providerIntentId ?? null
    const intent = await stripe.paymentIntents.create(
      {
        amount: payment.amountFen,
        currency: 'cny',
        allowed_payment_method_types: [payment.method],
        metadata: { payment_id: payment.id, org_id: payment.orgId },
      },
      { idempotencyKey: keyOf(call, ctx.now) },
    )
    await inTransaction(ctx, (tx) => applyIntent(tx, ctx, intentState(intent)))
    // Given up while we asked for it.
    const [now] = await ctx.db
      .select({ status: payments.status })
      .from(payments)
      .where(eq(payments.id, payment.id))
    if (now?.status === 'cancelled')
      await inTransaction(ctx, (tx) => queueCall(tx, ctx.now, { kind: 'cancel', subjectId: payment.id }))
    return intent.id
  },

  async cancel(ctx, stripe, call) {
    const [payment] = await ctx.db.select().from(payments).where(eq(payments.id, call.subjectId))
    const id = payment?.providerIntentId
    if (!payment || !id || payment.status === 'succeeded') return null
    const found = await stripe.paymentIntents.retrieve(id)
    // It may have been paid, or be on its way: then the money counts, not the wish.
    const cancellable = found.status === 'requires_payment_method' || found.status === 'requires_action'
    if (cancellable) await stripe.paymentIntents.cancel(id, {}, { idempotencyKey: keyOf(call, ctx.now) })
    const state = intentState(
      await stripe.paymentIntents.retrieve(id, {
        expand: ['latest_charge', 'latest_charge.balance_transaction'],
      }),
    )
    await inTransaction(ctx, (tx) => applyIntent(tx, ctx, state))
    return id
  },

  async refund(ctx, stripe, call) {
    const [refund] = await ctx.db.select().from(refunds).where(eq(refunds.id, call.subjectId))
    if (!refund || refund.status !== 'approved') return refund?.providerRefundId ?? null
    const [payment] = await ctx.db.select().from(payments).where(eq(payments.id, refund.paymentId))
    const intentId = payment?.providerIntentId
    if (!intentId) return null
    const known = call.attempts > 1 ? await madeBefore(stripe, intentId, refund.id) : undefined
    const made =
      known ??
      (await stripe.refunds.create(
        { payment_intent: intentId, amount: refund.amountFen, metadata: { refund_id: refund.id } },
        { idempotencyKey: keyOf(call, ctx.now) },
      ))
    await inTransaction(ctx, (tx) => applyRefund(tx, ctx, refundState(made)))
    return made.id
  },

  transfer: makeTransfer,
  reversal: makeReversal,
  account: makeAccount,
}

async function madeBefore(
  stripe: Stripe,
  intentId: string,
  refundId: string,
): Promise<Stripe.Refund | undefined> {
  const made = await stripe.refunds.list({ payment_intent: intentId, limit: 100 })
  return made.data.find((one) => one.metadata?.['refund_id'] === refundId)
}

type End = { status: 'done' | 'failed'; providerId: string; lastError: string }

const end = (ctx: Ctx, call: ProviderCall, set: End) =>
  ctx.db
    .update(providerCalls)
    .set({ ...set, claimedUntil: null, endedAt: ctx.now })
    .where(eq(providerCalls.id, call.id))

async function again(ctx: Ctx, call: ProviderCall, failure: CallFailure): Promise<void> {
  const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(call.attempts - 1, 20))
  const keyNo = Number(call.params['keyNo'] ?? 0) + (failure.kind === 'broken' ? 1 : 0)
  await ctx.db
    .update(providerCalls)
    .set({
      lastError: `${failure.code} ${failure.message}`,
      params: { ...call.params, keyNo },
      claimedUntil: null,
      nextTryAt: new Date(ctx.now.getTime() + pause),
    })
    .where(eq(providerCalls.id, call.id))
}

/** Refused for good: the payment is given up, the refund has failed; people see why. */
async function refused(ctx: Ctx, call: ProviderCall, failure: CallFailure): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    if (call.kind === 'intent') {
      const payment = await lockPayment(tx, call.subjectId)
      if (payment.status === 'asked')
        await tx
          .update(payments)
          .set({ status: 'cancelled', failure: failure.code, version: payment.version + 1 })
          .where(eq(payments.id, payment.id))
    }
    if (call.kind === 'refund') {
      const [row] = await tx.select().from(refunds).where(eq(refunds.id, call.subjectId))
      if (!row) return
      const payment = await lockPayment(tx, row.paymentId)
      const [refund] = await tx.select().from(refunds).where(eq(refunds.id, row.id)).for('update')
      if (refund)
        await moveRefund(tx, ctx, payment, refund, {
          status: 'failed',
          failure: failure.code,
          purpose: 'stripe',
        })
    }
  })
  await end(ctx, call, { status: 'failed', providerId: '', lastError: `${failure.code} ${failure.message}` })
}
