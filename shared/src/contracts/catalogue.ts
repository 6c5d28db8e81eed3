import { z } from 'zod'
import { contract } from '../contract.ts'
import { isServiceDay } from '../days.ts'
import { idField, okReply, pageOf, pageQuery, serviceDayField, textField } from '../fields.ts'
import { priceKinds } from '../pricing.ts'
import { ALLERGEN_IDS } from '../reference/allergens.ts'
import { BUYER_CLASS_IDS } from '../reference/buyer-classes.ts'
import { HANDLING_IDS } from '../reference/handling.ts'
import { EDIBLE_BASES } from '../reference/papers.ts'
import { TAX_CLASS_IDS } from '../reference/taxes.ts'
import { ZONE_IDS } from '../reference/zones.ts'
import { BASE_UNITS, UNIT_IDS } from '../units.ts'

const unitField = z.enum(UNIT_IDS)
/** A month and day that exists, 02-29 included. */
const monthDayField = z
  .string()
  .regex(/^\d{2}-\d{2}$/)
  .refine((text): boolean => isServiceDay(`2000-${text}`), { message: 'no_such_day' })
const seasonField = z.object({
  from: monthDayField,
  to: monthDayField,
  peak: z.boolean().default(false),
})
/** 1/100 fen per pricing unit. */
export const centifenField = z.int().min(1).max(100_000_000_000)

/** What a buyer sees of a pack on a delivery day, with the price for them. */
export const offerShape = z.object({
  skuId: idField,
  productId: idField,
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  spec: z.string(),
  supplier: z.string(),
  supplierOrgId: idField,
  category: z.string(),
  countyCode: z.string(),
  picture: z.string(),
  photoUrl: z.string().nullable(),
  zone: z.enum(ZONE_IDS),
  allergens: z.array(z.enum(ALLERGEN_IDS)),
  marks: z.array(z.object({ type: z.string(), text: z.string() })),
  inSeason: z.boolean(),
  shelfLifeDays: z.int(),
  baseUnit: z.enum(BASE_UNITS),
  orderUnit: unitField,
  basePerOrderUnit: z.int(),
  priceUnit: unitField,
  basePerPriceUnit: z.int(),
  catchWeight: z.boolean(),
  minUnits: z.int(),
  stepUnits: z.int(),
  maxUnits: z.int(),
  /** Price tiers for this buyer, lowest quantity first; empty when there is no valid price. */
  tiers: z.array(
    z.object({ fromUnits: z.int(), centifen: z.int(), reason: z.enum(['list', 'class', 'contract']) }),
  ),
  /** Order units that can still be delivered on the day; and why none, or fewer than asked. */
  availableUnits: z.int(),
  unavailableReason: z
    .enum(['sold_out', 'out_of_season', 'no_price', 'not_yet_ready', 'short_life'])
    .nullable(),
  /** First later day within the horizon on which it can be delivered, when not on the day asked. */
  nextDay: serviceDayField.nullable(),
  /** Days of life left at delivery of the lot that would be promised first. */
  lifeLeftDays: z.int().nullable(),
  isSample: z.boolean(),
})

const skuFields = {
  productId: idField,
  code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{2,23}$/),
  spec: textField(80, 1),
  gtin: z
    .string()
    .regex(/^\d{8,14}$/)
    .nullable()
    .default(null),
  baseUnit: z.enum(BASE_UNITS),
  orderUnit: unitField,
  basePerOrderUnit: z.int().min(1).max(100_000_000),
  priceUnit: unitField,
  basePerPriceUnit: z.int().min(1).max(100_000_000),
  minUnits: z.int().min(1).max(9999).default(1),
  stepUnits: z.int().min(1).max(9999).default(1),
  maxUnits: z.int().min(1).max(9999).default(9999),
  catchWeight: z.boolean().default(false),
  toleranceBp: z.int().min(0).max(5000).default(500),
  zone: z.enum(ZONE_IDS),
  shelfLifeDays: z.int().min(1).max(3650),
  minRemainingDays: z.int().min(0).max(3650).default(1),
  allergens: z.array(z.enum(ALLERGEN_IDS)).max(8).default([]),
  /** What it may share a tote with, and whether lots may get mixed because it has no pack of its own. */
  handling: z.enum(HANDLING_IDS).default('packed'),
  loose: z.boolean().default(false),
  storage: textField(120).default(''),
  taxClass: z.enum(TAX_CLASS_IDS),
  grossGramsPerUnit: z.int().min(1).max(2_000_000),
  millilitresPerUnit: z.int().min(1).max(5_000_000),
  units: z
    .array(z.object({ unit: unitField, baseQuantity: z.int().min(1).max(100_000_000) }))
    .max(12)
    .default([]),
  archived: z.boolean().default(false),
}
const productFields = {
  orgId: idField,
  name: textField(60, 1),
  nameEn: textField(80).default(''),
  description: textField(1000).default(''),
  category: textField(24),
  /** Why an item of group A8 may be eaten; without one it is not listed as food. */
  edibleBasis: z.enum(EDIBLE_BASES).nullable().default(null),
  countyCode: z.string().regex(/^\d{6}$/),
  picture: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .default('generic'),
  photoFileId: idField.nullable().default(null),
  aliases: z.array(textField(20, 1)).max(12).default([]),
  shortCodes: z
    .array(z.string().regex(/^[A-Z0-9]{2,8}$/))
    .max(6)
    .default([]),
  seasons: z.array(seasonField).max(6).default([]),
  story: textField(1000).default(''),
  archived: z.boolean().default(false),
}
const tierField = z.object({ fromUnits: z.int().min(1).max(9999), centifen: centifenField })

