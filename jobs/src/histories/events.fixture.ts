import { events } from '@huming/db/schema/events'
import { asc, eq, isNull } from 'drizzle-orm'
import { consumers } from '../consumers.ts'
import { once } from '../once.ts'
import type { Command, World } from './world.fixture.ts'

/** Relays what waits, as the jobs process does: each consumer of an event takes effect once, however often told. */
export async function relaySome({ t }: World, limit: number): Promise<number> {
  const rows = await t.db
    .select({ id: events.id, type: events.type })
    .from(events)
    .where(isNull(events.relayedAt))
    .orderBy(asc(events.id))
    .limit(limit)
  const base = { db: t.db, sql: t.sql, log: t.app.log }
  for (const { id, type } of rows) {
    for (const [name, effect] of Object.entries(consumers[type] ?? {})) await once(base, id, name, effect)
    await t.db.update(events).set({ relayedAt: new Date() }).where(eq(events.id, id))
  }
  return rows.length
}

export const eventCommands: Command[] = [
  { name: 'relay events', weight: 22, run: (world) => relaySome(world, 20) },
]
