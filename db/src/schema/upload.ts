import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, snakeCase, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant, isSample, serviceDay } from '../columns.ts'

/**
 * Which of our categories (groups and leaves, each by itself) are in the official trace catalogue
 * (上海市食品安全信息追溯管理办法), as dated data.
 */
export const traceCategories = snakeCase.table(
  'trace_categories',
  {
    id: id(),
    category: text().notNull(),
    /** Name in the official catalogue. */
    name: text().notNull(),
    source: text().notNull(),
    /** To be compared with the current catalogue. */
    verify: boolean().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
  },
  (t) => [index().on(t.category)],
)

/**
 * What must be uploaded to the city's trace platform: one row per event, lot and counterparty, due 24 hours after it
 * happened; a change of the e-archive is due after 2 days (Art. 12). The outbox of the official upload.
 */
export const traceUploads = snakeCase.table(
  'trace_uploads',
  {
    id: id(),
    /** `in`, `out` or `archive`. */
    kind: text().notNull(),
    /** Whose duty it is: the operator of the hub. */
    orgId: uuid().notNull(),
    hubId: uuid(),
    eventId: uuid().notNull(),
    /** Lot of an in or out record; the organisation itself for its archive. */
    subjectId: uuid().notNull(),
    /** Site or supplier on the other side; the subject again where there is none. */
    partyId: uuid().notNull(),
    /** The record as it is sent: fields of Art. 13 and 14. */
    record: jsonb().$type<Record<string, string | number | null>>().notNull(),
    eventAt: instant().notNull(),
    dueAt: instant().notNull(),
    /** `waiting`, `accepted`, `rejected`. */
    status: text().notNull(),
    attempts: integer().notNull().default(0),
    nextTryAt: instant().notNull(),
    /** Somebody is sending it; taken over when it does not come back. */
    claimedUntil: instant(),
    receiptNo: text().notNull().default(''),
    acceptedAt: instant(),
    lastError: text().notNull().default(''),
    createdAt: instant().notNull(),
    isSample: isSample(),
  },
  (t) => [
    unique('upload_once').on(t.eventId, t.kind, t.subjectId, t.partyId),
    index('uploads_waiting').on(t.nextTryAt).where(sql`${t.status} = 'waiting'`),
    index().on(t.status, t.id),
    check(
      'upload_status',
      sql`${t.status} in ('waiting', 'accepted', 'rejected') and ${t.kind} in ('in', 'out', 'archive')`,
    ),
  ],
)
