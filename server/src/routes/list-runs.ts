import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { type SQL, sql } from 'drizzle-orm'
import { allow, personIdOf, visibleHubIds } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { page } from '../kernel/page.ts'
import { anyOf } from '../supply/rows.ts'
import { type RunBrief, runDocs } from './rows.ts'
import { withStops } from './run-view.ts'

type List = Contracts['routes.listRuns']
type Query = ContractParsed<List>['query']

/** Runs of the hubs one works at, or one's own as a driver, with progress and delay; latest first. */
export async function listRuns(ctx: Ctx, query: Query): Promise<ContractReply<List>> {
  allow(ctx, 'run.read')
  const filters = [runScope(ctx)]
  if (query.hubId) filters.push(sql`r.hub_id = ${query.hubId}`)
  if (query.day) filters.push(sql`r.day = ${query.day}`)
  if (query.status) filters.push(sql`r.status = ${query.status}`)
  if (query.cursor && /^[0-9a-f-]{36}$/.test(query.cursor)) filters.push(sql`r.id < ${query.cursor}`)
  const rows = await runDocs(
    ctx.db,
    sql.join(filters, sql` and `),
    sql`order by r.id desc limit ${query.limit + 1}`,
  )
  const runs: RunBrief[] = await withStops(ctx.db, rows, ctx.now)
  return page(runs, query.limit, (last) => last.id)
}

/** Over `runs r`: what the actor may read. */
export function runScope(ctx: Pick<Ctx, 'actor'>): SQL {
  const hubIds = visibleHubIds(ctx, 'run.read')
  if (hubIds === 'all') return sql`true`
  const linked = ctx.actor.kind === 'person' ? ctx.actor.runId : null
  const one = linked ? sql`r.id = ${linked}` : sql`true`
  return sql`(r.hub_id = ${anyOf(hubIds)} or (r.driver_person_id = ${personIdOf(ctx)}::uuid and r.status <> 'planned' and ${one}))`
}
