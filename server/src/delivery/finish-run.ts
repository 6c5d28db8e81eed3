import { runs, stops } from '@huming/db/schema/routes'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockRun } from './rows.ts'
import { happenedAt } from './rules.ts'

type Reply = ContractReply<Contracts['delivery.finishRun']>
const ends = ['delivered', 'partial', 'refused', 'failed'] as const

/** Back at the hub with every stop closed. A repeat gives the same answer. */
export async function finishRun(
  ctx: Ctx,
  { id, at }: { id: string; at?: string | undefined },
): Promise<Reply> {
  allow(ctx, 'run.drive')
  return inTransaction(ctx, async (tx) => {
    const run = await lockRun(tx, ctx, id)
    const own = await tx.select().from(stops).where(eq(stops.runId, run.id))
    const counts = Object.fromEntries(
      ends.map((end) => [end, own.filter((stop) => stop.status === end).length]),
    ) as Pick<Reply, (typeof ends)[number]>
    const answer = (status: string, version: number): Reply => ({
      id: run.id,
      status: status as Reply['status'],
      version,
      ...counts,
    })
    if (run.status === 'finished') return answer(run.status, run.version)
    const status = nextStatus('run', run.status, 'finish')
    if (!status) throw new Fault('wrong_state')
    const open = own.filter((stop) => stop.finishedAt === null).length
    if (open > 0) throw new Fault('stops_open', '', { params: { count: open } })
    const last = Math.max(...own.map((stop) => stop.finishedAt?.getTime() ?? 0))
    const finishedAt = happenedAt(at, new Date(last), ctx.now)
    await tx
      .update(runs)
      .set({ status, finishedAt, version: sql`${runs.version} + 1` })
      .where(eq(runs.id, run.id))
    await emit(tx, ctx, {
      type: 'run.finished',
      subjectId: run.id,
      hubId: run.hubId,
      payload: {
        ...counts,
        cratesOut: own.reduce((sum, stop) => sum + stop.cratesOut, 0),
        cratesBack: own.reduce((sum, stop) => sum + stop.cratesBack, 0),
      },
    })
    return answer(status, run.version + 1)
  })
}
