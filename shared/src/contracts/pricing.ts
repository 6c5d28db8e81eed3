import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, instantField, okReply, pageOf, pageQuery, serviceDayField, textField } from '../fields.ts'
import { priceKinds } from '../pricing.ts'
import { BUYER_CLASS_IDS } from '../reference/buyer-classes.ts'
import { SELLER_TYPES, TAX_CLASS_IDS } from '../reference/taxes.ts'
import { UNIT_IDS } from '../units.ts'

const centifenField = z.int().min(1).max(100_000_000_000)

/** What a price was reckoned from (`PriceBasis`). */
export const priceBasisShape = z.object({
  kind: z.enum(priceKinds),
  contract: z.string().optional(),
  reference: z
    .object({
      market: z.string(),
      product: z.string(),
      day: serviceDayField,
      centifen: z.int(),
      discountBp: z.int(),
    })
    .optional(),
})

const lineField = z
  .object({
    skuId: idField,
    /** Either a fixed price … */
    centifen: centifenField.nullable().default(null),
    /** … or so many basis points below a reference price. */
    discountBp: z.int().min(0).max(9999).nullable().default(null),
    referenceKey: textField(160, 1).nullable().default(null),
    /** Ordering units agreed on; null = any number. */
    limitUnits: z.int().min(1).max(10_000_000).nullable().default(null),
  })
  .refine((line) => (line.centifen === null) === (line.discountBp !== null && line.referenceKey !== null), {
    message: 'fixed_or_discount',
  })

const contractBrief = z.object({
  id: idField,
  number: z.string(),
  supplierOrgId: idField,
  supplier: z.string(),
  buyerOrgId: idField,
  buyer: z.string(),
  validFrom: serviceDayField,
  validTo: serviceDayField,
  endedAt: instantField.nullable(),
  lineCount: z.int(),
  isSample: z.boolean(),
})
const contractShape = contractBrief.extend({
  note: z.string(),
  lines: z.array(
    z.object({
      id: idField,
      skuId: idField,
      code: z.string(),
      name: z.string(),
      nameEn: z.string(),
      spec: z.string(),
      orderUnit: z.enum(UNIT_IDS),
      priceUnit: z.enum(UNIT_IDS),
      /** What it costs today; null before it begins or after its end. */
      centifen: z.int().nullable(),
      basis: priceBasisShape.nullable(),
      discountBp: z.int().nullable(),
      referenceKey: z.string().nullable(),
      limitUnits: z.int().nullable(),
      /** Ordering units that standing and delivered orders take; a part of a unit counts as one. */
      takenUnits: z.int(),
    }),
  ),
})

const referenceFields = {
  market: textField(60, 1),
  product: textField(40, 1),
  grade: textField(20).default(''),
  day: serviceDayField,
  lowCentifen: centifenField.nullable().default(null),
  averageCentifen: centifenField,
  highCentifen: centifenField.nullable().default(null),
  /** The price is per so many grams or pieces, e.g. 1000 for a price per kg, 500 per 斤. */
  per: z.int().min(1).max(1_000_000),
}
const taxFields = {
  taxClass: z.enum(TAX_CLASS_IDS),
  sellerType: z.enum(SELLER_TYPES),
  validFrom: serviceDayField,
  validTo: serviceDayField,
  rateBp: z.int().min(0).max(10_000),
  exempt: z.boolean(),
  basis: textField(200, 2),
}

const stepShape = z.object({
  reason: z.enum(['contract', 'class', 'list']),
  verdict: z.enum(['holds', 'none', 'more_units', 'spent', 'less_specific']),
  price: z
    .object({
      centifen: z.int(),
      fromUnits: z.int(),
      kind: z.enum(priceKinds),
      basis: priceBasisShape.nullable(),
    })
    .nullable(),
})

