import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  primaryKey,
  smallint,
  snakeCase,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { changedIn, id, instant, isSample, serviceDay } from '../columns.ts'

/** A party: buyer, co-op, prepared-food base, broker, warehouse, carrier, operations centre, government. */
export const organisations = snakeCase.table(
  'organisations',
  {
    id: id(),
    kind: text().notNull(),
    name: text().notNull(),
    shortName: text().notNull(),
    /** Unified social credit code (GB 32100), where the party has one. */
    uscc: text(),
    /** One of the seven buyer classes; null for other kinds. */
    buyerClass: text(),
    /** GB/T 2260 code of the county or district. */
    divisionCode: text().notNull(),
    /** VAT position as a seller: `self_producer`, `general`, `small`. */
    sellerTaxType: text(),
    /** Orders above this total (fen) placed by a purchaser wait for an approver; null = never. */
    approvalAboveFen: integer(),
    suspendedAt: instant(),
    isSample: isSample(),
    createdAt: instant().notNull(),
    changedIn: changedIn(),
  },
  (t) => [
    index().on(t.kind),
    uniqueIndex().on(t.uscc).where(sql`${t.uscc} is not null`),
    check('buyer_has_class', sql`(${t.kind} = 'buyer') = (${t.buyerClass} is not null)`),
  ],
)

/** The city warehouse and its sub-centres. */
export const hubs = snakeCase.table('hubs', {
  id: id(),
  orgId: uuid()
    .notNull()
    .references(() => organisations.id),
  kind: text().notNull(),
  name: text().notNull(),
  parentHubId: uuid(),
  districtCode: text().notNull(),
  address: text().notNull(),
  lngE6: integer('lng_e6').notNull(),
  latE6: integer('lat_e6').notNull(),
  isSample: isSample(),
})

/** A place of an organisation: a shop or canteen door, a farm, a base. Coordinates are WGS-84 micro-degrees. */
export const sites = snakeCase.table(
  'sites',
  {
    id: id(),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    /** The hub that serves the site (buyers) or that it ships to (suppliers). */
    hubId: uuid()
      .notNull()
      .references(() => hubs.id),
    name: text().notNull(),
    districtCode: text().notNull(),
    address: text().notNull(),
    lngE6: integer('lng_e6').notNull(),
    latE6: integer('lat_e6').notNull(),
    contactName: text().notNull(),
    contactPhone: text().notNull(),
    /** Weekdays with delivery, 1 = Monday … 7 = Sunday. */
    deliveryWeekdays: smallint().array().notNull(),
    /** Delivery window, minutes of the delivery day. */
    windowFrom: smallint().notNull(),
    windowTo: smallint().notNull(),
    serviceSeconds: integer().notNull().default(480),
    keyDrop: boolean().notNull().default(false),
    gateNote: text().notNull().default(''),
    /** Further limits for the truck: times of the day it may come (null: the delivery window) and its largest size. */
    windows: jsonb().$type<{ from: number; to: number }[]>(),
    largestLengthCm: integer(),
    largestHeightCm: integer(),
    largestGrossKg: integer(),
    /** What the vehicle must have: `tail_lift`, a pass … */
    needs: text().array().notNull().default([]),
    /** 0 is normal; a higher one is left out last when trucks are short. */
    planPriority: smallint().notNull().default(0),
    closedAt: instant(),
    isSample: isSample(),
  },
  (t) => [
    index().on(t.orgId),
    index().on(t.hubId),
    check(
      'window_order',
      sql`${t.windowFrom} >= 0 and ${t.windowFrom} < ${t.windowTo} and ${t.windowTo} <= 1440`,
    ),
  ],
)

export const people = snakeCase.table('people', {
  id: id(),
  phone: text().notNull().unique(),
  name: text().notNull(),
  /** argon2id in PHC form. */
  passwordHash: text().notNull(),
  locale: text().notNull().default('zh'),
  disabledAt: instant(),
  isSample: isSample(),
  createdAt: instant().notNull(),
})

/** A person's role in an organisation; a person may hold several. */
export const memberships = snakeCase.table(
  'memberships',
  {
    personId: uuid()
      .notNull()
      .references(() => people.id),
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    role: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.orgId, t.role] }), index().on(t.orgId)],
)

/** Signed-in devices. The token itself is never stored, only its SHA-256. */
export const sessions = snakeCase.table(
  'sessions',
  {
    id: id(),
    tokenHash: text().notNull().unique(),
    personId: uuid()
      .notNull()
      .references(() => people.id),
    /** The organisation the session acts for. */
    orgId: uuid()
      .notNull()
      .references(() => organisations.id),
    device: text().notNull().default(''),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
  },
  (t) => [index().on(t.personId), index().on(t.expiresAt)],
)

/** Failed sign-ins by phone, for throttling. */
export const signInFailures = snakeCase.table(
  'sign_in_failures',
  { id: id(), phone: text().notNull(), at: instant().notNull() },
  (t) => [index().on(t.phone, t.at)],
)

/** A broker's dated mandate to act for a principal. */
export const mandates = snakeCase.table(
  'mandates',
  {
    id: id(),
    brokerOrgId: uuid()
      .notNull()
      .references(() => organisations.id),
    principalOrgId: uuid()
      .notNull()
      .references(() => organisations.id),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
    /** How commission is reckoned: `kg` (1/100 fen per kg), `bp` of the goods, `lump` (fen per order); null = none. */
    commissionBasis: text(),
    commissionRate: integer().notNull().default(0),
    /** The supplier's share of the commission in basis points; the rest is paid by the platform out of its fees. */
    supplierPaysBp: integer().notNull().default(10_000),
    platformOrgId: uuid().references(() => organisations.id),
    /** Holds for orders placed after this. */
    writtenAt: instant().notNull().defaultNow(),
  },
  (t) => [
    index().on(t.brokerOrgId),
    index().on(t.principalOrgId),
    check(
      'commission_basis',
      sql`${t.commissionBasis} in ('kg','bp','lump') and ${t.commissionRate} >= 0
      or ${t.commissionBasis} is null and ${t.commissionRate} = 0`,
    ),
    check(
      'commission_payer',
      sql`${t.supplierPaysBp} between 0 and 10000
      and (${t.supplierPaysBp} = 10000 or ${t.platformOrgId} is not null)`,
    ),
  ],
)

/** Uploaded pictures and documents; the bytes lie in the blob store under the id. */
export const files = snakeCase.table('files', {
  id: id(),
  orgId: uuid()
    .notNull()
    .references(() => organisations.id),
  mediaType: text().notNull(),
  bytes: integer().notNull(),
  sha256: text().notNull(),
  /** `public` pictures of products, else only the owner and operations. */
  visibility: text().notNull(),
  createdBy: uuid().notNull(),
  createdAt: instant().notNull(),
})
