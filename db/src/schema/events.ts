import { sql } from 'drizzle-orm'
import { index, jsonb, primaryKey, snakeCase, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from '../columns.ts'

/** Append-only: outbox, audit and trace in one. Written by `emit` in the transaction of the verb. */
export const events = snakeCase.table(
  'events',
  {
    id: id(),
    type: text().notNull(),
    at: instant().notNull(),
    /** Null when the clock or a consumer acted. */
    personId: uuid(),
    /** The organisation acting, and the one concerned (for its own timeline). */
    actorOrgId: uuid(),
    orgId: uuid(),
    hubId: uuid(),
    /** The thing it happened to: order, lot, wave, run … */
    subjectId: uuid().notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    relayedAt: instant(),
  },
  (t) => [
    index('events_unrelayed').on(t.id).where(sql`${t.relayedAt} is null`),
    index().on(t.subjectId),
    index().on(t.orgId, t.id),
    index().on(t.type, t.id),
  ],
)

/** One row per event and consumer: the effect and this row commit together, so it happens once. */
export const eventEffects = snakeCase.table(
  'event_effects',
  {
    eventId: uuid()
      .notNull()
      .references(() => events.id),
    consumer: text().notNull(),
    doneAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.consumer] })],
)

/** Messages to an organisation's people, shown in the console. */
export const notices = snakeCase.table(
  'notices',
  {
    id: id(),
    orgId: uuid().notNull(),
    /** Message key of the catalogue, with its parameters. */
    key: text().notNull(),
    params: jsonb().$type<Record<string, string | number>>().notNull(),
    subjectId: uuid(),
    at: instant().notNull(),
    readAt: instant(),
  },
  (t) => [index().on(t.orgId, t.id)],
)

/** Results of the nightly self-audit. */
export const auditRuns = snakeCase.table(
  'audit_runs',
  {
    id: id(),
    at: instant().notNull(),
    checks: jsonb()
      .$type<{ name: string; checked: number; breaches: string[]; breachCount: number }[]>()
      .notNull(),
  },
  (t) => [uniqueIndex().on(t.at)],
)

/** What each queue looks like, mirrored by the jobs process every few seconds; also its sign of life. */
export const queueStates = snakeCase.table('queue_states', {
  queue: text().primaryKey(),
  backend: text().notNull(),
  counts: jsonb().$type<Record<string, number>>().notNull(),
  failed: jsonb()
    .$type<{ id: string; name: string; reason: string; attempts: number; at: string }[]>()
    .notNull(),
  at: instant().notNull(),
})
