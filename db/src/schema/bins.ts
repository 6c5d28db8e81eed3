import { integer, snakeCase, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from '../columns.ts'
import { hubs } from './accounts.ts'

/**
 * Places of a hub where goods lie. A bin's kind never changes, so that no renaming makes goods sellable: `dock`,
 * `pick_face`, `reserve` and `near_expiry` are sellable; `quarantine`, `returns` and `destroy` are not
 * (上海市食品安全条例 Arts 29 and 30: near-expiry goods, returned and expired goods are kept apart).
 */
export const bins = snakeCase.table(
  'bins',
  {
    id: id(),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    /** Printed on the shelf and scanned. */
    code: text().notNull(),
    zone: text().notNull(),
    kind: text().notNull(),
    /** Order in which pickers and counters walk past. */
    sequence: integer().notNull(),
    closedAt: instant(),
  },
  (t) => [unique('bin_code_per_hub').on(t.hubId, t.code)],
)
