import { events } from '@huming/db/schema/events'
import { newId } from '@huming/shared/ids'
import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from './ctx.ts'

export type NewEvent = {
  /** Past tense, `<thing>.<what happened>`: `order.placed`, `lot.received`. */
  type: string
  subjectId: string
  /** Organisation concerned; the acting one is taken from the context. */
  orgId?: string | null
  hubId?: string | null
  payload?: Record<string, unknown>
}

/** Channel on which a committed transaction tells relays and live boards that there is news. */
export const newsChannel = 'huming_events'

export function eventRow(ctx: Pick<Ctx, 'actor' | 'now'>, event: NewEvent, id: string = newId()) {
  return {
    id,
    type: event.type,
    at: ctx.now,
    personId: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
    actorOrgId: ctx.actor.kind === 'person' ? ctx.actor.orgId : null,
    orgId: event.orgId ?? null,
    hubId: event.hubId ?? null,
    subjectId: event.subjectId,
    payload: event.payload ?? {},
  }
}

/**
 * Last act of a writing verb: records what happened in the same transaction. The row is outbox, audit and trace.
 * Returns the event's id, for rows that refer to it.
 */
export async function emit(tx: Tx, ctx: Pick<Ctx, 'actor' | 'now'>, event: NewEvent): Promise<string> {
  const [id] = await emitAll(tx, ctx, [event])
  return id as string
}

/** `emit` for several events in one statement; ids in the order given. */
export async function emitAll(
  tx: Tx,
  ctx: Pick<Ctx, 'actor' | 'now'>,
  list: readonly NewEvent[],
): Promise<string[]> {
  if (list.length === 0) return []
  const rows = list.map((event) => eventRow(ctx, event))
  await tx.insert(events).values(rows)
  // PostgreSQL folds equal notifications of one transaction into one.
  await tx.execute(sql`select pg_notify(${newsChannel}, '')`)
  return rows.map((row) => row.id)
}
