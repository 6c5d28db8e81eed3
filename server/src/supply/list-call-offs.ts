import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { page } from '../kernel/page.ts'
import { type CallOff, callOffQuery, supplyScope } from './rows.ts'

type List = Contracts['supply.listCallOffs']

/** Call-offs one may see, the latest delivery day first. */
export async function listCallOffs(
  ctx: Ctx,
  query: ContractParsed<List>['query'],
): Promise<ContractReply<List>> {
  allow(ctx, 'supply.read')
  const parts = [supplyScope(ctx, sql`f`)]
  if (query.day) parts.push(sql`f.day = ${query.day}`)
  if (query.orgId) parts.push(sql`f.org_id = ${query.orgId}`)
  if (query.status) parts.push(sql`f.status = ${query.status}`)
  const [day = '', id = ''] = (query.cursor ?? '').split('~')
  if (/^[0-9a-f-]{36}$/.test(id)) parts.push(sql`(f.day, f.id) < (${day}, ${id}::uuid)`)
  const rows = await docs<CallOff>(
    ctx.db,
    callOffQuery(sql.join(parts, sql` and `), sql`order by f.day desc, f.id desc limit ${query.limit + 1}`),
  )
  return page(rows, query.limit, (last) => `${last.day}~${last.id}`)
}
