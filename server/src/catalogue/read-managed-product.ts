import { organisations } from '@huming/db/schema/accounts'
import { prices, products } from '@huming/db/schema/catalogue'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { and, desc, eq, gte, inArray } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { selectProducts, withPacks } from './rows.ts'

type Reply = ContractReply<Contracts['catalogue.readManagedProduct']>
type PriceList = Reply['priceLists'][number]

const pricesMax = 2000

/** One product with its packs and every price list that holds today or later, the one begun last first. */
export async function readManagedProduct(ctx: Ctx, id: string): Promise<Reply> {
  allow(ctx, 'catalogue.manage')
  const [row] = await selectProducts(ctx.db).where(eq(products.id, id))
  const { product, supplier } = found(row)
  allow(ctx, 'catalogue.manage', { orgId: product.orgId })
  const [shown] = await withPacks(ctx, [{ product, supplier }])
  const managed = found(shown)
  const lists = await readPriceLists(
    ctx,
    managed.skus.map((sku) => sku.id),
  )
  return { ...managed, priceLists: lists }
}

async function readPriceLists(ctx: Ctx, skuIds: string[]): Promise<PriceList[]> {
  if (skuIds.length === 0) return []
  const today = serviceDayOf(ctx.now)
  const rows = await ctx.db
    .select({ price: prices, buyer: organisations.shortName })
    .from(prices)
    .leftJoin(organisations, eq(organisations.id, prices.buyerOrgId))
    .where(and(inArray(prices.skuId, skuIds), gte(prices.validTo, today)))
    .orderBy(desc(prices.validFrom), prices.fromUnits)
    .limit(pricesMax)
  const audience = ({ price }: (typeof rows)[number]) =>
    [price.skuId, price.buyerOrgId ?? '', price.buyerClass ?? ''].join()
  const lists = Map.groupBy(rows, (row) => `${audience(row)},${row.price.validFrom}`)
  // Lists come begun last first, so the first begun one of an audience is the one it pays by.
  const paying = new Set<string>()
  return [...lists.values()].map((list) => {
    const [first] = list as [(typeof rows)[number]]
    const { skuId, buyerOrgId, buyerClass, validFrom, validTo } = first.price
    const inForce = validFrom <= today && !paying.has(audience(first))
    if (inForce) paying.add(audience(first))
    return {
      skuId,
      buyerOrgId,
      buyer: first.buyer,
      validFrom,
      validTo,
      inForce,
      kind: first.price.kind,
      buyerClass: buyerClass as PriceList['buyerClass'],
      tiers: list.map(({ price }) => ({
        fromUnits: price.fromUnits,
        centifen: price.centifen,
      })),
    }
  })
}
