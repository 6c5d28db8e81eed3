import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { type SQL, sql } from 'drizzle-orm'
import { allow, visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { page } from '../kernel/page.ts'
import { anyOf } from '../supply/rows.ts'
import { cursorId } from './list-recalls.ts'
import { noticeColumns } from './notice-rows.ts'

export type MyNotice = ContractReply<Contracts['recall.readNotice']>
type Query = ContractParsed<Contracts['recall.myNotices']>['query']

const mine = (where: SQL, tail: SQL): SQL => sql`
  select ${noticeColumns}, r.number as "recallNumber", r.level, r.cause, r.reason,
    r.withdrawn_at is not null as withdrawn, r.withdraw_reason as "withdrawReason", h.name as "hubName"
  from recall_notices n join recalls r on r.id = n.recall_id join organisations o on o.id = n.org_id
  join hubs h on h.id = n.hub_id
  where n.sent_at is not null and ${where} ${tail}`

export async function myNoticeDoc(tx: Db | Tx, id: string): Promise<MyNotice> {
  return found((await docs<MyNotice>(tx, mine(sql`n.id = ${id}`, sql``)))[0])
}

/** One notice, for the place it went to. */
export async function readNotice(ctx: Ctx, id: string): Promise<MyNotice> {
  allow(ctx, 'recallNotice.read')
  const notice = await myNoticeDoc(ctx.db, id)
  allow(ctx, 'recallNotice.read', { orgId: notice.orgId })
  return notice
}

/** Notices to one’s own places, newest first; `open` are those that wait for an answer. */
export async function listMyNotices(
  ctx: Ctx,
  query: Query,
): Promise<ContractReply<Contracts['recall.myNotices']>> {
  const orgIds = visibleOrgIds(ctx, 'recallNotice.read')
  const own = orgIds === 'all' ? sql`true` : sql`n.org_id = ${anyOf(orgIds)}`
  const open = sql`n.answered_at is null and r.withdrawn_at is null`
  const after = query.cursor === undefined ? sql`true` : sql`n.id < ${cursorId(query.cursor)}`
  const rows = await docs<MyNotice>(
    ctx.db,
    mine(
      sql`${own} and ${query.show === 'open' ? open : sql`true`} and ${after}`,
      sql`order by n.id desc limit ${query.limit + 1}`,
    ),
  )
  const [count] = await ctx.db.execute<{ n: number }>(sql`
    select count(*)::int as n from recall_notices n join recalls r on r.id = n.recall_id
    where ${own} and n.sent_at is not null and ${open}`)
  return { ...page(rows, query.limit, (row) => row.id), unanswered: found(count).n }
}