export const pricingContracts = {
  'pricing.explain': contract({
    method: 'GET',
    path: '/api/skus/:id/price',
    access: 'price.explain',
    summary: 'Who pays what for a pack and why: what contract, buyer class and list say, and which one holds',
    params: z.object({ id: idField }),
    query: z.object({
      buyerOrgId: idField,
      units: z.coerce.number().int().min(1).max(9999).default(1),
      day: serviceDayField.optional(),
    }),
    reply: z.object({
      day: serviceDayField,
      priceUnit: z.enum(UNIT_IDS),
      orderUnit: z.enum(UNIT_IDS),
      taxRateBp: z.int().nullable(),
      taxBasis: z.string(),
      /** Most specific first. */
      steps: z.array(stepShape),
    }),
  }),
  'pricing.listContracts': contract({
    method: 'GET',
    path: '/api/price-contracts',
    access: 'contract.read',
    summary: 'Price contracts one is a party of, those in force first',
    query: z.object({ ...pageQuery, ended: z.stringbool().optional() }),
    reply: pageOf(contractBrief),
  }),
  'pricing.findBuyers': contract({
    method: 'GET',
    path: '/api/price-contracts/buyers',
    access: 'contract.write',
    summary: 'Buyers by name, to agree a price with',
    query: z.object({ search: textField(60, 1) }),
    reply: z.object({
      items: z.array(z.object({ id: idField, name: z.string(), buyerClass: z.enum(BUYER_CLASS_IDS) })),
    }),
  }),
  'pricing.readContract': contract({
    method: 'GET',
    path: '/api/price-contracts/:id',
    access: 'contract.read',
    summary: 'A price contract with what each line costs today and how much of its quantity is taken',
    params: z.object({ id: idField }),
    reply: contractShape,
  }),
  'pricing.writeContract': contract({
    method: 'PUT',
    path: '/api/price-contracts/:id',
    access: 'contract.write',
    summary:
      'Enter a contract of fixed prices or discounts below a reference price; it holds from its first day on',
    params: z.object({ id: idField }),
    body: z.object({
      number: textField(40, 1),
      supplierOrgId: idField,
      buyerOrgId: idField,
      validFrom: serviceDayField,
      validTo: serviceDayField,
      note: textField(300).default(''),
      lines: z.array(lineField).min(1).max(200),
    }),
    reply: okReply,
    problems: ['id_reused', 'contract_number_taken', 'contract_overlaps', 'reference_missing'],
  }),
  'pricing.endContract': contract({
    method: 'POST',
    path: '/api/price-contracts/:id/end',
    access: 'contract.write',
    summary: 'End a contract with a day from today on; orders that stand keep their price',
    params: z.object({ id: idField }),
    body: z.object({ lastDay: serviceDayField }),
    reply: okReply,
    problems: ['contract_day_wrong'],
  }),
  'pricing.listReferences': contract({
    method: 'GET',
    path: '/api/reference-prices',
    access: 'reference.read',
    summary: 'Wholesale prices of the day by market and product, newest first',
    query: z.object({ ...pageQuery, search: textField(60).optional(), key: textField(160).optional() }),
    reply: pageOf(
      z.object({
        ...referenceFields,
        grade: z.string(),
        lowCentifen: z.int().nullable(),
        highCentifen: z.int().nullable(),
        id: idField,
        key: z.string(),
        source: z.string(),
        enteredAt: instantField,
        isSample: z.boolean(),
      }),
    ),
  }),
  'pricing.importReferences': contract({
    method: 'PUT',
    path: '/api/reference-prices/imports/:id',
    access: 'reference.write',
    summary:
      'Import a day’s reference prices, all or none; contracts that follow them get their new price at once',
    params: z.object({ id: idField }),
    body: z.object({
      source: textField(120, 2),
      rows: z.array(z.object(referenceFields)).min(1).max(500),
    }),
    reply: z.object({ imported: z.int(), pricesMoved: z.int() }),
    bodyBytes: 500_000,
  }),
  'pricing.taxRules': contract({
    method: 'GET',
    path: '/api/tax-rules',
    access: 'taxRule.read',
    summary: 'VAT by class of goods and position of the seller, with days of validity and the article',
    reply: z.object({ items: z.array(z.object({ ...taxFields, basis: z.string(), id: idField })) }),
  }),
  'pricing.writeTaxRule': contract({
    method: 'PUT',
    path: '/api/tax-rules/:id',
    access: 'taxRule.write',
    summary: 'Enter a VAT rule from a day after today on; orders that stand keep their rate',
    params: z.object({ id: idField }),
    body: z.object(taxFields),
    reply: okReply,
    problems: ['id_reused', 'tax_rule_too_early', 'tax_rule_exists'],
  }),
} as const
