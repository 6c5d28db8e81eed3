import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, smallint, snakeCase, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from '../columns.ts'
import { hubs } from './accounts.ts'

/** Travel between two places as a map service told it; places are rounded to 1/10,000 degree (about 10 m). */
export const travelPairs = snakeCase.table(
  'travel_pairs',
  {
    source: text().notNull(),
    /** Hour of the day from which the figures count, see `hourBand`. */
    hourBand: smallint().notNull(),
    fromCell: text().notNull(),
    toCell: text().notNull(),
    seconds: integer().notNull(),
    metres: integer().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.source, t.hourBand, t.fromCell, t.toCell] }),
    index().on(t.at),
    check('travel_not_negative', sql`${t.seconds} >= 0 and ${t.metres} >= 0`),
  ],
)

/** How long our own drivers took against the reckoned time, by hub, hour band and ring of the place driven to. */
export const travelRatios = snakeCase.table(
  'travel_ratios',
  {
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    hourBand: smallint().notNull(),
    ring: smallint().notNull(),
    /** Median of taken over reckoned, basis points. */
    ratioBp: integer().notNull(),
    samples: integer().notNull(),
    learnedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.hubId, t.hourBand, t.ring] }),
    check('ratio_sane', sql`${t.ratioBp} between 5000 and 20000 and ${t.samples} > 0`),
  ],
)
