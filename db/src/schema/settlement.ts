import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  snakeCase,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { baseQuantity, fen, id, instant, isSample, serviceDay } from '../columns.ts'
import { mandates, organisations } from './accounts.ts'
import { orderLines, orders } from './orders.ts'
import { lots } from './stock.ts'

/**
 * What a supplier pays for selling here and when it is paid: dated, append-only. The row in force when an order was
 * placed, and known then, holds for it to the end.
 */
export const supplierTerms = snakeCase.table(
  'supplier_terms',
  {
    id: id(),
    supplierOrgId: uuid()
      .notNull()
      .references(() => organisations.id),
    /** The operations centre whose `fees` account earns the fee. */
    platformOrgId: uuid()
      .notNull()
      .references(() => organisations.id),
    validFrom: serviceDay().notNull(),
    /** Platform fee (平台技术服务费) in basis points of the goods, where its category has no rate of its own. */
    feeBp: integer().notNull(),
    feeBpByCategory: jsonb().$type<Record<string, number>>().notNull(),
    /** Delivery fee (配送费) in 1/100 fen per kilogram. */
    deliveryFeeCentifen: integer().notNull(),
    /** 质保金: basis points of the goods held back, and for how many months. */
    retentionBp: integer().notNull(),
    retentionMonths: integer().notNull(),
    /** `weekly` (Mondays), `half_month` (1st and 16th), `monthly` (1st). */
    rhythm: text().notNull(),
    /** Days after delivery in which a claim may come; only then is a delivery due. */
    waitDays: integer().notNull(),
    note: text().notNull().default(''),
    writtenBy: uuid(),
    at: instant().notNull(),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.supplierOrgId, t.validFrom),
    check(
      'terms_in_range',
      sql`${t.feeBp} between 0 and 10000 and ${t.deliveryFeeCentifen} >= 0 and ${t.retentionBp} between 0 and 3000
        and ${t.retentionMonths} between 0 and 36 and ${t.waitDays} between 0 and 60`,
    ),
    check('known_rhythm', sql`${t.rhythm} in ('weekly','half_month','monthly')`),
  ],
)

/**
 * What one delivered lot of one order line means for everybody, append-only. A `sale` is written with the delivery;
 * a correction or claim adds rows that `reverses` it, with negative sums. Gross = fee + retention + commission that
 * the supplier pays + net.
 */
