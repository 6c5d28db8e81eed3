import { waves } from '@huming/db/schema/picking'
import { nextStatus } from '@huming/shared/flows'
import { eq, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emitAll } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { cancelEmptied } from '../orders/cancel-emptied.ts'
import { tellCuts } from './cuts.ts'
import { type DemandLine, lockWaveLots, type Night, planPacks, waveDemand, waveLots } from './wave-demand.ts'
import { cutsOf, type LineCut, rewritePromises, writeCuts, writeTasks } from './wave-writes.ts'

/**
 * Fixes the lots of a planned wave: the orders' promises are made anew over what is truly received, first expired
 * first; what is short is shared out and cut with its reason; orders with nothing left are cancelled and their
 * credit given back; the rest becomes pick tasks and totes. A repeat gives the same wave.
 */
export async function releaseWave(ctx: Ctx, id: string): Promise<void> {
  allow(ctx, 'wave.release')
  await inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(waves).where(eq(waves.id, id)).for('update')
    const wave = found(row)
    allow(ctx, 'wave.release', { hubId: wave.hubId })
    if (wave.releasedAt) return
    const status = nextStatus('wave', wave.status, 'release')
    if (!status) throw new Fault('wrong_state')
    const night: Night = { waveId: id, hubId: wave.hubId, day: wave.day }
    const demand = await lockDemand(tx, night)
    const lots = await waveLots(tx, night, skuIdsOf(demand))
    const packs = planPacks(demand, lots, wave.day)
    const cuts = cutsOf(packs)
    const promises = await rewritePromises(tx, night, packs, lots)
    await writeCuts(tx, cuts)
    const lines = new Map(demand.map((line) => [line.lineId, line]))
    const made = await writeTasks(tx, night, promises, lines)
    const { going, emptied } = await startOrders(tx, demand, promises)
    const summary = { orders: going.length, cancelledOrders: emptied.length, lines: lines.size, ...made }
    await tx
      .update(waves)
      .set({
        status: going.length > 0 ? status : 'picked',
        releasedAt: ctx.now,
        releasedBy: personIdOf(ctx),
        pickedAt: going.length > 0 ? null : ctx.now,
        summary: { ...summary, cutLines: cuts.length, ...countReasons(cuts) },
      })
      .where(eq(waves.id, id))
    await tellCuts(
      tx,
      ctx,
      cuts.map(({ line, cut, reason }) => ({ lineId: line.lineId, quantity: cut, reason })),
    )
    await cancelEmptied(tx, ctx, emptied)
    await emitAll(tx, ctx, [
      {
        type: 'wave.released',
        subjectId: id,
        hubId: wave.hubId,
        payload: { day: wave.day, ...summary, cutLines: cuts.length },
      },
    ])
  })
}

/** Locks the wave's orders, then its lots, each in id order; refuses a wave with no order left. */
async function lockDemand(tx: Tx, night: Night): Promise<DemandLine[]> {
  await tx.execute(sql`
    select o.id from wave_orders w join orders o on o.id = w.order_id
    where w.wave_id = ${night.waveId} order by o.id for no key update of o`)
  const before = await waveDemand(tx, night.waveId)
  if (before.length === 0) throw new Fault('wave_empty')
  await lockWaveLots(tx, night, skuIdsOf(before))
  // Read again: while we waited for the lots, a receipt may have moved or cut promises.
  return waveDemand(tx, night.waveId)
}

const skuIdsOf = (demand: readonly DemandLine[]): string[] => [...new Set(demand.map((line) => line.skuId))]

/** Orders with something to pick go on; the others are returned as emptied. */
async function startOrders(tx: Tx, demand: readonly DemandLine[], promises: readonly { lineId: string }[]) {
  const orderOf = new Map(demand.map((line) => [line.lineId, line.orderId]))
  const going = new Set(promises.map((promise) => found(orderOf.get(promise.lineId))))
  const emptied = [...new Set(demand.map((line) => line.orderId))].filter((id) => !going.has(id))
  await tx.execute(sql`
    update orders set status = ${found(nextStatus('order', 'frozen', 'release'))}, version = version + 1
    where id = any(${bareArray(going)}::uuid[])`)
  return { going: [...going], emptied }
}

function countReasons(cuts: readonly LineCut[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { reason } of cuts) counts[`cut_${reason}`] = (counts[`cut_${reason}`] ?? 0) + 1
  return counts
}
