import { boolean, snakeCase, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from '../columns.ts'
import { organisations } from './accounts.ts'

/** An account at the provider of a party that can be paid there. */
export const connectAccounts = snakeCase.table('connect_accounts', {
  orgId: uuid()
    .primaryKey()
    .references(() => organisations.id),
  providerAccountId: text().notNull().unique(),
  payoutsEnabled: boolean().notNull().default(false),
  createdAt: instant().notNull(),
})
