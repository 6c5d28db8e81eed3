import { epcisEvents } from '@huming/db/schema/tracing'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { columnsOf } from './event-columns.ts'
import { eventHash } from './event-hash.ts'
import type { JsonObject } from './json-tree.ts'

/** A validated event to be kept. */
type NewEpcisEvent = {
  readonly event: JsonObject
  readonly contexts: readonly unknown[]
  /** Whose record it is; null = ours. */
  readonly orgId: string | null
  readonly seenBy: readonly string[]
  readonly sourceEventId?: string | null
}

export type EventRow = typeof epcisEvents.$inferInsert
/** `new`; `known`: the same event is kept already; `differs`: another event is kept under its id. */
export type Judged = { readonly row: EventRow; readonly outcome: 'new' | 'known' | 'differs' }

/**
 * Makes rows of events and says of each whether it is new. One without an id gets its hash id. A declaration of error
 * repeats the id of the event it is about and is kept beside it. All events are of one owner.
 */
export async function judgeEvents(tx: Tx, events: readonly NewEpcisEvent[], now: Date): Promise<Judged[]> {
  const rows = events.map((one) => rowOf(one, now))
  const before = await knownHashes(tx, rows)
  return rows.map((row) => {
    const key = keyOf(row)
    const hash = before.get(key)
    before.set(key, hash ?? row.hash)
    return { row, outcome: hash === undefined ? 'new' : hash === row.hash ? 'known' : 'differs' }
  })
}

/** Writes judged rows in their order. */
export async function insertEvents(
  tx: Tx,
  rows: readonly EventRow[],
  captureId: string | null = null,
): Promise<void> {
  if (rows.length > 0) await tx.insert(epcisEvents).values(rows.map((row) => ({ ...row, captureId })))
}

function rowOf({ event, contexts, orgId, seenBy, sourceEventId }: NewEpcisEvent, now: Date) {
  const hash = eventHash(event, [...contexts, event['@context']])
  const eventId = typeof event['eventID'] === 'string' ? event['eventID'] : hash
  return {
    orgId,
    sourceEventId: sourceEventId ?? null,
    seenBy: [...new Set(seenBy)],
    ...columnsOf(event, contexts),
    eventId,
    hash,
    contexts: [...contexts],
    event: { ...event, eventID: eventId, recordTime: now.toISOString() },
    recordTime: now,
  }
}

type Row = ReturnType<typeof rowOf>

const keyOf = (row: Pick<Row, 'eventId' | 'declaredWrongAt'>): string =>
  `${row.eventId} ${row.declaredWrongAt?.getTime() ?? ''}`

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
