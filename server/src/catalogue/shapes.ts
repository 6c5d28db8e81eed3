import type { products, skus, skuUnits } from '@huming/db/schema/catalogue'
import type { productShape, skuShape } from '@huming/shared/contracts/catalogue'
import type { ServiceDay } from '@huming/shared/days'
import { marksOn } from '@huming/shared/gates'
import type { z } from 'zod'

type ProductRow = typeof products.$inferSelect
type SkuRow = typeof skus.$inferSelect
type UnitRow = Pick<typeof skuUnits.$inferSelect, 'unit' | 'baseQuantity'>

export const photoUrlOf = (photoFileId: string | null): string | null =>
  photoFileId && `/api/files/${photoFileId}`

/** What leaves the server of a product, with the marks it may show on the day. */
export const productReply = (
  row: ProductRow,
  supplier: string,
  day: ServiceDay,
): z.output<typeof productShape> => ({
  id: row.id,
  orgId: row.orgId,
  supplier,
  name: row.name,
  nameEn: row.nameEn,
  description: row.description,
  category: row.category,
  countyCode: row.countyCode,
  picture: row.picture,
  photoFileId: row.photoFileId,
  aliases: row.aliases,
  shortCodes: row.shortCodes,
  seasons: row.seasons,
  edibleBasis: row.edibleBasis as Product['edibleBasis'],
  marks: marksOn(row.marks, day).map(({ type, text }) => ({ type, text })),
  story: row.story,
  archived: row.archivedAt !== null,
  version: row.version,
  isSample: row.isSample,
})

type Product = z.output<typeof productShape>
type Sku = z.output<typeof skuShape>

/** What leaves the server of a pack. */
export const skuReply = (row: SkuRow, units: readonly UnitRow[]): Sku => ({
  id: row.id,
  productId: row.productId,
  orgId: row.orgId,
  code: row.code,
  spec: row.spec,
  gtin: row.gtin,
  baseUnit: row.baseUnit as Sku['baseUnit'],
  orderUnit: row.orderUnit as Sku['orderUnit'],
  basePerOrderUnit: row.basePerOrderUnit,
  priceUnit: row.priceUnit as Sku['priceUnit'],
  basePerPriceUnit: row.basePerPriceUnit,
  minUnits: row.minUnits,
  stepUnits: row.stepUnits,
  maxUnits: row.maxUnits,
  catchWeight: row.catchWeight,
  toleranceBp: row.toleranceBp,
  zone: row.zone as Sku['zone'],
  shelfLifeDays: row.shelfLifeDays,
  minRemainingDays: row.minRemainingDays,
  allergens: row.allergens as Sku['allergens'],
  handling: row.handling as Sku['handling'],
  loose: row.loose,
  storage: row.storage,
  taxClass: row.taxClass as Sku['taxClass'],
  grossGramsPerUnit: row.grossGramsPerUnit,
  millilitresPerUnit: row.millilitresPerUnit,
  units: units
    .map(({ unit, baseQuantity }) => ({ unit: unit as Sku['baseUnit'], baseQuantity }))
    .sort((a, b) => b.baseQuantity - a.baseQuantity || (a.unit < b.unit ? -1 : 1)),
  archived: row.archivedAt !== null,
  version: row.version,
  isSample: row.isSample,
})
