import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { page } from '../kernel/page.ts'
import { seriesOf } from './charts.ts'
import { alarmDocs, hubScope } from './rows.ts'

type Doc = ContractReply<Contracts['temperature.readAlarm']>

/** Alarms of one's hubs, newest first. */
export async function listAlarms(
  ctx: Ctx,
  query: ContractParsed<Contracts['temperature.listAlarms']>['query'],
): Promise<ContractReply<Contracts['temperature.listAlarms']>> {
  allow(ctx, 'temperature.read')
  const { hubId, runId, open, cursor, limit } = query
  const rows = await alarmDocs(
    ctx.db,
    sql`${hubScope(ctx, sql`a.hub_id`)}
      ${hubId === undefined ? sql`` : sql`and a.hub_id = ${hubId}`}
      ${runId === undefined ? sql`` : sql`and a.run_id = ${runId}`}
      ${open === undefined ? sql`` : open ? sql`and a.status <> 'decided'` : sql`and a.status = 'decided'`}
      ${cursor === undefined ? sql`` : sql`and a.id < ${cursor}`}`,
    sql`order by a.id desc limit ${limit + 1}`,
  )
  return page(rows, limit, (last) => last.id)
}

/** One alarm with its goods and the readings an hour around it. */
export async function readAlarm(ctx: Ctx, id: string): Promise<Doc> {
  allow(ctx, 'temperature.read')
  const [row] = await alarmDocs(ctx.db, sql`a.id = ${id}`)
  const alarm = found(row)
  allow(ctx, 'temperature.read', { hubId: alarm.hubId })
  const goods = await docs<Doc['goods'][number]>(
    ctx.db,
    sql`select x.lot_id as "lotId", l.code as "lotCode", p.name, p.name_en as "nameEn", k.spec, x.order_id as "orderId", o.number,
        t.name as site, s.seq as "stopSeq", b.code as bin, x.quantity, k.base_unit as "baseUnit", k.order_unit as "orderUnit",
        k.base_per_order_unit as "basePerOrderUnit", x.status
      from temperature_holds x join lots l on l.id = x.lot_id join skus k on k.id = l.sku_id join products p on p.id = k.product_id
      left join orders o on o.id = x.order_id left join stops s on s.id = x.stop_id left join sites t on t.id = s.site_id
      left join bins b on b.id = x.bin_id where x.alarm_id = ${id} order by s.seq, o.number, l.code limit 1000`,
  )
  const hour = 3_600_000
  const [from, to] = [Date.parse(alarm.startedAt) - hour, Date.parse(alarm.endedAt) + hour]
  return { ...alarm, goods, series: await seriesOf(ctx, sql`d.id = ${alarm.deviceId}`, from, to) }
}
