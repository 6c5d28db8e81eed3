import { totes } from '@huming/db/schema/picking'
import { nextStatus } from '@huming/shared/flows'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import type { Tote } from './read-totes.ts'
import { lockTote } from './take-tote.ts'
import { toteDoc } from './tote-doc.ts'

/**
 * Closes a tote by its code or SSCC, once everything in it is picked, checked where the hub wants that, and no lot in
 * it is stopped. A repeat with the same seal gives the same.
 */
export async function sealTote(ctx: Ctx, code: string, sealNumber: string): Promise<Tote> {
  allow(ctx, 'pick.write')
  return inTransaction(ctx, async (tx) => {
    const { tote, hubId } = await lockTote(tx, ctx, code)
    const { id } = tote
    if (tote.status === 'sealed' && tote.sealNumber === sealNumber) return toteDoc(tx, id)
    const status = nextStatus('tote', tote.status, 'seal')
    if (!status) throw new Fault('wrong_state')
    const { openTasks, needsCheck } = await toteDoc(tx, id)
    if (openTasks > 0) throw new Fault('tote_unfinished', '', { params: { open: openTasks } })
    await refuseStopped(tx, id)
    if (needsCheck) throw new Fault('tote_unchecked')
    await tx
      .update(totes)
      .set({ status, sealNumber, holderId: null, sealedAt: ctx.now })
      .where(eq(totes.id, id))
    await emit(tx, ctx, {
      type: 'tote.sealed',
      subjectId: id,
      hubId,
      payload: { code: tote.code, orderId: tote.orderId, waveId: tote.waveId, zone: tote.zone, sealNumber },
    })
    return toteDoc(tx, id)
  })
}

/** Goods of a held or recalled lot do not leave the house (食品安全法 Art. 63). */
async function refuseStopped(tx: Tx, toteId: string): Promise<void> {
  const [stopped] = await tx.execute<{ code: string }>(sql`
    select l.code from pick_tasks t join lots l on l.id = t.lot_id
    where t.tote_id = ${toteId} and t.picked_quantity > 0 and l.stage in ('held', 'recalled') limit 1`)
  if (stopped) throw new Fault('tote_stopped_lot', '', { params: { lot: stopped.code } })
}
