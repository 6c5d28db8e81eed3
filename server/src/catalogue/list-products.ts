import { organisations } from '@huming/db/schema/accounts'
import { prices, products, skus, skuUnits } from '@huming/db/schema/catalogue'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { tiersFor } from '@huming/shared/pricing'
import { and, asc, desc, eq, ilike, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import { allow, visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { likePattern, page } from '../kernel/page.ts'
import { photoUrlOf, productReply, skuReply } from './shapes.ts'

type Route = Contracts['catalogue.listProducts']
type Reply = ContractReply<Route>

/** Products one manages, newest first, with their packs and the list tiers of today. */
export async function listProducts(ctx: Ctx, query: ContractParsed<Route>['query']): Promise<Reply> {
  if (query.orgId) allow(ctx, 'catalogue.manage', { orgId: query.orgId })
  const orgIds = query.orgId ? [query.orgId] : visibleOrgIds(ctx, 'catalogue.manage')
  const pattern = query.search ? likePattern(query.search.toLowerCase()) : undefined
  const rows = await ctx.db
    .select({ product: products, supplier: organisations.shortName })
    .from(products)
    .innerJoin(organisations, eq(organisations.id, products.orgId))
    .where(
      and(
        orgIds === 'all' ? undefined : inArray(products.orgId, orgIds),
        query.cursor ? lt(products.id, query.cursor) : undefined,
        query.archived === undefined
          ? undefined
          : query.archived
            ? isNotNull(products.archivedAt)
            : isNull(products.archivedAt),
        pattern
          ? or(
              ilike(products.name, pattern),
              ilike(products.pinyinFull, pattern),
              ilike(products.pinyinInitials, pattern),
              sql`exists (select from unnest(${products.shortCodes} || ${products.aliases}) w where lower(w) like ${pattern})`,
              sql`exists (select from ${skus} where ${skus.productId} = ${products.id} and ${skus.code} ilike ${pattern})`,
            )
          : undefined,
      ),
    )
    .orderBy(desc(products.id))
    .limit(query.limit + 1)
  const skusOf = await readSkus(
    ctx,
    rows.map((row) => row.product.id),
  )
  const shown = rows.map(({ product, supplier }) => ({
    ...productReply(product, supplier),
    photoUrl: photoUrlOf(product.photoFileId),
    skus: skusOf.get(product.id) ?? [],
  }))
  return page(shown, query.limit, (last) => last.id)
}

type ListedSku = Reply['items'][number]['skus'][number]

async function readSkus(ctx: Ctx, productIds: string[]): Promise<Map<string, ListedSku[]>> {
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
