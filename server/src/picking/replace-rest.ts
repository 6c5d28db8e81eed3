import { newId } from '@huming/shared/ids'
import { sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import type { TaskRow } from './task-rows.ts'

/** Promises the rest of a short pick from the (locked) next lots and makes tasks for it. Returns how much. */
export async function replaceRest(
  tx: Tx,
  task: TaskRow,
  replacements: readonly { lotId: string; quantity: number }[],
): Promise<number> {
  let sum = 0
  for (const { lotId, quantity } of replacements) {
    const promiseId = newId()
    await tx.execute(sql`update lots set promised = promised + ${quantity}::int8 where id = ${lotId}`)
    await tx.execute(sql`
      insert into promises (id, order_line_id, lot_id, quantity)
      values (${promiseId}, ${task.lineId}, ${lotId}, ${quantity})`)
    await tx.execute(sql`
      insert into pick_tasks (id, wave_id, order_id, order_line_id, promise_id, lot_id, tote_id, zone, quantity, status)
      values (${newId()}, ${task.waveId}, ${task.orderId}, ${task.lineId}, ${promiseId}, ${lotId}, ${task.toteId},
        ${task.zone}, ${quantity}, 'open')`)
    sum += quantity
  }
  return sum
}
