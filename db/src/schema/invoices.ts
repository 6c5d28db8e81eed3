import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  primaryKey,
  snakeCase,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { fen, id, instant, isSample, serviceDay } from '../columns.ts'
import { organisations } from './accounts.ts'
import { statements } from './statements.ts'

/** Data of a digital invoice (数电票) of one seller for a statement; a red one takes (part of) another back. */
export const invoices = snakeCase.table(
  'invoices',
  {
    id: id(),
    statementId: uuid()
      .notNull()
      .references(() => statements.id),
    sellerOrgId: uuid()
      .notNull()
      .references(() => organisations.id),
    buyerOrgId: uuid()
      .notNull()
      .references(() => organisations.id),
    /** `draft`, `issued` or `reddened`: see `flows.invoice`. */
    status: text().notNull(),
    /** `special` (数电专票) or `ordinary` (数电普票). */
    kind: text().notNull(),
    /** `12` 自产农产品销售, `16` 农产品收购; null = none. */
    specialType: text(),
    /** 20 digits, given by the tax platform. */
    number20: text(),
    issuedOn: serviceDay(),
    /** Without tax, tax, and both together; negative on a red one. */
    netFen: fen().notNull(),
    taxFen: fen().notNull(),
    totalFen: fen().notNull(),
    redOf: uuid(),
    /** Number of the 红字确认单. */
    redConfirmation: text(),
    remark: text().notNull().default(''),
    madeAt: instant().notNull(),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.statementId),
    uniqueIndex('invoice_number_once').on(t.number20).where(sql`${t.number20} is not null`),
    uniqueIndex('invoice_per_seller')
      .on(t.statementId, t.sellerOrgId, t.kind)
      .where(sql`${t.redOf} is null and ${t.status} <> 'reddened'`),
    uniqueIndex('red_once').on(t.redOf).where(sql`${t.redOf} is not null`),
    check('invoice_sums', sql`${t.netFen} + ${t.taxFen} = ${t.totalFen}`),
    check(
      'invoice_issued',
      sql`(${t.status} = 'draft') = (${t.number20} is null) and (${t.number20} is null) = (${t.issuedOn} is null)`,
    ),
    check('invoice_number', sql`${t.number20} is null or ${t.number20} ~ '^[0-9]{20}$'`),
    check('red_needs_confirmation', sql`(${t.redOf} is null) = (${t.redConfirmation} is null)`),
    check(
      'invoice_kinds',
      sql`${t.kind} in ('special', 'ordinary') and coalesce(${t.specialType}, '12') in ('12', '16')`,
    ),
  ],
)

export const invoiceLines = snakeCase.table(
  'invoice_lines',
  {
    invoiceId: uuid()
      .notNull()
      .references(() => invoices.id),
    lineNo: integer().notNull(),
    skuId: uuid().notNull(),
    /** `*分类简称*名称`. */
    item: text().notNull(),
    spec: text().notNull(),
    unit: text().notNull(),
    /** In thousandths of the unit. */
    milliUnits: fen().notNull(),
    taxRateBp: integer().notNull(),
    exempt: boolean().notNull(),
    netFen: fen().notNull(),
    taxFen: fen().notNull(),
    grossFen: fen().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.invoiceId, t.lineNo] }),
    check('invoice_line_sums', sql`${t.netFen} + ${t.taxFen} = ${t.grossFen}`),
  ],
)

/** What will not be paid any more; asked by one person, decided by another. */
export const writeOffs = snakeCase.table(
  'write_offs',
  {
    id: id(),
    statementId: uuid()
      .notNull()
      .references(() => statements.id),
    amountFen: fen().notNull(),
    reason: text().notNull(),
    askedBy: uuid().notNull(),
    askedAt: instant().notNull(),
    decidedBy: uuid(),
    decidedAt: instant(),
    /** `approved` or `refused`. */
    outcome: text(),
  },
  (t) => [
    uniqueIndex('one_open_write_off').on(t.statementId).where(sql`${t.outcome} is null`),
    check('write_off_positive', sql`${t.amountFen} > 0`),
    check(
      'write_off_four_eyes',
      sql`(${t.outcome} is null) = (${t.decidedBy} is null) and ${t.decidedBy} is distinct from ${t.askedBy}`,
    ),
  ],
)

/** Months whose books are closed; none of their entries may come any more (a trigger on the ledger refuses it). */
export const monthCloses = snakeCase.table(
  'month_closes',
  {
    /** `2026-11`. */
    month: text().primaryKey(),
    /** `closed`, `opening` (a second person must agree) or `open` again. */
    status: text().notNull(),
    closedBy: uuid().notNull(),
    closedAt: instant().notNull(),
    /** The checklist as it stood. */
    checklist: jsonb().$type<{ name: string; open: number }[]>().notNull(),
    openAskedBy: uuid(),
    openAskedAt: instant(),
    openReason: text().notNull().default(''),
    openedBy: uuid(),
    openedAt: instant(),
    version: integer().notNull().default(1),
  },
  (t) => [
    check(
      'month_status',
      sql`${t.status} in ('closed', 'opening', 'open') and ${t.month} ~ '^20[0-9]{2}-(0[1-9]|1[0-2])$'`,
    ),
    check('month_four_eyes', sql`${t.openedBy} is null or ${t.openedBy} is distinct from ${t.openAskedBy}`),
  ],
)
