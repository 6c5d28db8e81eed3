import { organisations } from '@huming/db/schema/accounts'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { and, desc, eq, ilike, lt, or } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { likePattern, page } from '../kernel/page.ts'
import { orgReply } from './shapes.ts'

type Route = Contracts['accounts.listOrganisations']

/** Organisations newest first, by kind and by a part of the name or the USCC. */
export async function listOrganisations(
  ctx: Ctx,
  query: ContractParsed<Route>['query'],
): Promise<ContractReply<Route>> {
  allow(ctx, 'org.list')
  const pattern = query.search ? likePattern(query.search) : undefined
  const rows = await ctx.db
    .select()
    .from(organisations)
    .where(
      and(
        query.kind ? eq(organisations.kind, query.kind) : undefined,
        query.cursor ? lt(organisations.id, query.cursor) : undefined,
        pattern ? or(ilike(organisations.name, pattern), ilike(organisations.uscc, pattern)) : undefined,
      ),
    )
    .orderBy(desc(organisations.id))
    .limit(query.limit + 1)
  return page(rows.map(orgReply), query.limit, (row) => row.id)
}
