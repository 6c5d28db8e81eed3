import { lots } from '@huming/db/schema/stock'
import { quarantines } from '@huming/db/schema/storing'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { isSellableBin } from '@huming/shared/reference/bins'
import { eq, type SQL, sql } from 'drizzle-orm'
import { refuseStrangePhotos } from '../accounts/own-pictures.ts'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { notify } from '../kernel/notice.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { page } from '../kernel/page.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { defaultBin, moveGoods } from '../stock/bin-moves.ts'
import { lockLot } from '../stock/rows.ts'
import { giveRoom, makeRoom } from './room.ts'
import {
  all,
  goodsColumns,
  goodsJoins,
  hubScope,
  movedBefore,
  quantityIn,
  readBinRow,
  settleStage,
  zoneOf,
} from './rows.ts'

type Doc = ContractReply<Contracts['storing.quarantine']>
type Row = typeof quarantines.$inferSelect

const quarantineQuery = (where: SQL, tail: SQL): SQL => sql`
  select q.id, q.hub_id as "hubId", h.name as hub, ${goodsColumns}, b.code as bin, q.quantity, q.status, q.reason,
    q.photo_file_ids as "photoFileIds", q.opened_at as "openedAt", o.name as "openedBy", q.tested_at as "testedAt",
    q.test_note as "testNote", q.decided_at as "decidedAt", d.name as "decidedBy", q.decision
  from quarantines q join hubs h on h.id = q.hub_id join bins b on b.id = q.bin_id join lots l on l.id = q.lot_id
  ${goodsJoins} left join people o on o.id = q.opened_by left join people d on d.id = q.decided_by
  where ${where} ${tail}`

const quarantineDoc = async (db: Db | Tx, id: string): Promise<Doc> =>
  found((await docs<Doc>(db, quarantineQuery(sql`q.id = ${id}`, sql``)))[0])

/** What is kept apart in one's hubs, newest first. */
export async function listQuarantines(
  ctx: Ctx,
  query: ContractParsed<Contracts['storing.listQuarantines']>['query'],
): Promise<ContractReply<Contracts['storing.listQuarantines']>> {
  allow(ctx, 'stock.read')
  const where = all([
    hubScope(ctx, sql`q.hub_id`),
    query.hubId !== undefined && sql`q.hub_id = ${query.hubId}`,
    query.lotId !== undefined && sql`q.lot_id = ${query.lotId}`,
    query.status !== undefined && sql`q.status = ${query.status}`,
    query.open === true && sql`q.status in ('waiting', 'testing')`,
    query.cursor !== undefined && sql`q.id < ${query.cursor}`,
  ])
  const rows = await docs<Doc>(
    ctx.db,
    quarantineQuery(where, sql`order by q.id desc limit ${query.limit + 1}`),
  )
  return page(rows, query.limit, (last) => last.id)
}

/**
 * Keeps part of a lot apart: into the quarantine bin of its zone, out of what may be promised; promises it no longer
 * covers move on or are cut. Only food safety lets it out again. A repeat gives the same.
 */
export async function quarantineGoods(
  ctx: Ctx,
  id: string,
  body: ContractParsed<Contracts['storing.quarantine']>['body'],
): Promise<Doc> {
  allow(ctx, 'stock.hold')
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, id)
    const known = await lotOf(tx, body.lotId)
    allow(ctx, 'stock.hold', { hubId: known.hubId })
    if (await movedBefore(tx, id, body)) return quarantineDoc(tx, id)
    const from = await readBinRow(tx, body.fromBinId)
    if (from.hubId !== known.hubId) throw new Fault('not_found')
    if (!isSellableBin(from.kind)) throw new Fault('bin_move_forbidden')
    await refuseStrangePhotos(tx, ctx, body.photoFileIds)
    if ((await quantityIn(tx, from.id, known.id)) < body.quantity)
      throw new Fault('bin_short', '', { params: { bin: from.code } })
    const lot = await makeRoom(tx, ctx, known.id, { quantity: body.quantity, reason: 'held' })
    const { photoFileIds, quantity, reason } = body
    await keepApart(tx, ctx, lot, { id, fromBinId: from.id, quantity, reason, photoFileIds, kind: 'hold' })
    return quarantineDoc(tx, id)
  })
}

type Apart = {
  readonly id: string
  /** Null when the goods come in from outside. */
  readonly fromBinId: string | null
  readonly quantity: number
  readonly reason: string
  readonly photoFileIds: string[]
  readonly kind: 'hold' | 'transfer_in' | 'count' | 'unpick'
}

