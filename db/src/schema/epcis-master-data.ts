import { bigint, index, snakeCase, text, uuid } from 'drizzle-orm/pg-core'
import { organisations } from './accounts.ts'

/** What captured documents say of places, classes and words in their headers; the latest word on an element holds. */
export const epcisMasterData = snakeCase.table(
  'epcis_master_data',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    /** Identity of the element as events name it. */
    element: text().notNull(),
    /** Full name of the attribute; null where `value` is an element that lies within. */
    attribute: text(),
    value: text().notNull(),
  },
  (t) => [index().on(t.element, t.orgId)],
)
