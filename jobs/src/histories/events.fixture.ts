import { events } from '@huming/db/schema/events'
import type { Base } from '@huming/server/kernel/ctx'
import { sqlState } from '@huming/server/kernel/transaction'
import { asc, isNull } from 'drizzle-orm'
import { consumers } from '../consumers.ts'
import { once } from '../once.ts'
import { markRelayed } from '../relay.ts'
import type { Command, World } from './world.fixture.ts'

const lockTimeout = '55P03'

/** Events that somebody of this process is relaying. */
const inHand = new Set<string>()

/** Whether all consumers of an event are done; one that waited too long for a lock comes again, as a failed job does. */
async function takesEffect(base: Base, { id, type }: { id: string; type: string }): Promise<boolean> {
  try {
    for (const [name, effect] of Object.entries(consumers[type] ?? {})) await once(base, id, name, effect)
    return true
  } catch (error) {
    if (sqlState(error) !== lockTimeout) throw error
    return false
  }
}

/**
 * Relays what waits, as the jobs process does: each consumer of an event takes effect once, however often told. Mostly
 * by one worker; now and then two have the same event at once, as after a worker that was thought lost.
 */
export async function relaySome({ t, dice }: World, limit: number): Promise<number> {
  const rows = await t.db
    .select({ id: events.id, type: events.type })
    .from(events)
    .where(isNull(events.relayedAt))
    .orderBy(asc(events.id))
    .limit(limit)
  const base = { db: t.db, sql: t.sql, log: t.app.log }
  const relayed = []
  for (const { id, type } of rows) {
    if (inHand.has(id) && !dice.maybe(0.1)) continue
    inHand.add(id)
    if (await takesEffect(base, { id, type })) relayed.push(id)
    else inHand.delete(id)
  }
  await markRelayed(t.db, relayed)
  for (const id of relayed) inHand.delete(id)
  return rows.length
}

export const eventCommands: Command[] = [
  { name: 'relay events', weight: 22, run: (world) => relaySome(world, 20) },
]
