import { sql } from 'drizzle-orm'
import { bigint, check, index, snakeCase, text, uuid } from 'drizzle-orm/pg-core'
import { baseQuantity, instant } from '../columns.ts'

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
    check('edge_kind', sql`${t.kind} in ('made_of', 'moved', 'picked', 'delivered')`),
    check('delivered_names_lot', sql`(${t.kind} = 'delivered') = (${t.lotId} is not null)`),
    check('edge_leads_on', sql`${t.fromId} <> ${t.toId}`),
    check(
      'edge_quantities',
      sql`${t.quantity} <> 0 and ${t.toQuantity} <> 0 and (${t.quantity} > 0) = (${t.toQuantity} > 0)`,
    ),
  ],
)
