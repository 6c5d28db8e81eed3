import { stops } from '@huming/db/schema/routes'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { keepPlace } from './arrival-place.ts'
import { isOutOfOrder, lockStop, refuseLaterTrip, refuseOffRoad } from './rows.ts'
import { happenedAt } from './rules.ts'
import { type StopView, stopView } from './run-doc.ts'

export type StopDone = { stop: StopView; outOfOrder: boolean }

type Arriving = ContractParsed<Contracts['delivery.arrive']>['body'] & { id: string }

/** At the door. Stops may be taken out of order; a repeat changes nothing. */
export async function arrive(ctx: Ctx, input: Arriving): Promise<StopDone> {
  allow(ctx, 'run.drive')
  return inTransaction(ctx, async (tx) => {
    const road = await lockStop(tx, ctx, input.id)
    const { stop, run, site } = road
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
      const metresOff = await keepPlace(tx, road, input.place, arrivedAt)
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
          metresOff,
        },
      })
    }
    return { stop: await stopView(tx, run.id, stop.id, ctx.now), outOfOrder }
  })
}