/** Lays goods of a locked lot into quarantine and opens the record; what the lot promises is settled by the caller. */
export async function keepApart(
  tx: Tx,
  ctx: Ctx,
  lot: typeof lots.$inferSelect,
  { id, fromBinId, quantity, reason, photoFileIds, kind }: Apart,
): Promise<void> {
  const bin = await defaultBin(tx, lot.hubId, await zoneOf(tx, lot.skuId), 'quarantine')
  const about = { subjectId: lot.id, orgId: lot.orgId, hubId: lot.hubId }
  const eventId = await emit(tx, ctx, {
    type: 'stock.quarantined',
    ...about,
    payload: { quarantineId: id, quantity, reason },
  })
  await tx.insert(quarantines).values({
    id,
    hubId: lot.hubId,
    lotId: lot.id,
    binId: bin.id,
    quantity,
    status: 'waiting',
    reason,
    photoFileIds,
    openedBy: personIdOf(ctx),
    openedAt: ctx.now,
  })
  await moveGoods(tx, ctx, {
    lotId: lot.id,
    fromBinId,
    toBinId: bin.id,
    quantity,
    kind,
    subjectId: id,
    reason,
    eventId,
  })
  await notify(tx, {
    orgId: lot.orgId,
    key: 'notice.stock_quarantined',
    params: { lot: lot.code, quantity, reason },
    subjectId: lot.id,
    at: ctx.now,
  })
}

/** A sample of what is kept apart is being tested. A repeat gives the same. */
export async function testQuarantine(ctx: Ctx, id: string, note: string): Promise<Doc> {
  allow(ctx, 'stock.hold')
  return inTransaction(ctx, async (tx) => {
    const row = await lockQuarantine(tx, id)
    allow(ctx, 'stock.hold', { hubId: row.hubId })
    if (row.status === 'testing' && row.testNote === note) return quarantineDoc(tx, id)
    const status = nextStatus('quarantine', row.status, 'test')
    if (!status) throw new Fault('wrong_state')
    await tx
      .update(quarantines)
      .set({ status, testNote: note, testedBy: personIdOf(ctx), testedAt: ctx.now })
      .where(eq(quarantines.id, id))
    await emit(tx, ctx, {
      type: 'stock.sampled',
      subjectId: row.lotId,
      hubId: row.hubId,
      payload: { quarantineId: id, note },
    })
    return quarantineDoc(tx, id)
  })
}

/**
 * Food safety's word, with a reason: released goods go back to the dock to be put away and may be promised again;
 * rejected ones go to be destroyed. Nothing past its last day or of a recalled lot is released.
 */
export async function decideQuarantine(
  ctx: Ctx,
  id: string,
  { release, reason }: ContractParsed<Contracts['storing.decideQuarantine']>['body'],
): Promise<Doc> {
  allow(ctx, 'stock.release')
  return inTransaction(ctx, async (tx) => {
    const seen = found((await tx.select().from(quarantines).where(eq(quarantines.id, id)))[0])
    // The lot before its record, as everywhere.
    const lot = await lockLot(tx, seen.lotId)
    const row = await lockQuarantine(tx, id)
    const done = release ? 'released' : 'rejected'
    if (row.status === done && row.decision === reason) return quarantineDoc(tx, id)
    const status = nextStatus('quarantine', row.status, release ? 'release' : 'reject')
    if (!status) throw new Fault('wrong_state')
    if (release) refuseRelease(ctx, lot)
    await tx
      .update(quarantines)
      .set({ status, decision: reason, decidedBy: personIdOf(ctx), decidedAt: ctx.now })
      .where(eq(quarantines.id, id))
    const about = { subjectId: lot.id, orgId: lot.orgId, hubId: lot.hubId }
    const type = release ? 'stock.released' : 'stock.rejected'
    const payload = { quarantineId: id, quantity: row.quantity, reason }
    const eventId = await emit(tx, ctx, { type, ...about, payload })
    const zone = await zoneOf(tx, lot.skuId)
    const to = await defaultBin(tx, lot.hubId, zone, release ? 'dock' : 'destroy')
    await moveGoods(tx, ctx, {
      lotId: lot.id,
      fromBinId: row.binId,
      toBinId: to.id,
      quantity: row.quantity,
      kind: release ? 'release' : 'set_apart',
      subjectId: id,
      reason,
      eventId,
    })
    if (release) await giveRoom(tx, lot, row.quantity)
    else await settleStage(tx, lot.id)
    return quarantineDoc(tx, id)
  })
}

function refuseRelease(ctx: Ctx, lot: typeof lots.$inferSelect): void {
  if (lot.useByDay < serviceDayOf(ctx.now))
    throw new Fault('goods_expired', '', { params: { lot: lot.code } })
  if (lot.stage !== 'received' && lot.stage !== 'used_up') throw new Fault('lot_wrong_stage', lot.code)
}

async function lockQuarantine(tx: Tx, id: string): Promise<Row> {
  return found((await tx.select().from(quarantines).where(eq(quarantines.id, id)).for('update'))[0])
}

export async function lotOf(tx: Tx, id: string): Promise<typeof lots.$inferSelect> {
  return found((await tx.select().from(lots).where(eq(lots.id, id)))[0])
}
