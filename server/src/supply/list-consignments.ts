import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { likePattern, page } from '../kernel/page.ts'
import { briefColumns, type ConsignmentBrief, consignmentDoc, consignmentScope } from './rows.ts'

type List = Contracts['supply.listConsignments']
type Query = ContractParsed<List>['query']

/** Consignments one may see: newest first, or the expected ones by arrival. */
export async function listConsignments(ctx: Ctx, query: Query): Promise<ContractReply<List>> {
  allow(ctx, 'supply.read')
  const expected = query.view === 'expected'
  const [order, after] = expected ? byArrival(query.cursor) : newestFirst(query.cursor)
  const rows = await docs<ConsignmentBrief>(
    ctx.db,
    sql`select ${briefColumns}
      from consignments c join organisations o on o.id = c.org_id join hubs h on h.id = c.hub_id
      where ${consignmentScope(ctx)} and ${after} and ${filters(query)} ${order} limit ${query.limit + 1}`,
  )
  return page(rows, query.limit, (last) => (expected ? `${last.expectedAt ?? ''}~${last.id}` : last.id))
}

/** One consignment, or `not_found`. */
export async function readConsignment(
  ctx: Ctx,
  id: string,
): Promise<ContractReply<Contracts['supply.readConsignment']>> {
  allow(ctx, 'supply.read')
  return consignmentDoc(ctx.db, ctx, id)
}

function filters(query: Query): SQL {
  const parts = [sql`true`]
  if (query.view === 'expected') parts.push(sql`c.status in ('shipped', 'arrived')`)
  if (query.status) parts.push(sql`c.status = ${query.status}`)
  if (query.orgId) parts.push(sql`c.org_id = ${query.orgId}`)
  if (query.hubId) parts.push(sql`c.hub_id = ${query.hubId}`)
  if (query.search) {
    const like = likePattern(query.search)
    parts.push(sql`(c.number ilike ${like} or c.plate ilike ${like} or o.name ilike ${like}
      or exists (select 1 from consignment_lines x join lots l on l.id = x.lot_id
        where x.consignment_id = c.id and l.code ilike ${like}))`)
  }
  return sql.join(parts, sql` and `)
}

const uuid = /^[0-9a-f-]{36}$/

function newestFirst(cursor: string | undefined): [SQL, SQL] {
  const after = cursor && uuid.test(cursor) ? sql`c.id < ${cursor}` : sql`true`
  return [sql`order by c.id desc`, after]
}

function byArrival(cursor: string | undefined): [SQL, SQL] {
  const [at = '', id = ''] = (cursor ?? '').split('~')
  const valid = !Number.isNaN(Date.parse(at)) && uuid.test(id)
  const after = valid ? sql`(c.expected_at, c.id) > (${at}::timestamptz, ${id}::uuid)` : sql`true`
  return [sql`order by c.expected_at, c.id`, after]
}
