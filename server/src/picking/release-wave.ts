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
import { hubRules, rulesOfDay } from './hub-rules.ts'
import { lotPlaces } from './lot-places.ts'
import { planTasks } from './plan-tasks.ts'
import { waveChoices } from './wave-choices.ts'
import { lockWaveLots, type Night, planPacks, waveDemand, waveLots } from './wave-demand.ts'
import { cutsOf, type LineCut, rewritePromises, writeCuts, writeTasks } from './wave-writes.ts'

/**
 * Fixes the lots of a planned wave: the orders' promises are made anew over what is truly received, first expired
 * first; what is short is shared out and cut with its reason; orders with nothing left are cancelled and their
 * credit given back; the rest becomes pick tasks and totes. A repeat gives the same wave.
 */
export async function releaseWave(ctx: Ctx, id: string): Promise<void> {
  allow(ctx, 'wave.release')
  await inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(waves).where(eq(waves.id, id)).for('no key update')
    const wave = found(row)
    allow(ctx, 'wave.release', { hubId: wave.hubId })
    if (wave.releasedAt) return
    const status = nextStatus('wave', wave.status, 'release')
    if (!status) throw new Fault('wrong_state')
    const night: Night = { waveId: id, hubId: wave.hubId, day: wave.day }
    await lockForRelease(tx, night)
    const demand = await waveDemand(tx, id)
    if (demand.orders.size === 0) throw new Fault('wave_empty')
    const lots = await waveLots(tx, wave.hubId, demand)
    const hub = await hubRules(tx, wave.hubId)
    const packs = planPacks(demand, lots, wave.day, hub)
    const cuts = cutsOf(packs, hub.shortageRule)
    const choosing = {
      rules: await rulesOfDay(tx, wave.hubId, wave.day),
      choices: await waveChoices(tx, id),
      places: await lotPlaces(
        tx,
        lots.filter((lot) => lot.onHand > 0).map((lot) => lot.id),
      ),
    }
    const plan = planTasks(demand, packs, choosing, hub)
    const tasks = await rewritePromises(tx, plan, demand.standing, lots)
    await writeCuts(tx, cuts)
    const made = await writeTasks(tx, ctx, night, tasks, hub.ssccPrefix)
    const { going, emptied } = await startOrders(tx, demand.orders.keys(), plan)
    const lines = demand.lines.length
    const summary = {
      orders: going.length,
      cancelledOrders: emptied.length,
      lines,
      ...made,
      ...countMethods(plan),
    }
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
      cuts.map(({ line, cut, reason, rule }) => ({ lineId: line.lineId, quantity: cut, reason, rule })),
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

/** Locks the wave's orders, then the lots of what they want, each in id order. */
async function lockForRelease(tx: Tx, night: Night): Promise<void> {
  await tx.execute(sql`
    select count(*) from (
      select o.id from wave_orders w join orders o on o.id = w.order_id
      where w.wave_id = ${night.waveId} order by o.id for no key update of o) o`)
  // What is read after this stands: until now a receipt may have moved or cut promises.
  await lockWaveLots(tx, night)
}

/** Orders with something to pick go on; the others are returned as emptied. */
async function startOrders(tx: Tx, orderIds: Iterable<string>, plan: readonly { orderId: string }[]) {
  const going = new Set(plan.map((task) => task.orderId))
  await tx.execute(sql`
    update orders set status = ${found(nextStatus('order', 'frozen', 'release'))}, version = version + 1
    where id = any(${bareArray(going)}::uuid[])`)
  return { going: [...going], emptied: [...orderIds].filter((id) => !going.has(id)) }
}

/** Tasks by method, for the wave's summary; picking by order is what is left. */
function countMethods(plan: readonly { method: string }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { method } of plan)
    if (method !== 'by_order') counts[`by_${method}`] = (counts[`by_${method}`] ?? 0) + 1
  return counts
}

function countReasons(cuts: readonly LineCut[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { reason } of cuts) counts[`cut_${reason}`] = (counts[`cut_${reason}`] ?? 0) + 1
  return counts
}
