import type { Zone } from '@huming/shared/reference/zones'
import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { assert } from '../kernel/fault.ts'
import { defaultBin, moveGoods } from '../stock/bin-moves.ts'
import type { TaskRow } from './task-rows.ts'

/**
 * Moves damaged goods of a (locked) lot from where they were found to the place of what is to be destroyed; with
 * nothing left on the shelves the lot is used up. What it may promise is the caller's to set.
 */
export async function setApart(
  tx: Tx,
  ctx: Ctx,
  task: TaskRow,
  { quantity, reason, eventId }: { quantity: number; reason: string; eventId: string },
): Promise<void> {
  const { lotId, hubId } = task
  const to = await defaultBin(tx, hubId, task.zone as Zone, 'destroy')
  const places = await tx.execute<{ id: string; quantity: number }>(sql`
    select b.id, s.quantity from bin_stock s join bins b on b.id = s.bin_id
    where s.lot_id = ${lotId} and s.quantity > 0 and b.kind in ('pick_face', 'near_expiry', 'dock', 'reserve')
    order by b.id = ${task.wallBinId ?? task.binId}::uuid desc nulls last, b.sequence, b.id`)
  let left = quantity
  for (const place of places) {
    const part = Math.min(left, place.quantity)
    if (part > 0)
      await moveGoods(tx, ctx, {
        lotId,
        fromBinId: place.id,
        toBinId: to.id,
        quantity: part,
        kind: 'set_apart',
        subjectId: task.id,
        reason,
        eventId,
      })
    left -= part
  }
  assert(left === 0, `bins of lot ${lotId} hold what is set apart`)
  await tx.execute(sql`
    update lots set stage = 'used_up' where id = ${lotId} and stage = 'received' and on_hand = 0 and not exists (
      select 1 from bin_stock s join bins b on b.id = s.bin_id
      where s.lot_id = lots.id and s.quantity > 0 and b.kind = 'quarantine')`)
}
