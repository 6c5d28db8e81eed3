import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, snakeCase, text, unique, uuid } from 'drizzle-orm/pg-core'
import { fen, id, instant, isSample } from '../columns.ts'
import { hubs } from './accounts.ts'

/** Kinds of returnable crates 周转筐. Tare in grams, deposit in fen for each. */
export const crateTypes = snakeCase.table(
  'crate_types',
  {
    id: id(),
    /** Printed on the crate and scanned. */
    code: text().notNull(),
    name: text().notNull(),
    nameEn: text().notNull(),
    tareGrams: integer().notNull(),
    depositFen: fen().notNull(),
    /** No longer handed out; balances stay. */
    closedAt: instant(),
    isSample: isSample(),
  },
  (t) => [
    unique('crate_code').on(t.code),
    check('crate_facts', sql`${t.tareGrams} > 0 and ${t.depositFen} >= 0`),
  ],
)

/**
 * Append-only: crates of a hub's pool change hands. A party is the hub itself (`hub`), a supplier or buyer (`org`) or
 * a driver (`driver`); no party is the world outside: bought, found, lost or broken.
 */
export const crateMoves = snakeCase.table(
  'crate_moves',
  {
    id: id(),
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    typeId: uuid()
      .notNull()
      .references(() => crateTypes.id),
    fromKind: text(),
    fromId: uuid(),
    toKind: text(),
    toId: uuid(),
    count: integer().notNull(),
    /** See `crateMoveKinds` in `shared/src/contracts/crates.ts`. */
    kind: text().notNull(),
    /** Consignment, run, stop or hand-over of which it is part. */
    subjectId: uuid().notNull(),
    reason: text().notNull().default(''),
    personId: uuid(),
    eventId: uuid().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    index().on(t.subjectId),
    index().on(t.hubId, t.id),
    index('crate_moves_from').on(t.fromId, t.hubId),
    index('crate_moves_to').on(t.toId, t.hubId),
    check('crates_moved', sql`${t.count} > 0`),
    check(
      'crate_parties',
      sql`(${t.fromKind} is null) = (${t.fromId} is null) and (${t.toKind} is null) = (${t.toId} is null)
        and (${t.fromId} is not null or ${t.toId} is not null) and ${t.fromId} is distinct from ${t.toId}`,
    ),
  ],
)

/** How many crates of a hub's pool a party has now; the sum of its moves. */
export const crateBalances = snakeCase.table(
  'crate_balances',
  {
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    partyKind: text().notNull(),
    partyId: uuid().notNull(),
    typeId: uuid()
      .notNull()
      .references(() => crateTypes.id),
    count: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.hubId, t.partyId, t.typeId] }),
    index().on(t.partyId),
    check('crates_not_negative', sql`${t.count} >= 0`),
  ],
)
