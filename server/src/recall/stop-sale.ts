import { recallLots } from '@huming/db/schema/recall'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit, emitAll } from '../kernel/emit.ts'
import { notifyAll } from '../kernel/notice.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { rebalanceLot } from '../orders/rebalance-lot.ts'
import { countReach } from './count-reach.ts'
import { cutTasks } from './cut-tasks.ts'
import { makeFetchTasks } from './fetch-tasks.ts'
import { lockReach, type ReachedLot } from './reach.ts'
import { type RecallDoc, recallDoc } from './read-recall.ts'
import { advance, lockRecall, lotsOf, type Recall, statusAfter } from './rows.ts'

/** A night's pickers may be in the way; the stop gives up to none of them. */
const attempts = 25

/**
 * 停售: once this commits, nothing of the lots, nor of anything made or moved from them, is promised, picked, loaded
 * or handed over anywhere (食品安全法 Art. 63). In one transaction the lots become `recalled`, promises move to other
 * lots or are cut, open pick tasks end, and what lies on shelves, in totes and on trucks becomes work to fetch it. A
 * drill counts what would be reached and changes nothing. A repeat changes nothing.
 */
export async function stopSale(ctx: Ctx, id: string): Promise<RecallDoc> {
  allow(ctx, 'recall.write')
  return inTransaction(
    ctx,
    async (tx) => {
      const recall = await lockRecall(tx, id)
      if (recall.stoppedAt && recall.status !== 'draft') return recallDoc(tx, ctx, id)
      const status = statusAfter(recall, 'stop')
      const named = (await lotsOf(tx, id)).map((lot) => lot.lotId)
      await stopLots(tx, ctx, recall, named, status)
      return recallDoc(tx, ctx, id)
    },
    attempts,
  )
}

/** Stops the named lots and all they reach for a locked recall, and moves it on. */
export async function stopLots(
  tx: Tx,
  ctx: Ctx,
  recall: Recall,
  named: readonly string[],
  status: string,
): Promise<void> {
  const lots = await (recall.drill ? countReach(tx, named) : lockReach(tx, named))
  await writeLots(tx, ctx, recall, named, lots)
  const reached = recall.drill ? await countOf(tx, lots) : await takeOffSale(tx, ctx, recall, lots)
  const stopped = { ...recall.stopped }
  for (const [key, count] of Object.entries(reached)) stopped[key] = (stopped[key] ?? 0) + count
  await advance(tx, ctx, recall, status, { stopped })
  await emit(tx, ctx, {
    type: recall.drill ? 'recall.drill_stopped' : 'recall.stopped',
    subjectId: recall.id,
    payload: { number: recall.number, level: recall.level, ...reached },
  })
}

async function writeLots(
  tx: Tx,
  ctx: Ctx,
  recall: Recall,
  named: readonly string[],
  lots: readonly ReachedLot[],
): Promise<void> {
  if (lots.length === 0) return
  const asked = new Set(named)
  await tx
    .insert(recallLots)
    .values(
      lots.map((lot) => ({
        recallId: recall.id,
        lotId: lot.id,
        named: asked.has(lot.id),
        depth: lot.depth,
        stageBefore: lot.stage,
        holdReasonBefore: lot.holdReason,
        addedAt: ctx.now,
        stoppedAt: ctx.now,
      })),
    )
    .onConflictDoUpdate({
      target: [recallLots.recallId, recallLots.lotId],
      set: {
        stoppedAt: sql`coalesce(${recallLots.stoppedAt}, excluded.stopped_at)`,
        named: sql`${recallLots.named} or excluded.named`,
        // A draft only names; where a lot stood is known when it is stopped.
        stageBefore: sql`case when ${recallLots.stoppedAt} is null then excluded.stage_before else ${recallLots.stageBefore} end`,
        holdReasonBefore: sql`case when ${recallLots.stoppedAt} is null then excluded.hold_reason_before else ${recallLots.holdReasonBefore} end`,
      },
    })
}

