import { pickTasks } from '@huming/db/schema/picking'
import { eq } from 'drizzle-orm'
import { personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { assert } from '../kernel/fault.ts'
import { notePicked, takeFromLot } from './take.ts'
import type { TaskRow } from './task-rows.ts'

/** What closing a task needs of it. */
export type Closing = Pick<TaskRow, 'id' | 'lotId' | 'promiseId' | 'lineId' | 'quantity'> & {
  readonly catchWeight?: boolean
}

/**
 * Ends a task that did not get all it asked for: `picked` base units are taken, `lost` more are promised to nobody, and
 * the rest of its promise is given back to the lot. The task and its lot are locked.
 */
export async function closeTask(
  tx: Tx,
  ctx: Ctx,
  task: Closing,
  {
    picked = 0,
    lost = 0,
    reason,
    at = ctx.now,
  }: { picked?: number; lost?: number; reason: string; at?: Date },
): Promise<void> {
  const taken = await takeFromLot(tx, task.lotId, { picked, lost, promised: task.quantity })
  assert(taken, `lot ${task.lotId} holds what task ${task.id} was promised`)
  await notePicked(tx, task, picked)
  await tx
    .update(pickTasks)
    .set({
      status: 'short',
      pickedQuantity: picked,
      ...(task.catchWeight ? { netGrams: picked } : {}),
      shortReason: reason,
      pickedBy: personIdOf(ctx),
      pickedAt: at,
    })
    .where(eq(pickTasks.id, task.id))
}
