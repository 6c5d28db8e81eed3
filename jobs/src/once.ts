import { eventEffects, events } from '@huming/db/schema/events'
import type { Base, Ctx } from '@huming/server/kernel/ctx'
import { systemCtx } from '@huming/server/kernel/ctx'
import { inTransaction } from '@huming/server/kernel/transaction'
import { eq } from 'drizzle-orm'

export type RelayedEvent = typeof events.$inferSelect
/** What one consumer does about an event; runs inside the transaction of `ctx.db`. */
export type Effect = (ctx: Ctx, event: RelayedEvent) => Promise<unknown>

/** Event type → consumer name → effect. A consumer's name is stored: never rename one. */
export type Consumers = Readonly<Record<string, Readonly<Record<string, Effect>>>>

/**
 * Runs an effect exactly once per event and consumer: the guard row and the effect commit together. A second run,
 * even at the same moment, waits on the row and then does nothing. Returns whether it ran now.
 */
export async function once(base: Base, eventId: string, consumer: string, effect: Effect): Promise<boolean> {
  return inTransaction(base, async (tx) => {
    const now = new Date()
    const [guard] = await tx
      .insert(eventEffects)
      .values({ eventId, consumer, doneAt: now })
      .onConflictDoNothing()
      .returning({ consumer: eventEffects.consumer })
    if (!guard) return false
    const [event] = await tx.select().from(events).where(eq(events.id, eventId))
    if (event) await effect({ ...systemCtx(base, consumer, now), db: tx as unknown as Ctx['db'] }, event)
    return true
  })
}
