import { mandates, organisations } from '@huming/db/schema/accounts'
import { notices } from '@huming/db/schema/events'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { and, asc, count, desc, eq, gte, inArray, isNull, lt, lte } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { page } from '../kernel/page.ts'

type List = Contracts['accounts.listNotices']

/** Messages to the organisation acted for, newest first, with how many are unread. */
export async function listNotices(
  ctx: Ctx,
  query: ContractParsed<List>['query'],
): Promise<ContractReply<List>> {
  const { orgId } = person(ctx)
  allow(ctx, 'notice.read', { orgId })
  const mine = eq(notices.orgId, orgId)
  const rows = await ctx.db
    .select()
    .from(notices)
    .where(
      and(
        mine,
        query.cursor ? lt(notices.id, query.cursor) : undefined,
        query.unread ? isNull(notices.readAt) : undefined,
      ),
    )
    .orderBy(desc(notices.id))
    .limit(query.limit + 1)
  const [unread] = await ctx.db
    .select({ n: count() })
    .from(notices)
    .where(and(mine, isNull(notices.readAt)))
  const items = rows.map(({ id, key, params, subjectId, at, readAt }) => ({
    id,
    key,
    params,
    subjectId,
    at: at.toISOString(),
    read: readAt !== null,
  }))
  return { ...page(items, query.limit, (row) => row.id), unread: unread?.n ?? 0 }
}

/** Marks messages of the own organisation as read; ids of others are passed over. */
export async function readNotices(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const { orgId } = person(ctx)
  allow(ctx, 'notice.read', { orgId })
  await ctx.db
    .update(notices)
    .set({ readAt: ctx.now })
    .where(and(eq(notices.orgId, orgId), inArray(notices.id, [...ids]), isNull(notices.readAt)))
}

/** Principals whose mandate to this broker is in force today. */
export async function listPrincipals(ctx: Ctx): Promise<ContractReply<Contracts['accounts.listPrincipals']>> {
  const { orgId } = person(ctx)
  allow(ctx, 'principal.list', { orgId })
  const today = serviceDayOf(ctx.now)
  const items = await ctx.db
    .select({
      id: organisations.id,
      name: organisations.name,
      validFrom: mandates.validFrom,
      validTo: mandates.validTo,
    })
    .from(mandates)
    .innerJoin(organisations, eq(organisations.id, mandates.principalOrgId))
    .where(and(eq(mandates.brokerOrgId, orgId), lte(mandates.validFrom, today), gte(mandates.validTo, today)))
    .orderBy(asc(organisations.name))
    .limit(500)
  return { items }
}
