import { newId } from '@huming/shared/ids'
import { sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { lotPlaces } from './lot-places.ts'
import { openTote } from './open-tote.ts'
import type { TaskRow } from './task-rows.ts'

type Ended = Pick<TaskRow, 'lineId' | 'waveId' | 'hubId' | 'orderId' | 'skuId' | 'zone' | 'quantity'>

/**
 * Promises the rest of a task from the (locked) next lots and makes tasks for it, each in a tote that may hold that
 * lot. Returns how much.
 */
export async function replaceRest(
  tx: Tx,
  task: Ended,
  replacements: readonly { lotId: string; quantity: number }[],
): Promise<number> {
  const places = await lotPlaces(
    tx,
    replacements.map((one) => one.lotId),
  )
  let sum = 0
  for (const { lotId, quantity } of replacements) {
    const promiseId = newId()
    const place = places.get(lotId)
    const tote = await openTote(tx, { ...task, quantity }, lotId)
    await tx.execute(sql`update lots set promised = promised + ${quantity}::int8 where id = ${lotId}`)
    await tx.execute(sql`
      insert into promises (id, order_line_id, lot_id, quantity)
      values (${promiseId}, ${task.lineId}, ${lotId}, ${quantity})`)
    await tx.execute(sql`
      insert into pick_tasks (id, wave_id, order_id, order_line_id, promise_id, lot_id, tote_id, zone, method, bin_id,
        walk, quantity, status)
      values (${newId()}, ${task.waveId}, ${task.orderId}, ${task.lineId}, ${promiseId}, ${lotId}, ${tote.id},
        ${task.zone}, 'by_order', ${place?.binId ?? null}, ${place?.walk ?? 0}, ${quantity}, 'open')`)
    sum += quantity
  }
  return sum
}