export const settlementLines = snakeCase.table(
  'settlement_lines',
  {
    id: id(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    orderLineId: uuid()
      .notNull()
      .references(() => orderLines.id),
    lotId: uuid()
      .notNull()
      .references(() => lots.id),
    buyerOrgId: uuid()
      .notNull()
      .references(() => organisations.id),
    supplierOrgId: uuid()
      .notNull()
      .references(() => organisations.id),
    /** Runs the hub; its `sales` account is the clearing between buyer and supplier. */
    hubOrgId: uuid().notNull(),
    /** Of the terms, or the mandate when only that has one; null when nobody takes a fee. */
    platformOrgId: uuid(),
    quantity: baseQuantity().notNull(),
    grossFen: fen().notNull(),
    /** VAT within the gross, at the rate of the line. */
    taxFen: fen().notNull(),
    feeFen: fen().notNull(),
    retentionFen: fen().notNull(),
    /** The broker's commission: what the supplier pays of it and what the platform pays out of its fees. */
    commissionSupplierFen: fen().notNull(),
    commissionPlatformFen: fen().notNull(),
    netFen: fen().notNull(),
    termsId: uuid().references(() => supplierTerms.id),
    mandateId: uuid().references(() => mandates.id),
    brokerOrgId: uuid().references(() => organisations.id),
    /** The sale that this row takes back, in part or whole. */
    /** Settled later, on top of the sale of the same lot: weight above the tolerance that the buyer agreed to. */
    more: boolean().notNull().default(false),
    reversesId: uuid(),
    /** Why the row is there: the order, or the claim or correction. */
    subjectId: uuid().notNull(),
    /** First day on which the net may be paid out, and the retention; days do not change later. */
    dueOn: serviceDay().notNull(),
    releaseOn: serviceDay(),
    /** Until this day the commission is frozen: the claim window is open. */
    frozenUntil: serviceDay(),
    day: serviceDay().notNull(),
    eventId: uuid().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    uniqueIndex('sale_once').on(t.orderLineId, t.lotId, t.more).where(sql`${t.reversesId} is null`),
    index().on(t.orderId),
    index().on(t.supplierOrgId, t.day),
    index('settlement_lines_due').on(t.supplierOrgId, t.dueOn),
    index('settlement_lines_release').on(t.supplierOrgId, t.releaseOn).where(sql`${t.releaseOn} is not null`),
    index().on(t.brokerOrgId, t.day).where(sql`${t.brokerOrgId} is not null`),
    index().on(t.reversesId).where(sql`${t.reversesId} is not null`),
    index().on(t.eventId),
    check(
      'parts_make_gross',
      sql`${t.grossFen} = ${t.feeFen} + ${t.retentionFen} + ${t.commissionSupplierFen} + ${t.netFen}`,
    ),
    check(
      'signs_agree',
      sql`case when ${t.reversesId} is null then least(${t.quantity}, ${t.grossFen}, ${t.taxFen}, ${t.feeFen}, ${t.retentionFen},
          ${t.commissionSupplierFen}, ${t.commissionPlatformFen}, ${t.netFen}) >= 0
        else greatest(${t.quantity}, ${t.grossFen}, ${t.taxFen}, ${t.feeFen}, ${t.retentionFen},
          ${t.commissionSupplierFen}, ${t.commissionPlatformFen}, ${t.netFen}) <= 0 end`,
    ),
    check(
      'commission_has_broker',
      sql`${t.brokerOrgId} is not null or (${t.commissionSupplierFen} = 0 and ${t.commissionPlatformFen} = 0)`,
    ),
    check(
      'fee_has_platform',
      sql`${t.platformOrgId} is not null or (${t.feeFen} = 0 and ${t.commissionPlatformFen} = 0)`,
    ),
  ],
)

/** A supplier's retention given back to what is payable, for everything held back with `release_on` up to the day. */
export const retentionReleases = snakeCase.table(
  'retention_releases',
  {
    id: id(),
    supplierOrgId: uuid()
      .notNull()
      .references(() => organisations.id),
    throughDay: serviceDay().notNull(),
    amountFen: fen().notNull(),
    eventId: uuid().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    uniqueIndex('release_once').on(t.supplierOrgId, t.throughDay),
    check('release_positive', sql`${t.amountFen} > 0`),
  ],
)

/** Where a party is paid; the newest row counts. The number is sealed, its last four digits are for showing. */
export const orgBankAccounts = snakeCase.table(
  'org_bank_accounts',
  {
    id: id(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    holder: text().notNull(),
    bankName: text().notNull(),
    /** 联行号 of the branch, 12 digits. */
    bankCode: text().notNull(),
    numberSealed: text().notNull(),
    lastFour: text().notNull(),
    writtenBy: uuid(),
    at: instant().notNull(),
    isSample: isSample(),
  },
  (t) => [index().on(t.orgId, t.at)],
)

/** Payments out proposed together by one person and approved by another. */
export const payoutBatches = snakeCase.table(
  'payout_batches',
  {
    id: id(),
    /** The operations centre from whose bank mirror it is paid. */
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    /** What is due up to this day. */
    throughDay: serviceDay().notNull(),
    /** `bank` file or `stripe` transfer. */
    way: text().notNull(),
    status: text().notNull(),
    madeBy: uuid().notNull(),
    madeAt: instant().notNull(),
    checkedBy: uuid(),
    checkedAt: instant(),
    sentAt: instant(),
    note: text().notNull().default(''),
    version: integer().notNull().default(1),
  },
  (t) => [
    index().on(t.orgId, t.status),
    check('four_eyes', sql`${t.checkedBy} is null or ${t.checkedBy} <> ${t.madeBy}`),
    check(
      'checked_before_sent',
      sql`(${t.checkedBy} is not null) = (${t.checkedAt} is not null)
        and (${t.status} not in ('approved','sent','done') or ${t.checkedBy} is not null)`,
    ),
  ],
)

/** One party's part of a batch, with how its sum came about. Sent money is `in_flight` until confirmed or returned. */
export const payouts = snakeCase.table(
  'payouts',
  {
    id: id(),
    batchId: uuid()
      .notNull()
      .references(() => payoutBatches.id),
    partyOrgId: uuid()
      .notNull()
      .references(() => organisations.id),
    /** The party's account that is paid: `payable` or `commission`. */
    purpose: text().notNull(),
    amountFen: fen().notNull(),
    /** Null where it is not paid into a bank account. */
    bankAccountId: uuid().references(() => orgBankAccounts.id),
    status: text().notNull(),
    /** Why a second approval is needed: the bank details were new; and who gave it. */
    needsSecond: text(),
    secondBy: uuid(),
    secondAt: instant(),
    /** The number by which bank or Stripe knows it. */
    railReference: text(),
    returnReason: text(),
    endedAt: instant(),
    version: integer().notNull().default(1),
  },
  (t) => [
    index().on(t.batchId),
    index().on(t.partyOrgId),
    uniqueIndex('one_open_payout')
      .on(t.partyOrgId, t.purpose)
      .where(sql`${t.status} in ('proposed','approved')`),
    check('payout_positive', sql`${t.amountFen} > 0`),
    check('returned_with_reason', sql`(${t.status} = 'returned') = (${t.returnReason} is not null)`),
    check(
      'second_before_sent',
      sql`${t.status} not in ('sent','confirmed','returned') or ${t.needsSecond} is null or ${t.secondBy} is not null`,
    ),
  ],
)

/** A broker objects to its commission of one settled lot; operations answers, and may add what was missing. */
export const commissionContests = snakeCase.table(
  'commission_contests',
  {
    id: id(),
    settlementLineId: uuid()
      .notNull()
      .references(() => settlementLines.id),
    brokerOrgId: uuid()
      .notNull()
      .references(() => organisations.id),
    reason: text().notNull(),
    raisedBy: uuid().notNull(),
    raisedAt: instant().notNull(),
    status: text().notNull(),
    answer: text(),
    /** Added to the commission out of the platform's fees when it is upheld. */
    addedFen: fen().notNull().default(0),
    answeredBy: uuid(),
    answeredAt: instant(),
  },
  (t) => [
    index().on(t.brokerOrgId),
    uniqueIndex('contest_once').on(t.settlementLineId),
    check('answered_whole', sql`(${t.status} = 'open') = (${t.answeredBy} is null)`),
    check('added_not_negative', sql`${t.addedFen} >= 0 and (${t.addedFen} = 0 or ${t.status} = 'upheld')`),
  ],
)
