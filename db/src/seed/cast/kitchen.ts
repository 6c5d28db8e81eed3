import { addDays, type ServiceDay } from '@huming/shared/days'
import { binCodeOf, binSequenceOf } from '@huming/shared/reference/bins'
import type { CategoryId } from '@huming/shared/reference/categories'
import { classifyDish } from '@huming/shared/reference/prepared-dish'
import { initialsOf, soundOf } from '../../pinyin.ts'
import type { hubs } from '../../schema/accounts.ts'
import type { bins } from '../../schema/bins.ts'
import type { prices, products, skus } from '../../schema/catalogue.ts'
import type { materials, skuLabels } from '../../schema/production.ts'
import type { recipeInputs, recipeSteps, recipes } from '../../schema/recipes.ts'
import { type Ingredient, ingredients } from '../content/kitchen.ts'
import { type PackLabel, packLabels } from '../content/labels.ts'
import { type SupplierKey, suppliers } from '../content/suppliers.ts'
import { sampleEpoch, sampleId } from '../ids.ts'
import { binId } from './bins.ts'
import { samplePacks, skuId } from './goods.ts'
import { supplierId } from './parties.ts'
import { supplierSiteRows } from './places.ts'

export type IngredientKey = keyof typeof ingredients
const all = Object.entries(ingredients) as [IngredientKey, Ingredient][]

export const ingredientId = (key: IngredientKey): string => sampleId(`kitchen sku ${key}`)
export const dumplingCode = 'SX-ZJ-01'
export const dumplingId = sampleId(`sku ${dumplingCode}`)
export const storeId = (key: SupplierKey): string => sampleId(`store ${key}`)
export const recipeId = (what: 'wrapper' | 'filling' | 'dumpling', version = 1): string =>
  sampleId(`recipe ${what} ${version}`)

const makers = ['shaxianFrozen', 'xiamao'] as const

/** The bases' own stores, at the place they ship from. */
export function storeRows(): (typeof hubs.$inferInsert)[] {
  return makers.map((key) => {
    const site = supplierSiteRows().find((row) => row.orgId === supplierId(key))
    return {
      id: storeId(key),
      orgId: supplierId(key),
      kind: 'store',
      name: `${suppliers[key].shortName}原料库`,
      parentHubId: null,
      districtCode: '350405',
      address: suppliers[key].address,
      lngE6: site?.lngE6 ?? 0,
      latE6: site?.latE6 ?? 0,
      isSample: true,
    }
  })
}

/** One reserve for each zone of the stores. */
export const storeBinRows = (): (typeof bins.$inferInsert)[] =>
  makers.flatMap((key) =>
    (['ambient', 'chilled', 'chilled_meat'] as const).map((zone) => ({
      id: binId(storeId(key), zone, 'reserve'),
      hubId: storeId(key),
      code: binCodeOf(zone, 'reserve', 1),
      zone,
      kind: 'reserve',
      sequence: binSequenceOf('reserve', 1),
    })),
  )

const productId = (key: IngredientKey): string => sampleId(`kitchen product ${key}`)

/** What is offered to other makers, with its product. */
export const soldIngredients = all
  .filter(([, one]) => one.sold)
  .map(([key, { owner }]) => ({ key, owner, id: productId(key) }))

export const kitchenProducts = (): (typeof products.$inferInsert)[] =>
  all.map(([key, one]) => ({
    id: productId(key),
    orgId: supplierId(one.owner),
    name: one.name,
    ...(one.sold
      ? {
          nameEn: 'Dumpling wrappers for makers',
          description: '直径8厘米，每公斤约110张，冷藏直供基地。',
          story: '夏茂的师傅凌晨和面压皮。天亮前冷藏车送到沙县的蒸饺线上。',
          shortCodes: ['ZJP'],
        }
      : { nameEn: '', description: '', story: '', shortCodes: [] }),
    category: one.category,
    countyCode: '350405',
    pinyinFull: soundOf(one.name),
    pinyinInitials: initialsOf(one.name),
    aliases: [],
    seasons: [],
    marks: [],
    isSample: true,
    createdAt: sampleEpoch,
  }))

export const kitchenSkus = (): (typeof skus.$inferInsert)[] =>
  all.map(([key, one]) => ({
    id: ingredientId(key),
    productId: productId(key),
    orgId: supplierId(one.owner),
    code: `YL-${key.toUpperCase()}`,
    spec: one.spec,
    baseUnit: 'g',
    orderUnit: 'kg',
    basePerOrderUnit: 1000,
    priceUnit: 'kg',
    basePerPriceUnit: 1000,
    zone: one.zone,
    shelfLifeDays: one.lifeDays,
    minRemainingDays: 0,
    allergens: [...(one.allergens ?? [])],
    storage: one.storage ?? '',
    taxClass: one.tax,
    grossGramsPerUnit: 1050,
    millilitresPerUnit: 2000,
    saleFrom: '2024-01-01',
    saleUntil: '2099-12-31',
    isSample: true,
  }))

