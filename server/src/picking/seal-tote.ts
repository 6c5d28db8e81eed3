import { totes, waves } from '@huming/db/schema/picking'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { docs } from '../supply/rows.ts'
import { type Tote, toteQuery } from './read-totes.ts'
import { refuseRecalled } from './recalled-goods.ts'

/** Closes a tote by its code, once everything in it is picked. A repeat with the same seal gives the same. */
export async function sealTote(
  ctx: Ctx,
  code: string,
  sealNumber: string,
): Promise<ContractReply<Contracts['picking.sealTote']>> {
  allow(ctx, 'pick.write')
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({ tote: totes, hubId: waves.hubId })
      .from(totes)
      .innerJoin(waves, eq(waves.id, totes.waveId))
      .where(eq(totes.code, code.trim().toUpperCase()))
      .for('no key update', { of: totes })
    const { tote, hubId } = found(row)
    allow(ctx, 'pick.write', { hubId })
    const read = async () => found((await docs<Tote>(tx, toteQuery(sql`e.id = ${tote.id}`, sql``)))[0])
    if (tote.status === 'sealed' && tote.sealNumber === sealNumber) return read()
    const status = nextStatus('tote', tote.status, 'seal')
    if (!status) throw new Fault('wrong_state')
    const { openTasks } = await read()
    if (openTasks > 0) throw new Fault('tote_unfinished', '', { params: { open: openTasks } })
    await refuseRecalled(tx, sql`t.tote_id = ${tote.id}`)
    await tx.update(totes).set({ status, sealNumber, sealedAt: ctx.now }).where(eq(totes.id, tote.id))
    await emit(tx, ctx, {
      type: 'tote.sealed',
      subjectId: tote.id,
      hubId,
      payload: { code: tote.code, orderId: tote.orderId, waveId: tote.waveId, zone: tote.zone, sealNumber },
    })
    return read()
  })
}
