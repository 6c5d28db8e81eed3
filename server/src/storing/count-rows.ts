import { binCounts } from '@huming/db/schema/storing'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { can } from '@huming/shared/permissions'
import { eq, type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { page } from '../kernel/page.ts'
import { all, goodsColumns, goodsJoins, hubScope } from './rows.ts'

export type CountDoc = ContractReply<Contracts['storing.readCount']>
type Brief = ContractReply<Contracts['storing.listCounts']>['items'][number]
export type CountRow = typeof binCounts.$inferSelect

const briefQuery = (where: SQL, tail: SQL): SQL => sql`
  select c.id, c.hub_id as "hubId", c.bin_id as "binId", b.code as bin, b.zone, b.kind, c.status, c.reason,
    c.opened_at as "openedAt", c.first_by as "firstById", f.name as "firstBy", s2.name as "secondBy",
    d.name as "decidedBy", c.decision
  from bin_counts c join bins b on b.id = c.bin_id left join people f on f.id = c.first_by
  left join people s2 on s2.id = c.second_by left join people d on d.id = c.decided_by where ${where} ${tail}`

/** Counts of one's hubs: what is to be done in walking order, or what was done, newest first. */
export async function listCounts(
  ctx: Ctx,
  query: ContractParsed<Contracts['storing.listCounts']>['query'],
): Promise<ContractReply<Contracts['storing.listCounts']>> {
  allow(ctx, 'stock.read')
  const where = all([
    hubScope(ctx, sql`c.hub_id`),
    query.hubId !== undefined && sql`c.hub_id = ${query.hubId}`,
    query.status !== undefined && sql`c.status = ${query.status}`,
    query.open === true && sql`c.status in ('open', 'recount', 'review')`,
    query.cursor !== undefined && sql`c.id < ${query.cursor}`,
  ])
  const rows = await docs<Brief>(ctx.db, briefQuery(where, sql`order by c.id desc limit ${query.limit + 1}`))
  return page(rows, query.limit, (last) => last.id)
}

export const countBriefs = (db: Db | Tx, where: SQL): Promise<Brief[]> =>
  docs<Brief>(db, briefQuery(where, sql`order by b.sequence, b.code limit 200`))

/** One count with the lots to look for, and its figures for those who may see them by now. */
export async function countDoc(db: Db | Tx, ctx: Pick<Ctx, 'actor'>, id: string): Promise<CountDoc> {
  const [brief] = await docs<Brief>(
    db,
    briefQuery(sql`c.id = ${id} and ${hubScope(ctx, sql`c.hub_id`)}`, sql``),
  )
  const count = found(brief)
  const lines = await docs<CountDoc['lines'][number]>(
    db,
    sql`select ${goodsColumns}, n.first_quantity as "firstQuantity", n.first_difference as "firstDifference",
        n.second_quantity as "secondQuantity", n.second_difference as "secondDifference", n.adjusted_by as "adjustedBy"
      from lots l ${goodsJoins} left join bin_count_lines n on n.lot_id = l.id and n.count_id = ${id}
      where n.id is not null or (${count.status} in ('open', 'recount') and exists (
        select 1 from bin_stock x where x.lot_id = l.id and x.bin_id = ${count.binId} and x.quantity > 0))
      order by p.name, l.use_by_day, l.id limit 500`,
  )
  return { ...count, lines: seesFigures(ctx, count) ? lines : lines.map((line) => ({ ...line, ...blind })) }
}

const blind = {
  firstQuantity: null,
  firstDifference: null,
  secondQuantity: null,
  secondDifference: null,
  adjustedBy: null,
}

/** Until both counts are in nobody sees a figure, not even the lead: he may be the one to count again. */
const seesFigures = (ctx: Pick<Ctx, 'actor'>, { status, hubId }: Brief): boolean =>
  status === 'done' || (status === 'review' && can(ctx.actor, 'stock.approve', { hubId }) === true)

/** A count with its figures by what one may see. */
export async function readCount(ctx: Ctx, id: string): Promise<CountDoc> {
  allow(ctx, 'stock.read')
  return countDoc(ctx.db, ctx, id)
}

export async function lockCount(
  tx: Tx,
  ctx: Ctx,
  id: string,
  action: 'stock.count' | 'stock.approve',
): Promise<CountRow> {
  const row = found((await tx.select().from(binCounts).where(eq(binCounts.id, id)).for('update'))[0])
  allow(ctx, action, { hubId: row.hubId })
  return row
}
