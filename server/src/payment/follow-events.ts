import { providerEvents } from '@huming/db/schema/payment'
import { inArray, sql } from 'drizzle-orm'
import type { Stripe } from 'stripe'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { failureOf } from './provider.ts'
import { syncAccount } from './sync-account.ts'
import { syncDispute } from './sync-dispute.ts'
import { syncIntent } from './sync-intent.ts'
import { syncRefund } from './sync-refund.ts'

const batchMax = 50
const lanes = 8
const claimMs = 60_000
const firstPauseMs = 1_000
const longestPauseMs = 3_600_000

type Told = { id: string; type: string; objectId: string; attempts: number }
type Sync = (ctx: Ctx, stripe: Stripe, objectId: string) => Promise<void>

/** Which object an event tells of, by its type and the object's kind of id. */
function syncOf({ type, objectId }: Told): Sync | null {
  if (type.startsWith('charge.dispute.')) return syncDispute
  if (type.startsWith('refund.') || type.startsWith('charge.refund.')) return syncRefund
  if (type.startsWith('account.')) return syncAccount
  if (objectId.startsWith('pi_')) return syncIntent
  return null
}

/**
 * Follows what the provider told: reads each object again, once however many events tell of it, and brings ours to the
 * same state. What fails is tried again later. Returns how many events were followed.
 */
export async function followEvents(ctx: Ctx, stripe: Stripe): Promise<number> {
  allow(ctx, 'payment.desk')
  const events = await claim(ctx)
  const objects = new Map<string, Told[]>()
  for (const event of events) {
    const key = `${syncOf(event)?.name} ${event.objectId}`
    objects.set(key, [...(objects.get(key) ?? []), event])
  }
  const groups = [...objects.values()]
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let group = groups.pop(); group; group = groups.pop()) await follow(ctx, stripe, group)
    }),
  )
  return events.length
}

async function claim(ctx: Ctx): Promise<Told[]> {
  const now = ctx.now.toISOString()
  const until = new Date(ctx.now.getTime() + claimMs).toISOString()
  return inTransaction(ctx, async (tx) => {
    const rows = await tx.execute<Told>(sql`
      update provider_events e set claimed_until = ${until}::timestamptz, attempts = e.attempts + 1
      where e.id in (
        select w.id from provider_events w
        where w.done_at is null and w.next_try_at <= ${now}::timestamptz
          and (w.claimed_until is null or w.claimed_until < ${now}::timestamptz)
        order by w.next_try_at, w.id limit ${batchMax} for update skip locked)
      returning e.id, e.type, e.object_id as "objectId", e.attempts`)
    return [...rows]
  })
}

async function follow(ctx: Ctx, stripe: Stripe, group: readonly Told[]): Promise<void> {
  const ids = group.map((event) => event.id)
  const [first] = group
  const sync = first ? syncOf(first) : null
  try {
    if (sync && first) await sync(ctx, stripe, first.objectId)
    await settle(ctx, ids, { doneAt: ctx.now, lastError: '' })
  } catch (error) {
    const failure = failureOf(error)
    ctx.log.warn({ objectId: first?.objectId, failure }, 'provider event')
    // An object that is not there never will be: somebody made the event up, or it is of another account.
    const gone = failure.code === 'resource_missing'
    const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min((first?.attempts ?? 1) - 1, 20))
    await settle(ctx, ids, {
      doneAt: gone ? ctx.now : null,
      lastError: `${failure.code} ${failure.message}`,
      nextTryAt: new Date(ctx.now.getTime() + pause),
    })
  }
}

type Settled = { doneAt: Date | null; lastError: string; nextTryAt?: Date }

const settle = (ctx: Ctx, ids: string[], set: Settled) =>
  ctx.db
    .update(providerEvents)
    .set({ ...set, claimedUntil: null })
    .where(inArray(providerEvents.id, ids))
