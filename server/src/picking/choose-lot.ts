import { lots } from '@huming/db/schema/stock'
import { codesIn } from '@huming/shared/identifiers/scan-codes'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { servesDay } from '../stock/allocation.ts'
import { lockPickLots, type PickLot } from './take.ts'
import type { TaskRow } from './task-rows.ts'

/**
 * The lot that was scanned, locked. Another lot than the task names is refused with `wrong_lot`, unless it is a
 * sellable one of the same pack and the picker says why (or the named one cannot be sold any more): then the promise
 * moves over. A later lot before an earlier one without a reason is `later_lot_first`.
 */
export async function chooseLot(tx: Tx, task: TaskRow, scan: string, reason: string): Promise<PickLot> {
  const codes = codesIn(scan)
  if (codes.includes(task.lotCode)) {
    const lot = found((await lockPickLots(tx, [task.lotId])).get(task.lotId))
    if (lot.stage !== 'received') throw new Fault('lot_wrong_stage', lot.code)
    return lot
  }
  const [other] = await tx
    .select({ id: lots.id })
    .from(lots)
    .where(and(inArray(lots.code, codes), eq(lots.skuId, task.skuId), eq(lots.hubId, task.hubId)))
    .limit(1)
  if (!other) throw wrongLot(task)
  const locked = await lockPickLots(tx, [task.lotId, other.id])
  const named = found(locked.get(task.lotId))
  const scanned = found(locked.get(other.id))
  refuseSwap(task, named, scanned, reason)
  await moveTask(tx, task, scanned)
  return { ...scanned, promised: scanned.promised + task.quantity }
}

const wrongLot = (task: TaskRow): Fault =>
  new Fault('wrong_lot', '', {
    params: { expected: task.lotCode },
    pointers: [{ pointer: '/body/lot', reason: 'wrong_lot' }],
  })

function refuseSwap(task: TaskRow, named: PickLot, scanned: PickLot, reason: string): void {
  const sellable =
    scanned.stage === 'received' &&
    servesDay(scanned, task.day, task.minRemainingDays) &&
    scanned.promisable - scanned.promised >= task.quantity
  if (!sellable) throw wrongLot(task)
  if (named.stage !== 'received' || reason !== '') return
  if (scanned.useByDay <= named.useByDay) throw wrongLot(task)
  throw new Fault('later_lot_first', '', { params: { expected: named.code } })
}

/** Moves the task and its promise to the lot that was taken. */
async function moveTask(tx: Tx, task: TaskRow, to: PickLot): Promise<void> {
  await tx.execute(sql`
    update lots set promised = promised - ${task.quantity}::int8,
      promisable = case when stage = 'received' then promisable
        else greatest(0, least(promisable, promised - ${task.quantity}::int8)) end
    where id = ${task.lotId}`)
  await tx.execute(sql`update lots set promised = promised + ${task.quantity}::int8 where id = ${to.id}`)
  await tx.execute(sql`update promises set lot_id = ${to.id} where id = ${task.promiseId}`)
  await tx.execute(sql`update pick_tasks set lot_id = ${to.id} where id = ${task.id}`)
}
