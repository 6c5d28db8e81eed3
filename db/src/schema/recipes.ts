import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, snakeCase, text, unique, uuid } from 'drizzle-orm/pg-core'
import { baseQuantity, id, instant, isSample, serviceDay } from '../columns.ts'
import { organisations } from './accounts.ts'
import { skus } from './catalogue.ts'

/** A version of how a pack is made, in force from a day on; an old version is never changed. */
export const recipes = snakeCase.table(
  'recipes',
  {
    id: id(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    skuId: uuid()
      .notNull()
      .references(() => skus.id),
    /** 1, 2, 3 … within the pack. */
    version: integer().notNull(),
    /** `process` makes food; `repack` mixes or packs goods of the same kind anew. */
    kind: text().notNull(),
    /** What one standard batch gives, base units of the pack. */
    batchQuantity: baseQuantity().notNull(),
    /** How far the yield may differ without a reason, basis points. */
    toleranceBp: integer().notNull(),
    validFrom: serviceDay().notNull(),
    note: text().notNull().default(''),
    createdBy: uuid(),
    createdAt: instant().notNull(),
    retiredAt: instant(),
    isSample: isSample(),
  },
  (t) => [
    unique('recipe_version').on(t.skuId, t.version),
    index().on(t.orgId),
    check('recipe_positive', sql`${t.batchQuantity} > 0 and ${t.toleranceBp} >= 0`),
  ],
)

/** What one standard batch takes of a pack, and how much of that is lost in preparing it. */
export const recipeInputs = snakeCase.table(
  'recipe_inputs',
  {
    recipeId: uuid()
      .notNull()
      .references(() => recipes.id),
    seq: integer().notNull(),
    skuId: uuid()
      .notNull()
      .references(() => skus.id),
    /** Net, base units of the input. */
    quantity: baseQuantity().notNull(),
    /** Lost before it is used (peel, trim), basis points of what is taken. */
    lossBp: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.recipeId, t.skuId] }),
    index().on(t.skuId),
    check('input_positive', sql`${t.quantity} > 0 and ${t.lossBp} >= 0 and ${t.lossBp} < 10000`),
  ],
)

/** A step of the work, in order; with a limit of temperature it is a critical control point (HACCP). */
export const recipeSteps = snakeCase.table(
  'recipe_steps',
  {
    recipeId: uuid()
      .notNull()
      .references(() => recipes.id),
    seq: integer().notNull(),
    name: text().notNull(),
    minutes: integer(),
    /** Core temperature must be at least, at most; tenths of °C. */
    minDeciC: integer(),
    maxDeciC: integer(),
  },
  (t) => [primaryKey({ columns: [t.recipeId, t.seq] })],
)
