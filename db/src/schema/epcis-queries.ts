import { index, jsonb, snakeCase, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from '../columns.ts'
import { organisations } from './accounts.ts'

/** A query of EPCIS events that an organisation has given a name: a view that is polled under it. */
export const epcisQueries = snakeCase.table(
  'epcis_queries',
  {
    id: id(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    name: text().notNull(),
    /** SimpleEventQuery parameters as they were given. */
    query: jsonb().$type<Record<string, unknown>>().notNull(),
    personId: uuid(),
    createdAt: instant().notNull(),
  },
  (t) => [unique('epcis_query_name').on(t.orgId, t.name), index().on(t.orgId, t.id)],
)
