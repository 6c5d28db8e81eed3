import { products, skus } from '@huming/db/schema/catalogue'
import { lots } from '@huming/db/schema/stock'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { and, desc, eq, ilike, inArray, lt, or } from 'drizzle-orm'
import { visibleHubIds, visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { likePattern, page } from '../kernel/page.ts'
import { type Lot, selectLots } from './rows.ts'

type Route = Contracts['stock.listLots']

/** Lots of one's organisation, principals or hubs, newest first; found by code, pack code, name or its sound. */
export async function listLots(
  ctx: Ctx,
  query: ContractParsed<Route>['query'],
): Promise<ContractReply<Route>> {
  const pattern = query.search ? likePattern(query.search) : undefined
  const rows = await selectLots(ctx.db)
    .where(
      and(
        mayRead(ctx),
        query.orgId ? eq(lots.orgId, query.orgId) : undefined,
        query.hubId ? eq(lots.hubId, query.hubId) : undefined,
        query.skuId ? eq(lots.skuId, query.skuId) : undefined,
        query.stage ? eq(lots.stage, query.stage) : undefined,
        query.cursor ? lt(lots.id, query.cursor) : undefined,
        pattern
          ? or(
              ilike(lots.code, pattern),
              ilike(skus.code, pattern),
              ilike(products.name, pattern),
              ilike(products.pinyinFull, pattern),
              ilike(products.pinyinInitials, pattern),
            )
          : undefined,
      ),
    )
    .orderBy(desc(lots.id))
    .limit(query.limit + 1)
  return page(rows as Lot[], query.limit, (lot) => lot.id)
}

function mayRead(ctx: Ctx) {
  const orgIds = visibleOrgIds(ctx, 'lot.read')
  const hubIds = visibleHubIds(ctx, 'lot.read')
  if (orgIds === 'all' || hubIds === 'all') return undefined
  return or(inArray(lots.orgId, orgIds), inArray(lots.hubId, hubIds))
}
