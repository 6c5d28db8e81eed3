import { payments, providerLooks, refunds } from '@huming/db/schema/payment'
import { nextStatus } from '@huming/shared/flows'
import { and, asc, eq, isNotNull, lt, lte, sql } from 'drizzle-orm'
import type { Stripe } from 'stripe'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { queueCall } from './make-calls.ts'
import { failureOf } from './provider.ts'
import { lockPayment } from './rows.ts'
import { nextLook } from './rules.ts'
import { syncIntent } from './sync-intent.ts'
import { syncRefund } from './sync-refund.ts'
import { storeEvent } from './take-webhook.ts'

const batchMax = 100
const lanes = 8

/**
 * Asks the provider how open payments and refunds stand that it has not told of: so a lost notice only comes later.
 * Returns how many were asked for.
 */
export async function lookAfter(ctx: Ctx, stripe: Stripe): Promise<number> {
  allow(ctx, 'payment.desk')
  const waiting = await ctx.db
    .select({ id: payments.id, intentId: payments.providerIntentId, checks: payments.checks })
    .from(payments)
    .where(and(lte(payments.nextCheckAt, ctx.now), isNotNull(payments.providerIntentId)))
    .orderBy(asc(payments.nextCheckAt))
    .limit(batchMax)
  const out = await ctx.db
    .select({ id: refunds.id, providerRefundId: refunds.providerRefundId })
    .from(refunds)
    .where(and(lte(refunds.nextCheckAt, ctx.now), isNotNull(refunds.providerRefundId)))
    .orderBy(asc(refunds.nextCheckAt))
    .limit(batchMax)
  const looks = [
    ...waiting.map((row) => async () => {
      const next = { checks: row.checks + 1, nextCheckAt: nextLook(ctx.now, row.checks + 1) }
      await ctx.db
        .update(payments)
        .set(next)
        .where(and(eq(payments.id, row.id), isNotNull(payments.nextCheckAt)))
      await syncIntent(ctx, stripe, row.intentId as string)
    }),
    ...out.map((row) => async () => {
      const next = { nextCheckAt: nextLook(ctx.now, 8) }
      await ctx.db
        .update(refunds)
        .set(next)
        .where(and(eq(refunds.id, row.id), isNotNull(refunds.nextCheckAt)))
      await syncRefund(ctx, stripe, row.providerRefundId as string)
    }),
  ]
  await Promise.all(Array.from({ length: lanes }, () => work(ctx, looks)))
  return waiting.length + out.length
}

async function work(ctx: Ctx, looks: (() => Promise<void>)[]): Promise<void> {
  for (let look = looks.pop(); look; look = looks.pop()) {
    try {
      await look()
    } catch (error) {
      ctx.log.warn({ failure: failureOf(error) }, 'payment look')
    }
  }
}

const overlapMs = 10 * 60_000
/** The provider keeps events for 30 days. */
const keptMs = 30 * 86_400_000
const pagesMax = 1000

/**
 * Reads the provider's own list of events since the last look, with ten minutes of overlap, and stores those that no
 * notice told of: refunds and disputes made there, too, are found. Returns how many were new.
 */
export async function findEvents(ctx: Ctx, stripe: Stripe): Promise<number> {
  allow(ctx, 'payment.desk')
  const [last] = await ctx.db.select().from(providerLooks).where(eq(providerLooks.name, 'events'))
  const since = Math.max(ctx.now.getTime() - keptMs, (last?.until.getTime() ?? 0) - overlapMs)
  let fresh = 0
  let after: string | undefined
  for (let pages = 0; pages < pagesMax; pages += 1) {
    const list = await stripe.events.list({
      limit: 100,
      created: { gte: Math.floor(since / 1000) },
      ...(after ? { starting_after: after } : {}),
    })
    await inTransaction(ctx, async (tx) => {
      for (const event of list.data) if (await storeEvent(tx, ctx, event, 'found')) fresh += 1
    })
    after = list.data.at(-1)?.id
    if (!list.has_more || !after) break
    // More than fits: the next look begins where this one did.
    if (pages === pagesMax - 1) return fresh
  }
  await ctx.db
    .insert(providerLooks)
    .values({ name: 'events', until: ctx.now })
    .onConflictDoUpdate({ target: providerLooks.name, set: { until: ctx.now } })
  return fresh
}

/** Gives up what nobody paid in its time; money that comes all the same is booked. Returns how many. */
export async function expirePayments(ctx: Ctx): Promise<number> {
  allow(ctx, 'payment.desk')
  const due = await ctx.db
    .select({ id: payments.id })
    .from(payments)
    .where(and(sql`${payments.status} in ('asked', 'open')`, lt(payments.expiresAt, ctx.now)))
    .orderBy(asc(payments.id))
    .limit(batchMax)
  for (const { id } of due)
    await inTransaction(ctx, async (tx) => {
      const payment = await lockPayment(tx, id)
      const status = payment.status === 'processing' ? null : nextStatus('payment', payment.status, 'cancel')
      if (!status || payment.expiresAt >= ctx.now) return
      await tx
        .update(payments)
        .set({ status, version: payment.version + 1 })
        .where(eq(payments.id, id))
      if (payment.providerIntentId) await queueCall(tx, ctx.now, { kind: 'cancel', subjectId: id })
      await emit(tx, ctx, {
        type: 'payment.expired',
        subjectId: id,
        orgId: payment.orgId,
        payload: { paymentId: id },
      })
    })
  return due.length
}
