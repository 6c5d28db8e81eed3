import { addDays, type ServiceDay } from '@huming/shared/days'
import { discountedCentifen } from '@huming/shared/money'
import { aliasesOf } from '@huming/shared/search-text'
import { fixedSize } from '@huming/shared/units'
import { initialsOf, soundOf } from '../../pinyin.ts'
import type { prices, products, skus, skuUnits } from '../../schema/catalogue.ts'
import type { Pack, Product } from '../content/kinds.ts'
import { sampleProducts } from '../content/products.ts'
import { sampleEpoch, sampleId } from '../ids.ts'
import type { Standing } from './papers.ts'
import { supplierId } from './parties.ts'
import { handlingOfPack } from './picking.ts'

type SkuRow = typeof skus.$inferInsert
type PriceRow = typeof prices.$inferInsert

export const productId = (product: Product): string => sampleId(`product ${product.supplier} ${product.name}`)
export const skuId = (pack: Pack): string => sampleId(`sku ${pack.code}`)

/** Every pack with its product. */
export const samplePacks: readonly { pack: Pack; product: Product }[] = sampleProducts.flatMap((product) =>
  product.packs.map((pack) => ({ pack, product })),
)

export function productRows(standing: Standing): (typeof products.$inferInsert)[] {
  return sampleProducts.map((product) => ({
    id: productId(product),
    orgId: supplierId(product.supplier),
    name: product.name,
    nameEn: product.en,
    description: product.description,
    category: product.category,
    countyCode: product.county,
    picture: product.picture,
    pinyinFull: soundOf(product.name),
    pinyinInitials: initialsOf(product.name),
    aliases: [...new Set([...product.aliases, ...aliasesOf(product.name)])].slice(0, 12),
    shortCodes: [...product.codes],
    seasons: [...product.seasons],
    marks: standing(product).marks,
    edibleBasis: product.edibleBasis ?? null,
    story: product.story,
    isSample: true,
    createdAt: sampleEpoch,
  }))
}

/** Base units of the pricing unit: the ordering unit where the price is for the whole pack. */
export const pricingOf = (pack: Pack): readonly [unit: string, size: number] => pack.per ?? pack.order

/** Life that must remain at the door: a day for the short-lived, a third for what keeps, at most two months. */
export const remainingDays = (lifeDays: number): number =>
  lifeDays <= 7 ? 1 : Math.min(60, Math.floor(lifeDays / 3))

/** Grams of an ordering unit with its packing. */
export const grossGrams = (pack: Pack): number => pack.gross ?? Math.ceil(pack.order[1] * 1.08)

export function skuRows(standing: Standing): SkuRow[] {
  return samplePacks.map(({ pack, product }) => {
    const { sale } = standing(product)
    const [orderUnit, basePerOrderUnit] = pack.order
    const [priceUnit, basePerPriceUnit] = pricingOf(pack)
    const gross = grossGrams(pack)
    return {
      id: skuId(pack),
      productId: productId(product),
      orgId: supplierId(product.supplier),
      code: pack.code,
      spec: pack.spec,
      baseUnit: pack.base ?? 'g',
      orderUnit,
      basePerOrderUnit,
      priceUnit,
      basePerPriceUnit,
      minUnits: pack.min ?? 1,
      stepUnits: pack.step ?? 1,
      catchWeight: pack.catchWeight ?? false,
      toleranceBp: pack.catchWeight ? 1000 : 500,
      zone: pack.zone,
      shelfLifeDays: pack.lifeDays,
      minRemainingDays: remainingDays(pack.lifeDays),
      allergens: [...(pack.allergens ?? [])],
      ...handlingOfPack(pack, product),
      storage: pack.storage,
      taxClass: pack.tax,
      grossGramsPerUnit: gross,
      millilitresPerUnit: pack.millilitres ?? gross * 2,
      saleFrom: sale?.from ?? '',
      saleUntil: sale?.until ?? '',
      isSample: true,
    }
  })
}

/** Smaller units inside the ordering unit, and kg or litre where they are a fixed part. */
export function unitRows(): (typeof skuUnits.$inferInsert)[] {
  return samplePacks.flatMap(({ pack }) =>
    (pack.units ?? [])
      .filter(([unit]) => fixedSize(unit) === null)
      .map(([unit, baseQuantity]) => ({ skuId: skuId(pack), unit, baseQuantity })),
  )
}

/** Whole fen, and tenths of a yuan where the price is above twenty yuan. */
export function listCentifen(pack: Pack, percentOff: number): number {
  const exact = discountedCentifen(Math.trunc(pack.price * 10_000 + 0.5), percentOff * 100)
  const step = exact > 200_000 ? 1000 : 100
  return exact - (exact % step)
}

/** List prices with their steps and class prices, in force since before the first sample order. */
export function priceRows(today: ServiceDay): PriceRow[] {
  const from = addDays(today, -120)
  return samplePacks.flatMap(({ pack }) => {
    const audience = (word: string, off: number, who: Partial<PriceRow>): PriceRow[] =>
      [[1, 0] as const, ...(pack.tiers ?? [])].map(([fromUnits, more]) => ({
        id: sampleId(`price ${pack.code} ${word} ${fromUnits}`),
        skuId: skuId(pack),
        buyerOrgId: null,
        buyerClass: null,
        fromUnits,
        centifen: listCentifen(pack, off + more),
        validFrom: from,
        validTo: '2099-12-31',
        createdAt: sampleEpoch,
        ...who,
      }))
    return [
      ...audience('list', 0, {}),
      ...Object.entries(pack.classes ?? {}).flatMap(([buyerClass, off]) =>
        audience(buyerClass, off, { buyerClass }),
      ),
    ]
  })
}
