import { transfers } from '@huming/db/schema/storing'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { can } from '@huming/shared/permissions'
import { eq, type SQL, sql } from 'drizzle-orm'
import { allow, visibleHubIds } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { Fault, found } from '../kernel/fault.ts'
import { page } from '../kernel/page.ts'
import { anyOf, packColumns } from '../supply/rows.ts'
import { all, goodsColumns, goodsJoins } from './rows.ts'

export type Transfer = ContractReply<Contracts['storing.readTransfer']>
type List = Contracts['storing.listTransfers']

const briefColumns = sql`t.id, t.number, t.from_hub_id as "fromHubId", f.name as "fromHub", t.to_hub_id as "toHubId",
  g.name as "toHub", t.status, (select count(*) from transfer_lines y where y.transfer_id = t.id) as lines,
  t.asked_at as "askedAt", t.shipped_at as "shippedAt", t.received_at as "receivedAt",
  coalesce((select sum(y.quantity - y.received_quantity) from transfer_lots y
    where y.transfer_id = t.id and y.received_quantity is not null), 0) as short`

/** A transfer is seen at both of its ends. */
function scope(ctx: Pick<Ctx, 'actor'>): SQL {
  const hubIds = visibleHubIds(ctx, 'stock.read')
  if (hubIds === 'all') return sql`true`
  return sql`(t.from_hub_id = ${anyOf(hubIds)} or t.to_hub_id = ${anyOf(hubIds)})`
}

/** Transfers from and to one's hubs, newest first. */
export async function listTransfers(
  ctx: Ctx,
  query: ContractParsed<List>['query'],
): Promise<ContractReply<List>> {
  allow(ctx, 'stock.read')
  const where = all([
    scope(ctx),
    query.hubId !== undefined && sql`(t.from_hub_id = ${query.hubId} or t.to_hub_id = ${query.hubId})`,
    query.status !== undefined && sql`t.status = ${query.status}`,
    query.cursor !== undefined && sql`t.id < ${query.cursor}`,
  ])
  const rows = await docs<ContractReply<List>['items'][number]>(
    ctx.db,
    sql`select ${briefColumns} from transfers t join hubs f on f.id = t.from_hub_id join hubs g on g.id = t.to_hub_id
      where ${where} order by t.id desc limit ${query.limit + 1}`,
  )
  return page(rows, query.limit, (last) => last.id)
}

/** One transfer with what was asked, what free lots there are for it, and what went and came of which lot. */
export async function transferDoc(db: Db | Tx, ctx: Pick<Ctx, 'actor'>, id: string): Promise<Transfer> {
  const [doc] = await docs<Transfer>(
    db,
    sql`select ${briefColumns}, t.note, a.name as "askedBy", t.plate, t.seal_number as "sealNumber",
        t.depart_deci_c as "departDeciC", t.arrive_deci_c as "arriveDeciC", t.seal_ok as "sealOk",
        s1.name as "shippedBy", r1.name as "receivedBy", t.cancel_reason as "cancelReason",
        (select coalesce(json_agg(to_json(z) order by z.name, z.id), '[]') from (
          select y.id, ${packColumns}, y.quantity, ${offers} as offers
          from transfer_lines y join skus k on k.id = y.sku_id join products p on p.id = k.product_id
          where y.transfer_id = t.id) z) as asked,
        (select coalesce(json_agg(to_json(z) order by z.name, z."lotCode"), '[]') from (
          select y.id, ${goodsColumns}, y.child_lot_id as "childLotId", y.quantity,
            y.depart_deci_c as "departDeciC", y.arrive_deci_c as "arriveDeciC",
            y.later_lot_reason as "laterLotReason", y.received_quantity as "receivedQuantity",
            y.quarantined_quantity as "quarantinedQuantity", y.short_reason as "shortReason"
          from transfer_lots y join lots l on l.id = y.lot_id ${goodsJoins}
          where y.transfer_id = t.id) z) as lots
      from transfers t join hubs f on f.id = t.from_hub_id join hubs g on g.id = t.to_hub_id
      left join people a on a.id = t.asked_by left join people s1 on s1.id = t.shipped_by
      left join people r1 on r1.id = t.received_by where t.id = ${id} and ${scope(ctx)}`,
  )
  return found(doc)
}

/** Only while it is asked are lots looked for. */
const offers = sql`case when t.status <> 'asked' then '[]'::json else (
  select coalesce(json_agg(json_build_object('lotId', l.id, 'lotCode', l.code, 'useByDay', l.use_by_day,
    'free', l.promisable - l.promised) order by l.use_by_day, l.ready_day, l.id), '[]')
  from lots l where l.hub_id = t.from_hub_id and l.sku_id = y.sku_id and l.stage = 'received'
    and l.promisable > l.promised) end`

/** Locks a transfer that the actor may write at this end of it. */
export async function lockTransfer(
  tx: Tx,
  ctx: Ctx,
  id: string,
  end: 'from' | 'to' | 'either',
): Promise<typeof transfers.$inferSelect> {
  const row = found((await tx.select().from(transfers).where(eq(transfers.id, id)).for('update'))[0])
  if (end !== 'either') allow(ctx, 'transfer.write', { hubId: end === 'from' ? row.fromHubId : row.toHubId })
  else if (!mayWrite(ctx, row.fromHubId) && !mayWrite(ctx, row.toHubId)) throw new Fault('not_found')
  return row
}

const mayWrite = (ctx: Ctx, hubId: string): boolean => can(ctx.actor, 'transfer.write', { hubId }) === true
