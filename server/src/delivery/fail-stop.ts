import { stops } from '@huming/db/schema/routes'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { missingBeforeFail } from '@huming/shared/evidence'
import { nextStatus } from '@huming/shared/flows'
import { eq, sql } from 'drizzle-orm'
import { refuseStrangePhotos } from '../accounts/own-pictures.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import type { StopDone } from './arrive.ts'
import { closeStop } from './close-stop.ts'
import { type DoorRuleRow, doorRuleAt, writeProof } from './door-rule.ts'
import { aboardOf, isOutOfOrder, lockStop, refuseLaterTrip, refuseOffRoad, type StopRow } from './rows.ts'
import { happenedAt } from './rules.ts'
import { stopView } from './run-doc.ts'

type Failing = ContractParsed<Contracts['delivery.fail']>['body'] & { id: string }

/** Nobody took the goods: all of them come back as refused at the door, the orders fail, nothing is owed. */
export async function failStop(ctx: Ctx, input: Failing): Promise<StopDone> {
  allow(ctx, 'run.drive')
  return inTransaction(ctx, async (tx) => {
    const at = await lockStop(tx, ctx, input.id)
    const { stop, run } = at
    const outOfOrder = await isOutOfOrder(tx, stop)
    if (!repeats(stop, input)) {
      const status = nextStatus('stop', stop.status, 'fail')
      if (!status) throw new Fault('wrong_state')
      refuseOffRoad(run)
      refuseLaterTrip(run, stop)
      await refuseStrangePhotos(tx, ctx, input.photoFileIds)
      const finishedAt = happenedAt(input.at, stop.arrivedAt ?? run.dispatchedAt, ctx.now)
      refuseTooEarly(await doorRuleAt(tx, run.day, at.site.orgId), stop, input, finishedAt)
      const { reason, photoFileIds, note } = input
      await tx
        .update(stops)
        .set({
          status,
          finishedAt,
          failReason: reason,
          photoFileIds,
          note,
          version: sql`${stops.version} + 1`,
        })
        .where(eq(stops.id, stop.id))
      await writeProof(tx, {
        stopId: stop.id,
        kind: 'failed',
        evidence: input.evidence,
        at: finishedAt,
        sentAt: input.sentAt,
        now: ctx.now,
        flags: [],
        told: input,
      })
      const lines = (await aboardOf(tx, stop.id)).map((line) => ({
        ...line,
        delivered: 0,
        refused: line.quantity,
        reason,
      }))
      await closeStop(tx, ctx, at, lines, { type: 'stop.failed', at: finishedAt, payload: { reason, note } })
    }
    return { stop: await stopView(tx, run.id, stop.id, ctx.now), outOfOrder }
  })
}

/** Before a shut door is given up: called, waited, photographed. */
function refuseTooEarly(rule: DoorRuleRow | null, stop: StopRow, input: Failing, at: Date): void {
  const missing = missingBeforeFail(rule, {
    reason: input.reason,
    arrivedAt: stop.arrivedAt?.toISOString() ?? null,
    at: at.toISOString(),
    calledAt: input.evidence.calledAt,
    photos: input.photoFileIds.length,
  })
  if (missing === 'photo')
    throw new Fault('proof_missing', '', {
      pointers: [{ pointer: '/body/photoFileIds', reason: 'required' }],
    })
  if (missing) throw new Fault('wait_longer', '', { params: { minutes: rule?.waitMinutes ?? 0 } })
}

const repeats = (stop: StopRow, input: Failing): boolean =>
  stop.status === 'failed' &&
  stop.failReason === input.reason &&
  stop.note === input.note &&
  stop.photoFileIds.join() === input.photoFileIds.join()