/** The price shops would pay for what is made for makers. */
export const kitchenPrices = (today: ServiceDay): (typeof prices.$inferInsert)[] => [
  {
    id: sampleId('kitchen price wrapper'),
    skuId: ingredientId('wrapper'),
    centifen: 95_000,
    validFrom: addDays(today, -120),
    validTo: '2099-12-31',
    createdAt: sampleEpoch,
  },
]

export const materialRows = (): (typeof materials.$inferInsert)[] =>
  all
    .filter(([, one]) => !one.sold)
    .map(([key, one]) => ({
      skuId: ingredientId(key),
      orgId: supplierId(one.owner),
      kind: 'ingredient',
      additiveClass: null,
    }))

/** Labels of what is sold prepackaged, and of the wrapper that goes into the dumplings. */
export function skuLabelRows(): (typeof skuLabels.$inferInsert)[] {
  const sold = samplePacks.flatMap(({ pack, product }) => {
    const label = packLabels[pack.code]
    return label ? [labelRow(skuId(pack), product, label)] : []
  })
  const wrapper = {
    names: ['小麦粉', '饮用水', '食用盐'],
    standard: 'Q/XMMM 0001S（示例）',
    answers: { prepackaged: true, staple: true },
  }
  return [
    ...sold,
    labelRow(
      ingredientId('wrapper'),
      { supplier: 'xiamao', category: ingredients.wrapper.category },
      wrapper,
    ),
  ]
}

function labelRow(
  packId: string,
  { supplier, category }: { supplier: SupplierKey; category: CategoryId },
  { names, standard, answers }: PackLabel,
): typeof skuLabels.$inferInsert {
  const told = classifyDish(category, answers, '2026-11-01')
  const seller = suppliers[supplier]
  return {
    skuId: packId,
    orgId: supplierId(supplier),
    ingredients: names.map((name) => ({ name, additiveClass: null })),
    productStandard: standard,
    scNumber: 'licence' in seller ? seller.licence.number : '',
    answers,
    preparedDishClass: 'dishClass' in told ? told.dishClass : null,
    writtenAt: sampleEpoch,
  }
}

type Lines = readonly (readonly [IngredientKey, grams: number, lossBp?: number])[]

/** What one standard batch takes. */
export const formulas = {
  wrapper: { gives: 100_000, takes: [['flour', 74_000]] },
  filling: {
    gives: 100_000,
    takes: [
      ['pork', 46_000, 200],
      ['cabbage', 46_000, 1500],
      ['seasoning', 9000],
    ],
  },
  dumpling: {
    gives: 100_000,
    takes: [
      ['filling', 57_000],
      ['wrapper', 44_000, 100],
    ],
  },
} as const satisfies Record<string, { gives: number; takes: Lines }>

const makes = { wrapper: ingredientId('wrapper'), filling: ingredientId('filling'), dumpling: dumplingId }
const ownerOf = (what: keyof typeof formulas): SupplierKey =>
  what === 'wrapper' ? 'xiamao' : 'shaxianFrozen'
export const made = (what: keyof typeof formulas) => ({ skuId: makes[what], owner: ownerOf(what) })

const steps: Record<
  keyof typeof formulas,
  readonly (readonly [string, number | null, (number | null)?, (number | null)?])[]
> = {
  wrapper: [
    ['和面', 20],
    ['压皮切皮', 40],
  ],
  filling: [
    ['解冻清洗切配', 60],
    ['搅拌', 15, null, 100],
  ],
  dumpling: [
    ['包制', 90],
    ['蒸制', 12, 850, null],
    ['速冻', 40, null, -180],
    ['金属检测', null],
  ],
}

/** Recipes in force; the dumplings' second version follows in ten days. */
export function recipeRows(today: ServiceDay) {
  const kinds = Object.keys(formulas) as (keyof typeof formulas)[]
  const versions = [...kinds.map((what) => [what, 1] as const), ['dumpling', 2] as const]
  const recipe = versions.map(([what, version]): typeof recipes.$inferInsert => ({
    id: recipeId(what, version),
    orgId: supplierId(ownerOf(what)),
    skuId: makes[what],
    version,
    kind: 'process',
    batchQuantity: formulas[what].gives,
    toleranceBp: 300,
    validFrom: version === 1 ? addDays(today, -90) : addDays(today, 10),
    note: version === 2 ? '馅料比例微调（示例）' : '',
    createdAt: sampleEpoch,
    isSample: true,
  }))
  const inputs = versions.flatMap(([what, version]) =>
    (formulas[what].takes as Lines).map(
      ([key, quantity, lossBp = 0], i): typeof recipeInputs.$inferInsert => ({
        recipeId: recipeId(what, version),
        seq: i + 1,
        skuId: ingredientId(key),
        quantity: version === 2 && key === 'filling' ? quantity + 1000 : quantity,
        lossBp,
      }),
    ),
  )
  const stepRows = versions.flatMap(([what, version]) =>
    steps[what].map(
      ([name, minutes, minDeciC = null, maxDeciC = null], i): typeof recipeSteps.$inferInsert => ({
        recipeId: recipeId(what, version),
        seq: i + 1,
        name,
        minutes,
        minDeciC,
        maxDeciC,
      }),
    ),
  )
  return { recipes: recipe, inputs, steps: stepRows }
}

export const stepsOf = (what: keyof typeof formulas) => steps[what]
