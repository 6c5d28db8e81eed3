import { stops } from '@huming/db/schema/routes'
import { nextStatus } from '@huming/shared/flows'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { isOutOfOrder, lockStop, refuseLaterTrip, refuseOffRoad } from './rows.ts'
import { happenedAt } from './rules.ts'
import { type StopView, stopView } from './run-doc.ts'

export type StopDone = { stop: StopView; outOfOrder: boolean }

/** At the door. Stops may be taken out of order; a repeat changes nothing. */
export async function arrive(ctx: Ctx, input: { id: string; at?: string | undefined }): Promise<StopDone> {
  allow(ctx, 'run.drive')
  return inTransaction(ctx, async (tx) => {
    const { stop, run, site } = await lockStop(tx, ctx, input.id)
    const outOfOrder = await isOutOfOrder(tx, stop)
    if (stop.arrivedAt === null) {
      const status = nextStatus('stop', stop.status, 'arrive')
      if (!status) throw new Fault('wrong_state')
      refuseOffRoad(run)
      refuseLaterTrip(run, stop)
      const arrivedAt = happenedAt(input.at, run.dispatchedAt, ctx.now)
      await tx
        .update(stops)
        .set({ status, arrivedAt, version: sql`${stops.version} + 1` })
        .where(eq(stops.id, stop.id))
      await emit(tx, ctx, {
        type: 'stop.arrived',
        subjectId: stop.id,
        orgId: site.orgId,
        hubId: run.hubId,
        payload: {
          runId: run.id,
          at: arrivedAt.toISOString(),
          plannedAt: stop.plannedArriveAt.toISOString(),
          outOfOrder,
        },
      })
    }
    return { stop: await stopView(tx, run.id, stop.id, ctx.now), outOfOrder }
  })
}
