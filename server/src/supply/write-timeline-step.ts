import { timelineSteps } from '@huming/db/schema/inbound'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { inTransaction } from '../kernel/transaction.ts'

type Body = ContractParsed<Contracts['timeline.writeStep']>['body']

/**
 * Says how long a step takes from a day on. Facts are taken as they are, also when a cut-off in force can no longer
 * be met: the check of the cut-offs shows it. A repeat changes nothing.
 */
export async function writeTimelineStep(ctx: Ctx, id: string, body: Body): Promise<{ ok: true }> {
  allow(ctx, 'supply.plan', { hubId: body.hubId })
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, id)
    const [hub] = await tx.execute(sql`select id from hubs where id = ${body.hubId}`)
    found(hub)
    const [before] = await tx.select().from(timelineSteps).where(eq(timelineSteps.id, id))
    if (before) {
      const names = Object.keys(body) as (keyof Body)[]
      if (!names.every((name) => before[name] === body[name])) throw new Fault('id_reused')
      return { ok: true }
    }
    if (body.validTo < body.validFrom)
      throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/validTo', reason: 'before_start' }] })
    await tx.insert(timelineSteps).values({ id, ...body })
    await emit(tx, ctx, { type: 'timeline.written', subjectId: id, hubId: body.hubId, payload: { ...body } })
    return { ok: true }
  })
}
