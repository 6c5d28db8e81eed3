import { callOffs } from '@huming/db/schema/supply'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { eq, sql } from 'drizzle-orm'
import { refuseGate } from '../accounts/gates.ts'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lowerLots } from './lower-lots.ts'
import { type CallOff, callOffQuery } from './rows.ts'
import { answerOf } from './rules.ts'

type Body = ContractParsed<Contracts['supply.answerCallOff']>['body']

/**
 * A supplier confirms a call-off, or cuts it with a reason. A cut lowers what its lots not yet on the way can
 * promise, so that buyers learn of it now and not in the night. Nothing is confirmed for a day on which the papers
 * do not let the goods be sold.
 */
export async function answerCallOff(ctx: Ctx, id: string, body: Body): Promise<CallOff> {
  allow(ctx, 'supply.write')
  return inTransaction(ctx, async (tx) => {
    const [before] = await tx.select().from(callOffs).where(eq(callOffs.id, id)).for('update')
    const row = found(before)
    allow(ctx, 'supply.write', { orgId: row.orgId })
    if (row.status !== 'asked') {
      const same = row.confirmedQuantity === body.confirmedQuantity && row.answerNote === body.note
      if (!same) throw new Fault('wrong_state')
      return callOffDoc(tx, id)
    }
    if (body.confirmedQuantity > row.quantity)
      throw new Fault('over_call_off', '', { params: { quantity: row.quantity } })
    const answer = answerOf(row.quantity, body.confirmedQuantity)
    if (answer === 'cut' && body.note === '')
      throw new Fault('reason_missing', '', { pointers: [{ pointer: '/body/note', reason: 'required' }] })
    if (body.confirmedQuantity > 0)
      await refuseGate(tx, ctx, 'promise', { skuIds: [row.skuId], day: row.day })
    await tx
      .update(callOffs)
      .set({
        status: found(nextStatus('callOff', row.status, answer)),
        confirmedQuantity: body.confirmedQuantity,
        answerNote: body.note,
        answeredBy: personIdOf(ctx),
        answeredAt: ctx.now,
      })
      .where(eq(callOffs.id, id))
    await lowerLots(tx, ctx, row, row.quantity - body.confirmedQuantity, 'supply_short')
    await emit(tx, ctx, {
      type: 'callOff.answered',
      subjectId: id,
      orgId: row.orgId,
      hubId: row.hubId,
      payload: { day: row.day, skuId: row.skuId, asked: row.quantity, confirmed: body.confirmedQuantity },
    })
    return callOffDoc(tx, id)
  })
}

async function callOffDoc(tx: Tx, id: string): Promise<CallOff> {
  return found((await docs<CallOff>(tx, callOffQuery(sql`f.id = ${id}`)))[0])
}
