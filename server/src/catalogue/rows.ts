import { organisations } from '@huming/db/schema/accounts'
import { prices, products, skus, skuUnits } from '@huming/db/schema/catalogue'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { tiersFor } from '@huming/shared/pricing'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Ctx } from '../kernel/ctx.ts'
import { photoUrlOf, productReply, skuReply } from './shapes.ts'

export type ManagedProduct = ContractReply<Contracts['catalogue.listProducts']>['items'][number]
type ManagedSku = ManagedProduct['skus'][number]

/** Products with the name of their supplier; the caller adds the condition. */
export const selectProducts = (db: Ctx['db']) =>
  db
    .select({ product: products, supplier: organisations.shortName })
    .from(products)
    .innerJoin(organisations, eq(organisations.id, products.orgId))

/** Adds to products their packs and the list tiers of today, as their supplier sees them. */
export async function withPacks(
  ctx: Ctx,
  rows: { product: typeof products.$inferSelect; supplier: string }[],
): Promise<ManagedProduct[]> {
  const skusOf = await readSkus(
    ctx,
    rows.map((row) => row.product.id),
  )
  return rows.map(({ product, supplier }) => ({
    ...productReply(product, supplier, serviceDayOf(ctx.now)),
    photoUrl: photoUrlOf(product.photoFileId),
    skus: skusOf.get(product.id) ?? [],
  }))
}

async function readSkus(ctx: Ctx, productIds: string[]): Promise<Map<string, ManagedSku[]>> {
  if (productIds.length === 0) return new Map()
  const rows = await ctx.db
    .select()
    .from(skus)
    .where(inArray(skus.productId, productIds))
    .orderBy(asc(skus.basePerOrderUnit), asc(skus.id))
  const skuIds = rows.map((row) => row.id)
  const [units, listPrices] = await Promise.all([
    ctx.db.select().from(skuUnits).where(inArray(skuUnits.skuId, skuIds)),
    ctx.db
      .select()
      .from(prices)
      .where(and(inArray(prices.skuId, skuIds), isNull(prices.buyerOrgId), isNull(prices.buyerClass))),
  ])
  const unitsOf = Map.groupBy(units, (unit) => unit.skuId)
  const pricesOf = Map.groupBy(listPrices, (price) => price.skuId)
  const today = { buyerOrgId: null, buyerClass: null, day: serviceDayOf(ctx.now) }
  const shown = rows.map((row) => ({
    ...skuReply(row, unitsOf.get(row.id) ?? []),
    tiers: tiersFor(pricesOf.get(row.id) ?? [], today).map(({ fromUnits, centifen }) => ({
      fromUnits,
      centifen,
    })),
  }))
  return Map.groupBy(shown, (sku) => sku.productId)
}
