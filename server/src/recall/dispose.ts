import { disposals, quarantines } from '@huming/db/schema/storing'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import type { Zone } from '@huming/shared/reference/zones'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { refuseStrangePhotos } from '../accounts/own-pictures.ts'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { defaultBin, moveGoods } from '../stock/bin-moves.ts'
import { clearLots } from './clear-lots.ts'
import { type RecallDoc, recallDoc } from './read-recall.ts'
import { advance, lockRecall, lotsOf, type Recall, statusAfter } from './rows.ts'

/** Records of disposal are kept at least so long (上海市食品安全条例 Art. 29: two years). */
const keptDays = 731

type Body = ContractParsed<Contracts['recall.dispose']>['body']

/**
 * All that was fetched is destroyed before witnesses, with method, place and photos (食品安全法 Art. 63, 上海市食品安全
 * 条例 Art. 29); it leaves the books when a second person confirms each record at the disposal desk. Where only the label was at fault it is corrected instead and what never left the house goes back on
 * sale; what buyers returned is destroyed all the same (Art. 30). Nothing may be left to fetch.
 */
export async function disposeRecalled(ctx: Ctx, id: string, body: Body): Promise<RecallDoc> {
  allow(ctx, 'recall.write')
  return inTransaction(ctx, async (tx) => {
    const recall = await lockRecall(tx, id)
    if (recall.status === 'disposed') return recallDoc(tx, ctx, id)
    // What has no buyers to fetch from goes straight from telling to destroying.
    const retrieving = recall.status === 'notified' ? { ...recall, status: 'retrieving' } : recall
    const status = statusAfter(retrieving, 'dispose')
    if (recall.drill) throw new Fault('wrong_state', '', { state: recall.status })
    await refuseOpenTasks(tx, id)
    await refuseStrangePhotos(tx, ctx, body.photoFileIds)
    const lots = await lotsOf(tx, id)
    const lying = await goodsApart(
      tx,
      lots.map((lot) => lot.lotId),
    )
    const doomed = lying.filter((one) => recall.remedy === 'destroy' || one.kind !== 'quarantine')
    if (doomed.length > 0 && body.method === null)
      throw new Fault('reason_missing', '', { pointers: [{ pointer: '/body/method', reason: 'required' }] })
    const eventId = await emit(tx, ctx, {
      type: 'recall.disposed',
      subjectId: id,
      payload: {
        ...body,
        remedy: recall.remedy,
        destroyed: doomed.map(({ lotId, quantity }) => ({ lotId, quantity })),
      },
    })
    for (const one of doomed) await destroy(tx, ctx, { recall, one, body, eventId })
    if (recall.remedy === 'relabel') await relabelled(tx, ctx, recall, lying, eventId)
    await advance(tx, ctx, recall, status, { retrievingAt: recall.retrievingAt ?? ctx.now })
    return recallDoc(tx, ctx, id)
  })
}

/** Tasks open, and goods of the recall that are still on their way to a hub. */
async function refuseOpenTasks(tx: Tx, recallId: string): Promise<void> {
  const [row] = await tx.execute<{ n: number }>(sql`
    select ((select count(*) from recall_tasks where recall_id = ${recallId} and status = 'open')
      + (select count(*) from recall_lots x join consignment_lines n on n.lot_id = x.lot_id and n.received_at is null
        join consignments c on c.id = n.consignment_id and c.status in ('shipped', 'arrived')
        where x.recall_id = ${recallId}))::int as n`)
  const count = found(row).n
  if (count > 0) throw new Fault('recall_tasks_open', '', { params: { count } })
}

type Lying = { lotId: string; binId: string; hubId: string; zone: Zone; kind: string; quantity: number }

