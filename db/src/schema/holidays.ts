import { sql } from 'drizzle-orm'
import { check, snakeCase, text } from 'drizzle-orm/pg-core'
import { serviceDay } from '../columns.ts'

/**
 * Days that are not what their weekday says: `off` on a working day or weekend, `work` on a weekend (调休). A year
 * whose arrangement is not published yet has only the days that are off by law; its rows say so in `source`.
 */
export const holidays = snakeCase.table(
  'holidays',
  {
    day: serviceDay().primaryKey(),
    kind: text().notNull(),
    name: text().notNull(),
    /** The notice or law it comes from. */
    source: text().notNull(),
  },
  (t) => [check('holiday_kind', sql`${t.kind} in ('off', 'work')`)],
)
