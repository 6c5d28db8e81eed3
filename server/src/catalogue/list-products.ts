import { products, skus } from '@huming/db/schema/catalogue'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { and, desc, ilike, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import { allow, visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { likePattern, page } from '../kernel/page.ts'
import { selectProducts, withPacks } from './rows.ts'

type Route = Contracts['catalogue.listProducts']

/** Products one manages, newest first, with their packs and the list tiers of today. */
export async function listProducts(
  ctx: Ctx,
  query: ContractParsed<Route>['query'],
): Promise<ContractReply<Route>> {
  if (query.orgId) allow(ctx, 'catalogue.manage', { orgId: query.orgId })
  const orgIds = query.orgId ? [query.orgId] : visibleOrgIds(ctx, 'catalogue.manage')
  const pattern = query.search ? likePattern(query.search.toLowerCase()) : undefined
  const rows = await selectProducts(ctx.db)
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
  return page(await withPacks(ctx, rows), query.limit, (last) => last.id)
}
