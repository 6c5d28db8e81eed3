import { epcisEvents } from '@huming/db/schema/tracing'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { columnsOf } from './event-columns.ts'
import { eventHash } from './event-hash.ts'
import type { JsonObject } from './json-tree.ts'

/** A validated event to be kept. */
export type NewEpcisEvent = {
  readonly event: JsonObject
  readonly contexts: readonly unknown[]
  /** Whose record it is; null = ours. */
  readonly orgId: string | null
  readonly seenBy: readonly string[]
  readonly captureId?: string | null
  readonly sourceEventId?: string | null
}

export type Kept = { readonly eventId: string; readonly outcome: 'stored' | 'known' | 'differs' }

/**
 * Keeps events in their order. One without an id gets its hash id. The same event again is `known` and not kept twice;
 * another event under an id in use is `differs` and not kept. A declaration of error repeats the id of its event and
 * is kept beside it.
 */
export async function storeEvents(tx: Tx, events: readonly NewEpcisEvent[], now: Date): Promise<Kept[]> {
  const rows = events.map(({ event, contexts, ...rest }) => {
    const hash = eventHash(event, [...contexts, event['@context']])
    const eventId = typeof event['eventID'] === 'string' ? event['eventID'] : hash
    return {
      ...rest,
      captureId: rest.captureId ?? null,
      sourceEventId: rest.sourceEventId ?? null,
      seenBy: [...rest.seenBy],
      ...columnsOf(event, contexts),
      eventId,
      hash,
      contexts: [...contexts],
      event: { ...event, eventID: eventId, recordTime: now.toISOString() },
      recordTime: now,
    }
  })
  const before = await knownHashes(tx, rows)
  const kept: Kept[] = []
  const fresh: typeof rows = []
  for (const row of rows) {
    const key = keyOf(row)
    const hash = before.get(key)
    kept.push({
      eventId: row.eventId,
      outcome: hash === undefined ? 'stored' : hash === row.hash ? 'known' : 'differs',
    })
    if (hash !== undefined) continue
    before.set(key, row.hash)
    fresh.push(row)
  }
  if (fresh.length > 0) await tx.insert(epcisEvents).values(fresh)
  return kept
}

const keyOf = (row: { eventId: string; declaredWrongAt: Date | null }): string =>
  `${row.eventId} ${row.declaredWrongAt?.getTime() ?? ''}`

type Row = { eventId: string; orgId: string | null }

async function knownHashes(tx: Tx, rows: readonly Row[]): Promise<Map<string, string>> {
  const [first] = rows
  if (!first) return new Map()
  const owner = first.orgId === null ? isNull(epcisEvents.orgId) : eq(epcisEvents.orgId, first.orgId)
  const ids = rows.map((row) => row.eventId)
  const found = await tx
    .select({
      eventId: epcisEvents.eventId,
      declaredWrongAt: epcisEvents.declaredWrongAt,
      hash: epcisEvents.hash,
    })
    .from(epcisEvents)
    .where(and(owner, inArray(epcisEvents.eventId, ids)))
  return new Map(found.map((row) => [keyOf(row), row.hash]))
}
