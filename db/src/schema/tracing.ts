import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  snakeCase,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { baseQuantity, id, instant } from '../columns.ts'
import { organisations } from './accounts.ts'

/**
 * Where goods went, append-only (a trigger refuses anything but insert): `made_of` lot → lot (production, repack),
 * `moved` lot → lot (between hubs), `picked` lot → order, `delivered` order → site. A correction is a row with
 * negative quantities. Written by `linkGoods` in the transaction of the verb; recall and trace read only this.
 */
export const traceEdges = snakeCase.table(
  'trace_edges',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    fromId: uuid().notNull(),
    toId: uuid().notNull(),
    kind: text().notNull(),
    /** The lot whose goods an order handed over; null where `from_id` is the lot. */
    lotId: uuid(),
    /** What left `from_id`, in base units of its lot. */
    quantity: baseQuantity().notNull(),
    /** What it became in `to_id`: another unit and another quantity after production, else the same. */
    toQuantity: baseQuantity().notNull(),
    eventId: uuid().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    index().on(t.fromId),
    index().on(t.toId),
    index().on(t.lotId).where(sql`${t.lotId} is not null`),
    // From lot to lot only: a recall walks these first, however often a lot was picked.
    index('trace_edges_made_from').on(t.fromId).where(sql`${t.kind} in ('made_of', 'moved')`),
    index('trace_edges_made_to').on(t.toId).where(sql`${t.kind} in ('made_of', 'moved')`),
    check('edge_kind', sql`${t.kind} in ('made_of', 'moved', 'picked', 'delivered')`),
    check('delivered_names_lot', sql`(${t.kind} = 'delivered') = (${t.lotId} is not null)`),
    check('edge_leads_on', sql`${t.fromId} <> ${t.toId}`),
    check(
      'edge_quantities',
      sql`${t.quantity} <> 0 and ${t.toQuantity} <> 0 and (${t.quantity} > 0) = (${t.toQuantity} > 0)`,
    ),
  ],
)

/** What somebody handed in by `POST /api/epcis/capture`, and what became of it. */
export const epcisCaptures = snakeCase.table(
  'epcis_captures',
  {
    id: id(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    personId: uuid(),
    /** `rollback`: all events or none. `proceed`: those that can be stored. */
    behaviour: text().notNull(),
    success: boolean().notNull(),
    events: integer().notNull(),
    stored: integer().notNull(),
    errors: jsonb().$type<{ type: string; title: string; pointer: string }[]>().notNull(),
    /** All of the document but its events: header with master data, sender, receiver. */
    envelope: jsonb().$type<Record<string, unknown>>().notNull(),
    createdAt: instant().notNull(),
    finishedAt: instant().notNull(),
  },
  (t) => [
    index().on(t.orgId, t.id),
    check('capture_behaviour', sql`${t.behaviour} in ('rollback', 'proceed')`),
  ],
)

/**
 * EPCIS events, append-only (a trigger refuses anything but insert): captured ones, and our own that follow a business
 * event. The columns beside `event` are what the query parameters ask for.
 */
export const epcisEvents = snakeCase.table(
  'epcis_events',
  {
    /** Order of recording; the next page's token. */
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    /** `eventID` as given, else the hash id. */
    eventId: text().notNull(),
    /** Hash id of CBV 2.0: the same event sent again is known by it. */
    hash: text().notNull(),
    /** When it was declared to be wrong: such a row repeats the `eventID` of the event it is about. */
    declaredWrongAt: instant(),
    /** Whose record it is; null = ours. */
    orgId: uuid().references(() => organisations.id),
    captureId: uuid().references(() => epcisCaptures.id),
    /** Our own event it tells of. */
    sourceEventId: uuid(),
    /** Organisations that may read it; operations read all. */
    seenBy: uuid().array().notNull(),
    type: text().notNull(),
    action: text(),
    eventTime: instant().notNull(),
    recordTime: instant().notNull(),
    bizStep: text(),
    disposition: text(),
    readPoint: text(),
    bizLocation: text(),
    transformationId: text(),
    /** Things, by the part they play: `epc:…`, `parent:…`, `child:…`, `in:…`, `out:…`, and their classes. */
    things: text().array().notNull(),
    /** Everything else that is asked for by equality, as `parameter=value`. */
    marks: text().array().notNull(),
    /** Contexts of the document it came in, for its extensions. */
    contexts: jsonb().$type<unknown[]>().notNull(),
    event: jsonb().$type<Record<string, unknown>>().notNull(),
  },
  (t) => [
    unique('event_id_once').on(t.eventId, t.orgId, t.declaredWrongAt).nullsNotDistinct(),
    index().on(t.eventTime),
    index().on(t.recordTime),
    index().on(t.bizStep, t.eventTime),
    index().on(t.readPoint),
    index().on(t.bizLocation),
    index().on(t.disposition).where(sql`${t.disposition} is not null`),
    index().on(t.sourceEventId),
    index('epcis_events_things').using('gin', t.things),
    index('epcis_events_marks').using('gin', t.marks),
    index('epcis_events_seen_by').using('gin', t.seenBy),
  ],
)
