import { organisations } from '@huming/db/schema/accounts'
import { papers } from '@huming/db/schema/papers'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { verifyEveryDays, warnSteps } from '@huming/shared/paper-rules'
import { PAPER_IDS, PAPERS } from '@huming/shared/reference/papers'
import { and, desc, eq, inArray, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import { allow, visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { page } from '../kernel/page.ts'
import { paperViews } from './paper-view.ts'

type Route = Contracts['papers.list']
type Query = ContractParsed<Route>['query']

/** Papers the actor may see, newest first, with how many wait in each view. */
export async function listPapers(ctx: Ctx, query: Query): Promise<ContractReply<Route>> {
  const visible = visibleOrgIds(ctx, 'paper.read')
  if (query.orgId) allow(ctx, 'paper.read', { orgId: query.orgId })
  const orgIds = query.orgId ? [query.orgId] : visible
  const mine = orgIds === 'all' ? undefined : inArray(papers.orgId, orgIds)
  const views = viewsOf(ctx)
  const rows = await ctx.db
    .select({ paper: papers, holder: organisations.shortName })
    .from(papers)
    .innerJoin(organisations, eq(organisations.id, papers.orgId))
    .where(
      and(
        mine,
        query.view === 'all' ? undefined : views[query.view],
        query.cursor ? lt(papers.id, query.cursor) : undefined,
      ),
    )
    .orderBy(desc(papers.id))
    .limit(query.limit + 1)
  const counting = (view: SQL | undefined) => sql<number>`count(*) filter (where ${view})::int`
  const [counts] = await ctx.db
    .select({
      review: counting(views.review),
      expiring: counting(views.expiring),
      verify: counting(views.verify),
    })
    .from(papers)
    .where(mine)
  const items = await paperViews(ctx.db, ctx, rows)
  return {
    ...page(items, query.limit, (row) => row.id),
    counts: counts ?? { review: 0, expiring: 0, verify: 0 },
  }
}

/** Kinds a register has; tests and papers of vehicles and people are in none. */
const registered = PAPER_IDS.filter((kind) => ['organisation', 'mark'].includes(PAPERS[kind].of))

/** Yearly confirmations run out after a year whatever the certificate says, so they are looked at by both days. */
function viewsOf(ctx: Ctx): Record<'review' | 'expiring' | 'verify', SQL | undefined> {
  const today = serviceDayOf(ctx.now)
  const soon = addDays(today, warnSteps[0])
  const confirmedBefore = addDays(soon, -365)
  const unconfirmed = and(
    eq(papers.kind, 'named_special'),
    lte(sql`coalesce(${papers.confirmedOn}, ${papers.validFrom})`, confirmedBefore),
  )
  return {
    review: eq(papers.status, 'pending'),
    expiring: and(eq(papers.status, 'valid'), or(lte(papers.validTo, soon), unconfirmed)),
    verify: and(
      eq(papers.status, 'valid'),
      lt(papers.verifiedOn, addDays(today, -verifyEveryDays)),
      inArray(papers.kind, registered),
    ),
  }
}
