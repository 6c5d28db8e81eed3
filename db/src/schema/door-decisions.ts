import { sql } from 'drizzle-orm'
import { check, index, snakeCase, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from '../columns.ts'
import { stops } from './routes.ts'

/** What the hub decided about a door that failed; the latest of a stop counts. Never changed. */
export const doorDecisions = snakeCase.table(
  'door_decisions',
  {
    id: id(),
    stopId: uuid()
      .notNull()
      .references(() => stops.id),
    /** `again` tonight, `back` to the warehouse, or `tomorrow` by a new order. */
    choice: text().notNull(),
    /** The stop of the second attempt, where there is one. */
    newStopId: uuid().references(() => stops.id),
    note: text().notNull(),
    personId: uuid(),
    at: instant().notNull(),
  },
  (t) => [
    index().on(t.stopId, t.at),
    check(
      'decision_of_door',
      sql`${t.choice} in ('again', 'back', 'tomorrow') and (${t.choice} = 'again') = (${t.newStopId} is not null)`,
    ),
  ],
)