/** A pack as its supplier manages it. */
export const skuShape = z.object({
  ...skuFields,
  id: idField,
  orgId: idField,
  version: z.int(),
  isSample: z.boolean(),
})
export const productShape = z.object({
  ...productFields,
  id: idField,
  supplier: z.string(),
  marks: z.array(z.object({ type: z.string(), text: z.string() })),
  version: z.int(),
  isSample: z.boolean(),
})

/** A product as its supplier manages it in lists: with its packs and the list tiers of today. */
const managedProductShape = productShape.extend({
  photoUrl: z.string().nullable(),
  skus: z.array(skuShape.extend({ tiers: z.array(tierField) })),
})
/** Tiers written for one audience from a day on; `inForce` when they are what it pays today. */
const priceListShape = z.object({
  skuId: idField,
  buyerOrgId: idField.nullable(),
  buyer: z.string().nullable(),
  buyerClass: z.enum(BUYER_CLASS_IDS).nullable(),
  validFrom: serviceDayField,
  validTo: serviceDayField,
  inForce: z.boolean(),
  kind: z.enum(priceKinds),
  tiers: z.array(tierField),
})

export const catalogueContracts = {
  'catalogue.browse': contract({
    method: 'GET',
    path: '/api/catalogue',
    access: 'catalogue.browse',
    summary:
      'Packs with the price for me and what can be delivered on a day to a site; search by Chinese, pinyin, initials or short code',
    query: z.object({
      ...pageQuery,
      siteId: idField.optional(),
      day: serviceDayField.optional(),
      search: textField(60).optional(),
      category: textField(24).optional(),
      countyCode: z
        .string()
        .regex(/^\d{6}$/)
        .optional(),
      zone: z.enum(ZONE_IDS).optional(),
      inSeason: z.stringbool().optional(),
      available: z.stringbool().optional(),
      skuIds: z
        .string()
        .max(8000)
        .optional()
        .describe('Comma-separated ids: just these, for baskets and guides'),
      sort: z.enum(['relevance', 'name', 'price', 'season']).default('relevance'),
    }),
    reply: pageOf(offerShape).extend({ day: serviceDayField }),
  }),
  'catalogue.readProduct': contract({
    method: 'GET',
    path: '/api/catalogue/products/:id',
    access: 'catalogue.browse',
    summary: 'A product with its story, marks, season calendar and packs as offers',
    params: z.object({ id: idField }),
    query: z.object({ siteId: idField.optional(), day: serviceDayField.optional() }),
    reply: productShape
      .omit({ archived: true, photoFileId: true })
      .extend({ photoUrl: z.string().nullable(), offers: z.array(offerShape) }),
  }),
  'catalogue.listProducts': contract({
    method: 'GET',
    path: '/api/products',
    access: 'catalogue.manage',
    summary: 'Products one manages, with their packs and list prices',
    query: z.object({
      ...pageQuery,
      orgId: idField.optional(),
      search: textField(60).optional(),
      archived: z.stringbool().optional(),
    }),
    reply: pageOf(managedProductShape),
  }),
  'catalogue.readManagedProduct': contract({
    method: 'GET',
    path: '/api/products/:id',
    access: 'catalogue.manage',
    summary: 'A product one manages, with its packs and every price list that holds or will hold',
    params: z.object({ id: idField }),
    reply: managedProductShape.extend({ priceLists: z.array(priceListShape) }),
  }),
  'catalogue.writeProduct': contract({
    method: 'PUT',
    path: '/api/products/:id',
    access: 'product.write',
    summary: 'Create or change a product',
    params: z.object({ id: idField }),
    body: z.object({ ...productFields, version: z.int().min(0).default(0) }),
    reply: productShape,
    problems: ['unknown_category', 'stale_version', 'id_reused'],
  }),
  'catalogue.writeSku': contract({
    method: 'PUT',
    path: '/api/skus/:id',
    access: 'product.write',
    summary: 'Create or change a pack: units and conversions, catch weight, zone, shelf life, allergens',
    params: z.object({ id: idField }),
    body: z.object({ ...skuFields, version: z.int().min(0).default(0) }),
    reply: skuShape,
    problems: [
      'sku_code_taken',
      'bad_units',
      'stale_version',
      'id_reused',
      'licence_missing',
      'licence_expired',
      'licence_out_of_scope',
      'edible_basis_missing',
    ],
  }),
  'catalogue.writePrices': contract({
    method: 'PUT',
    path: '/api/skus/:id/prices',
    access: 'price.write',
    summary: 'Set the tiers of a pack from a day on, for the list, a buyer class or one buyer',
    params: z.object({ id: idField }),
    body: z.object({
      buyerOrgId: idField.nullable().default(null),
      buyerClass: z.enum(BUYER_CLASS_IDS).nullable().default(null),
      validFrom: serviceDayField,
      validTo: serviceDayField.default('2099-12-31'),
      /** `daily` for 时价, `season` for a season's price; told to the buyer beside it. */
      kind: z.enum(['fixed', 'daily', 'season']).default('fixed'),
      tiers: z.array(tierField).min(1).max(6),
    }),
    reply: okReply,
    problems: ['bad_units', 'price_by_contract'],
  }),
} as const
