import { newId } from '@huming/shared/ids'
import { sql } from 'drizzle-orm'
import { personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import type { TaskRow } from './task-rows.ts'

type Where = Pick<TaskRow, 'hubId' | 'lotId' | 'binId' | 'wallBinId'>

/**
 * Asks for a count of the bin in which goods of a (locked) lot were not found: where the task said they lie, else the
 * bins that hold the lot. An open count of the bin serves for this, too.
 */
export async function raiseCount(
  tx: Tx,
  ctx: Ctx,
  { hubId, lotId, binId, wallBinId }: Where,
  reason: string,
): Promise<void> {
  const asked = wallBinId ?? binId
  const bins = await tx.execute<{ id: string }>(sql`
    select b.id from bin_stock s join bins b on b.id = s.bin_id
    where s.lot_id = ${lotId} and s.quantity > 0 and b.kind in ('pick_face', 'near_expiry', 'dock', 'reserve')
    order by b.id = ${asked}::uuid desc nulls last, b.sequence, b.id limit ${asked ? 1 : 5}`)
  for (const { id } of bins)
    await tx.execute(sql`
      insert into bin_counts (id, hub_id, bin_id, status, reason, opened_by, opened_at)
      select ${newId()}::uuid, ${hubId}::uuid, ${id}::uuid, 'open', ${reason}, ${personIdOf(ctx)}::uuid,
        ${ctx.now.toISOString()}::timestamptz
      where not exists (select 1 from bin_counts c where c.bin_id = ${id} and c.status in ('open', 'recount', 'review'))`)
}
