import { sql } from 'drizzle-orm'
import { check, index, integer, snakeCase, uuid } from 'drizzle-orm/pg-core'
import { instant } from '../columns.ts'
import { stops } from './routes.ts'

/**
 * Where the driver's phone was on arriving, if the driver let it say so. A location is sensitive personal data (PIPL
 * Art. 28): kept to prove the arrival, one point for a stop and no track, and forgotten after half a year (Art. 19).
 */
export const stopPlaces = snakeCase.table(
  'stop_places',
  {
    stopId: uuid()
      .primaryKey()
      .references(() => stops.id),
    lngE6: integer().notNull(),
    latE6: integer().notNull(),
    /** Radius within which the phone believes to be. */
    accuracyM: integer().notNull(),
    /** From the site's point. */
    metresOff: integer().notNull(),
    at: instant().notNull(),
  },
  (t) => [index().on(t.at), check('place_metres', sql`${t.accuracyM} >= 0 and ${t.metresOff} >= 0`)],
)
