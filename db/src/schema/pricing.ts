import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, snakeCase, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { baseQuantity, fen, id, instant, isSample, serviceDay } from '../columns.ts'
import { organisations } from './accounts.ts'
import { skus } from './catalogue.ts'

/**
 * What a supplier and a buyer agreed on for a time (协议价, 下浮率). Its prices stand as rows of `prices`, written
 * with it and with every reference price that moves them.
 */
export const priceContracts = snakeCase.table(
  'price_contracts',
  {
    id: id(),
    /** Number on the signed paper; one per supplier. */
    number: text().notNull(),
    supplierOrgId: uuid()
      .notNull()
      .references(() => organisations.id),
    buyerOrgId: uuid()
      .notNull()
      .references(() => organisations.id),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    note: text().notNull().default(''),
    createdBy: uuid().notNull(),
    createdAt: instant().notNull(),
    endedAt: instant(),
    isSample: isSample(),
  },
  (t) => [
    uniqueIndex('one_contract_number').on(t.supplierOrgId, t.number),
    index().on(t.buyerOrgId),
    check('contract_days', sql`${t.validFrom} <= ${t.validTo}`),
  ],
)

/** A pack of a contract: at a fixed price, or so much below a reference price; for a quantity or without end. */
export const priceContractLines = snakeCase.table(
  'price_contract_lines',
  {
    id: id(),
    contractId: uuid()
      .notNull()
      .references(() => priceContracts.id),
    skuId: uuid()
      .notNull()
      .references(() => skus.id),
    /** 1/100 fen per pricing unit; null where it follows a reference price. */
    centifen: fen(),
    /** Basis points below the reference price (下浮率) of `referenceKey`. */
    discountBp: integer(),
    referenceKey: text(),
    /** Base units agreed on; null = any. What is left is what orders have not taken: nothing keeps a second count. */
    quantityLimit: baseQuantity(),
  },
  (t) => [
    index().on(t.skuId),
    uniqueIndex('pack_once').on(t.contractId, t.skuId),
    check(
      'fixed_or_discount',
      sql`(${t.centifen} is null) = (${t.discountBp} is not null and ${t.referenceKey} is not null)
        and (${t.centifen} is null or ${t.centifen} > 0) and (${t.discountBp} is null or ${t.discountBp} between 0 and 9999)`,
    ),
    check('limit_positive', sql`${t.quantityLimit} is null or ${t.quantityLimit} > 0`),
  ],
)

/**
 * Wholesale prices of the day by market and product, imported or typed in. Append-only: a corrected figure is a new
 * row of the same day, the one entered last holds.
 */
export const referencePrices = snakeCase.table(
  'reference_prices',
  {
    id: id(),
    /** `market/product/grade`, what contracts point to. */
    key: text().notNull(),
    market: text().notNull(),
    product: text().notNull(),
    grade: text().notNull().default(''),
    day: serviceDay().notNull(),
    /** 1/100 fen per `per` base units (grams, or pieces); the average is what contracts follow. */
    lowCentifen: fen(),
    averageCentifen: fen().notNull(),
    highCentifen: fen(),
    per: baseQuantity().notNull(),
    /** Where the figure was published. */
    source: text().notNull(),
    enteredBy: uuid().notNull(),
    enteredAt: instant().notNull(),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.key, t.day),
    check('reference_positive', sql`${t.averageCentifen} > 0 and ${t.per} > 0`),
  ],
)

/**
 * VAT by class of goods and position of the seller (增值税法 2026), with days of validity. Of several in force the
 * one begun last holds; none = the goods cannot be sold.
 */
export const taxRules = snakeCase.table(
  'tax_rules',
  {
    id: id(),
    taxClass: text().notNull(),
    sellerType: text().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    rateBp: integer().notNull(),
    exempt: boolean().notNull(),
    /** The article it rests on. */
    basis: text().notNull(),
  },
  (t) => [
    uniqueIndex('one_tax_rule').on(t.taxClass, t.sellerType, t.validFrom),
    check('rate', sql`${t.rateBp} between 0 and 10000 and (not ${t.exempt} or ${t.rateBp} = 0)`),
  ],
)
