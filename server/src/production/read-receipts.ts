import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { page } from '../kernel/page.ts'
import { forSide, type ReceiptDoc, receiptQuery, receiptScope } from './receipt-rows.ts'
import { makerKinds } from './store.ts'

type List = Contracts['production.listReceipts']

/** What was bought into the store, or sold to other makers, newest first. */
export async function listReceipts(
  ctx: Ctx,
  query: ContractParsed<List>['query'],
): Promise<ContractReply<List>> {
  const side = query.side === 'bought' ? sql`x.org_id` : sql`x.supplier_org_id`
  const orgId =
    query.orgId ??
    (ctx.actor.kind === 'person' && ctx.actor.orgKind !== 'operations' ? ctx.actor.orgId : null)
  const parts = [receiptScope(ctx)]
  if (orgId) parts.push(sql`${side} = ${orgId}`)
  else if (query.side === 'sold') parts.push(sql`x.supplier_org_id is not null`)
  if (query.status) parts.push(sql`x.status = ${query.status}`)
  if (query.cursor) parts.push(sql`x.id < ${query.cursor}::uuid`)
  const rows = await docs<ReceiptDoc>(
    ctx.db,
    receiptQuery(sql.join(parts, sql` and `), sql`order by x.id desc limit ${query.limit + 1}`),
  )
  const found = page(rows, query.limit, (row) => row.id)
  return { ...found, items: found.items.map((doc) => forSide(ctx, doc)) }
}

/** Makers with a place to deliver to: whom goods can be sent to as material. */
export async function listStores(ctx: Ctx): Promise<ContractReply<Contracts['production.listStores']>> {
  allow(ctx, 'supply.write')
  const items = await docs<ContractReply<Contracts['production.listStores']>['items'][number]>(
    ctx.db,
    sql`select o.id as "orgId", o.short_name as name, s.address from organisations o
      join lateral (select address from sites where org_id = o.id and closed_at is null order by id limit 1) s on true
      where o.kind = any(${sql.param([...makerKinds])}) and o.suspended_at is null order by o.short_name, o.id limit 200`,
  )
  return { items }
}