/** Goods of the lots that lie apart; the lots are locked in id order. */
async function goodsApart(tx: Tx, lotIds: readonly string[]): Promise<Lying[]> {
  const ids = bareArray(lotIds)
  await tx.execute(sql`select id from lots where id = any(${ids}::uuid[]) order by id for update`)
  const rows = await tx.execute<Lying>(sql`
    select s.lot_id as "lotId", b.id as "binId", b.hub_id as "hubId", k.zone, b.kind, s.quantity
    from bin_stock s join bins b on b.id = s.bin_id join lots l on l.id = s.lot_id join skus k on k.id = l.sku_id
    where s.lot_id = any(${ids}::uuid[]) and s.quantity > 0 and b.kind in ('quarantine', 'returns', 'destroy')
    order by s.lot_id, array_position(array['destroy', 'returns', 'quarantine'], b.kind), b.id`)
  return [...rows]
}

/** Into the bin for destruction, with the record that a second person confirms before the goods leave the books. */
async function destroy(
  tx: Tx,
  ctx: Ctx,
  { recall, one, body, eventId }: { recall: Recall; one: Lying; body: Body; eventId: string },
): Promise<void> {
  const { lotId, quantity, hubId } = one
  let binId = one.binId
  if (one.kind === 'quarantine')
    await endQuarantines(tx, ctx, one, { status: 'rejected', decision: recall.number })
  if (one.kind !== 'destroy') {
    const bin = await defaultBin(tx, hubId, one.zone, 'destroy')
    const about = { lotId, quantity, subjectId: recall.id, reason: recall.number, eventId }
    await moveGoods(tx, ctx, { ...about, fromBinId: binId, toBinId: bin.id, kind: 'set_apart' })
    binId = bin.id
  }
  const rest = await undisposed(tx, binId, lotId)
  // All of it stands in a record that waits for its witness already.
  if (rest <= 0) return
  const { method, place, photoFileIds, witnesses, note } = body
  await tx.insert(disposals).values({
    id: newId(),
    hubId,
    lotId,
    binId,
    quantity: rest,
    status: 'written',
    method: method ?? '',
    reason: recall.number,
    place,
    doneAt: ctx.now,
    photoFileIds,
    doneBy: person(ctx).personId,
    writtenAt: ctx.now,
    keepUntil: addDays(serviceDayOf(ctx.now), keptDays),
    note: [witnesses, note].filter((text) => text !== '').join('；'),
  })
}

/** What lies in the bin of the lot and is in no open record of disposal yet. */
async function undisposed(tx: Tx, binId: string, lotId: string): Promise<number> {
  const [row] = await tx.execute<{ quantity: number }>(sql`
    select (s.quantity - coalesce((select sum(d.quantity) from disposals d
      where d.bin_id = s.bin_id and d.lot_id = s.lot_id and d.status = 'written'), 0))::int8 as quantity
    from bin_stock s where s.bin_id = ${binId} and s.lot_id = ${lotId}`)
  return found(row).quantity
}

/** The records of what lay in quarantine end with what became of it. */
async function endQuarantines(
  tx: Tx,
  ctx: Ctx,
  { lotId, binId }: Pick<Lying, 'lotId' | 'binId'>,
  end: { status: 'rejected' | 'released'; decision: string },
): Promise<void> {
  await tx
    .update(quarantines)
    .set({ ...end, decidedBy: person(ctx).personId, decidedAt: ctx.now })
    .where(
      and(
        eq(quarantines.lotId, lotId),
        eq(quarantines.binId, binId),
        inArray(quarantines.status, ['waiting', 'testing']),
      ),
    )
}

/** Correctly labelled, what never left the house goes back to where its lot stood. */
async function relabelled(
  tx: Tx,
  ctx: Ctx,
  recall: Recall,
  lying: readonly Lying[],
  eventId: string,
): Promise<void> {
  for (const { lotId, binId, hubId, zone, quantity } of lying.filter((one) => one.kind === 'quarantine')) {
    await endQuarantines(tx, ctx, { lotId, binId }, { status: 'released', decision: recall.number })
    const dock = await defaultBin(tx, hubId, zone, 'dock')
    await moveGoods(tx, ctx, {
      lotId,
      fromBinId: binId,
      toBinId: dock.id,
      quantity,
      kind: 'release',
      subjectId: recall.id,
      reason: recall.number,
      eventId,
    })
  }
  await clearLots(tx, ctx, recall.id, `relabelled ${recall.number}`)
}
