import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import type { Separation } from '@huming/shared/reference/handling'
import { type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { packColumns } from '../supply/rows.ts'

export type PickTask = ContractReply<Contracts['picking.listTasks']>['items'][number]

/** A task with all a verb must know of it. */
export type TaskRow = {
  id: string
  waveId: string
  hubId: string
  day: string
  orderId: string
  lineId: string
  promiseId: string
  lotId: string
  lotCode: string
  toteId: string
  toteCode: string
  toteSscc: string | null
  separation: Separation
  looseLotId: string | null
  loose: boolean
  method: string
  binId: string | null
  batchId: string | null
  /** Where a batch's goods were brought to. */
  wallBinId: string | null
  holderId: string | null
  holder: string | null
  skuId: string
  zone: string
  quantity: number
  status: string
  pickedQuantity: number | null
  shortReason: string | null
  pickedBy: string | null
  catchWeight: boolean
  toleranceBp: number
  basePerOrderUnit: number
  minRemainingDays: number
}

/** Locks a task of a hub of the actor. */
export async function lockTask(tx: Tx, ctx: Ctx, id: string): Promise<TaskRow> {
  const task = await lockTaskRow(tx, id)
  allow(ctx, 'pick.write', { hubId: task.hubId })
  return task
}

/** The same without asking who acts: for verbs that stop goods. */
export async function lockTaskRow(tx: Tx, id: string): Promise<TaskRow> {
  // Locked before it is joined: while we waited, its lot and tote may have become others.
  await tx.execute(sql`select id from pick_tasks where id = ${id} for no key update`)
  const [row] = await tx.execute<TaskRow>(sql`
    select t.id, t.wave_id as "waveId", w.hub_id as "hubId", w.day, t.order_id as "orderId",
      t.order_line_id as "lineId", t.promise_id as "promiseId", t.lot_id as "lotId", l.code as "lotCode",
      t.tote_id as "toteId", e.code as "toteCode", e.sscc as "toteSscc", e.separation, e.loose_lot_id as "looseLotId",
      k.loose, t.method, t.bin_id as "binId", t.batch_id as "batchId",
      (select wall_bin_id from put_batches where id = t.batch_id and status = 'fetched') as "wallBinId", e.holder_id as "holderId",
      (select name from people where id = e.holder_id) as holder, k.id as "skuId", t.zone, t.quantity, t.status,
      t.picked_quantity as "pickedQuantity", t.short_reason as "shortReason", t.picked_by as "pickedBy",
      k.catch_weight as "catchWeight", k.tolerance_bp as "toleranceBp",
      k.base_per_order_unit as "basePerOrderUnit", k.min_remaining_days as "minRemainingDays"
    from pick_tasks t join waves w on w.id = t.wave_id join lots l on l.id = t.lot_id
    join skus k on k.id = l.sku_id join totes e on e.id = t.tote_id
    where t.id = ${id}`)
  return found(row)
}

const tolerance = sql`(t.quantity * k.tolerance_bp / 10000)`

/** Tasks as screens show them; `where` is over `pick_tasks t`, `skus k`, `lots l`. */
export const taskQuery = (where: SQL, tail: SQL): SQL => sql`
  select t.id, t.wave_id as "waveId", t.order_id as "orderId", o.number as "orderNumber", s.name as site,
    t.order_line_id as "orderLineId", ${packColumns}, t.lot_id as "lotId", l.code as "lotCode",
    l.use_by_day as "useByDay", l.stage = 'received' as "lotSellable", t.method,
    (select code from bins where id = t.bin_id) as "binCode", t.walk, t.batch_id as "batchId",
    t.tote_id as "toteId", e.code as "toteCode", e.sscc as "toteSscc", e.separation, k.loose, t.quantity,
    case when k.catch_weight then greatest(1, t.quantity - ${tolerance}) else t.quantity end as least,
    case when k.catch_weight then t.quantity + ${tolerance} else t.quantity end as most,
    t.status, t.picked_quantity as "pickedQuantity", t.net_grams as "netGrams", t.short_reason as "shortReason",
    t.picked_at as "pickedAt", b.name as "pickedBy"
  from pick_tasks t join orders o on o.id = t.order_id join sites s on s.id = o.site_id
  join lots l on l.id = t.lot_id join skus k on k.id = l.sku_id join products p on p.id = k.product_id
  join totes e on e.id = t.tote_id left join people b on b.id = t.picked_by
  where ${where} ${tail}`

export async function taskDoc(tx: Db | Tx, id: string): Promise<PickTask> {
  return found((await docs<PickTask>(tx, taskQuery(sql`t.id = ${id}`, sql``)))[0])
}

/** Reply of a pick: the task, and what is still to do around it. */
export async function pickedReply(tx: Tx, task: Pick<TaskRow, 'id' | 'toteId' | 'waveId' | 'orderId'>) {
  const [counts] = await tx.execute<{ tote: number; wave: number; status: 'picking' }>(sql`
    select (select count(*) from pick_tasks where tote_id = ${task.toteId} and status = 'open') as tote,
      (select count(*) from pick_tasks where wave_id = ${task.waveId} and status = 'open') as wave,
      (select status from orders where id = ${task.orderId}) as status`)
  const { tote, wave, status } = found(counts)
  return { task: await taskDoc(tx, task.id), openInTote: tote, openInWave: wave, orderStatus: status }
}

/** Locks the order of a task, before its lots as everywhere. */
export async function lockOrder(tx: Tx, orderId: string): Promise<{ shortageRule: string; orgId: string }> {
  const [row] = await tx.execute<{ shortageRule: string; orgId: string }>(sql`
    select shortage_rule as "shortageRule", org_id as "orgId" from orders where id = ${orderId} for no key update`)
  return found(row)
}