/** The true stop. Lots another recall has stopped already stay as they are. */
async function takeOffSale(
  tx: Tx,
  ctx: Ctx,
  recall: Recall,
  reached: readonly ReachedLot[],
): Promise<Record<string, number>> {
  const lots = reached.filter((lot) => !['recalled', 'withdrawn'].includes(lot.stage))
  const ids = lots.map((lot) => lot.id)
  await tx.execute(sql`
    update lots set stage = 'recalled', hold_reason = ${recall.number}, version = version + 1
    where id = any(${bareArray(ids)}::uuid[])`)
  const ended = await cutTasks(tx, ctx, ids)
  let cut = 0
  for (const lot of lots) {
    const outcome = await rebalanceLot(tx, ctx, lot.id, { promisable: 0, reason: 'recalled' })
    cut += outcome.cut > 0 ? 1 : 0
  }
  const fetch = await makeFetchTasks(tx, ctx, recall.id, ids)
  await emitAll(
    tx,
    ctx,
    lots.map((lot) => ({
      type: 'lot.recalled',
      subjectId: lot.id,
      orgId: lot.orgId,
      hubId: lot.hubId,
      payload: { recallId: recall.id, number: recall.number, from: lot.stage, depth: lot.depth },
    })),
  )
  await tellPeople(tx, ctx, recall, ids)
  return { lots: lots.length, tasks: ended.tasks, cutTasks: ended.cuts, cutLots: cut, ...fetch }
}

/** What a drill would have reached. */
async function countOf(tx: Tx, lots: readonly ReachedLot[]): Promise<Record<string, number>> {
  const ids = bareArray(lots.map((lot) => lot.id))
  const [row] = await tx.execute<Record<string, number>>(sql`
    select ${lots.length}::int as lots,
      (select count(*)::int from pick_tasks where lot_id = any(${ids}::uuid[]) and status = 'open') as tasks,
      (select count(distinct order_line_id)::int from promises
        where lot_id = any(${ids}::uuid[]) and picked_quantity is null) as "promisedLines",
      (select count(*)::int from bin_stock s join bins b on b.id = s.bin_id
        where s.lot_id = any(${ids}::uuid[]) and s.quantity > 0) as shelves,
      (select count(distinct t.tote_id)::int from pick_tasks t join totes e on e.id = t.tote_id
        where t.lot_id = any(${ids}::uuid[]) and t.picked_quantity > 0 and e.status in ('open', 'sealed')) as totes,
      (select count(distinct t.tote_id)::int from pick_tasks t join totes e on e.id = t.tote_id
        where t.lot_id = any(${ids}::uuid[]) and t.picked_quantity > 0 and e.status = 'loaded') as trucks`)
  return { ...row }
}

/** Warehouses, suppliers and carriers with goods of it on a truck learn at once. */
async function tellPeople(tx: Tx, ctx: Ctx, recall: Recall, lotIds: readonly string[]): Promise<void> {
  const ids = bareArray(lotIds)
  const rows = await tx.execute<{ orgId: string; name: string }>(sql`
    select distinct x.org_id as "orgId", p.name from (
      select h.org_id, l.sku_id from lots l join hubs h on h.id = l.hub_id where l.id = any(${ids}::uuid[])
      union
      select l.org_id, l.sku_id from lots l where l.id = any(${ids}::uuid[])
      union
      select v.org_id, l.sku_id from lots l join pick_tasks t on t.lot_id = l.id and t.picked_quantity > 0
      join totes e on e.id = t.tote_id and e.status = 'loaded' join stop_orders so on so.order_id = t.order_id
      join stops s on s.id = so.stop_id join runs r on r.id = s.run_id join vehicles v on v.id = r.vehicle_id
      where l.id = any(${ids}::uuid[])) x
    join skus k on k.id = x.sku_id join products p on p.id = k.product_id`)
  await notifyAll(
    tx,
    [...rows].map(({ orgId, name }) => ({
      orgId,
      key: 'notice.recall_stop',
      params: { number: recall.number, name, level: recall.level },
      subjectId: recall.id,
      at: ctx.now,
    })),
  )
}
