import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { likePattern, page } from '../kernel/page.ts'
import { crateParties, crateParty, partiesNamedLike, partiesWithCrates } from './rows.ts'

type Query = ContractParsed<Contracts['crates.balances']>['query']
type Reply = ContractReply<Contracts['crates.balances']>

/** Who has crates of the hub, the most first. A search also finds who has none. */
export async function listBalances(ctx: Ctx, hubId: string, query: Query): Promise<Reply> {
  allow(ctx, 'crate.read', { hubId })
  const hub = found(await crateParty(ctx.db, hubId, { kind: 'hub', id: hubId }))
  const group = query.search
    ? partiesNamedLike(hubId, likePattern(query.search), query.kind)
    : partiesWithCrates(hubId, query.kind)
  const rows = await crateParties(
    ctx.db,
    hubId,
    group,
    sql`where ${afterCursor(query.cursor)} order by g.n desc, g.id limit ${query.limit + 1}`,
  )
  const [out] = await ctx.db.execute<{ n: number }>(sql`
    select coalesce(sum(count), 0)::int as n from crate_balances where hub_id = ${hubId} and party_kind <> 'hub'`)
  return { ...page(rows, query.limit, (last) => `${last.total}~${last.id}`), hub, outside: out?.n ?? 0 }
}

function afterCursor(cursor: string | undefined): SQL {
  const [, total, id] = /^(\d{1,9})~([0-9a-f-]{36})$/.exec(cursor ?? '') ?? []
  if (total === undefined || id === undefined) return sql`true`
  return sql`(g.n < ${Number(total)} or (g.n = ${Number(total)} and g.id > ${id}::uuid))`
}
