import { isDeepStrictEqual } from 'node:util'
import { disposals } from '@huming/db/schema/storing'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { eq, type SQL, sql } from 'drizzle-orm'
import { refuseStrangePhotos } from '../accounts/own-pictures.ts'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { page } from '../kernel/page.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { moveGoods } from '../stock/bin-moves.ts'
import { lockLot } from '../stock/rows.ts'
import { all, goodsColumns, goodsJoins, hubScope, readBinRow, settleStage } from './rows.ts'

type Write = Contracts['storing.writeDisposal']
type Body = ContractParsed<Write>['body']
export type Disposal = ContractReply<Write>
type Row = typeof disposals.$inferSelect

/** Records of disposal are kept at least so long (上海市食品安全条例 Art. 29: two years). */
const keptDays = 731

const disposalQuery = (where: SQL, tail: SQL): SQL => sql`
  select d.id, d.hub_id as "hubId", h.name as hub, ${goodsColumns}, d.bin_id as "binId", b.code as bin, d.quantity,
    d.status, d.method, d.reason, d.place, d.done_at as "doneAt", d.photo_file_ids as "photoFileIds",
    d.done_by as "doneById", w.name as "doneBy", x.name as "witnessBy", d.witnessed_at as "witnessedAt",
    d.keep_until as "keepUntil", d.note
  from disposals d join hubs h on h.id = d.hub_id join bins b on b.id = d.bin_id join lots l on l.id = d.lot_id
  ${goodsJoins} left join people w on w.id = d.done_by left join people x on x.id = d.witness_by
  where ${where} ${tail}`

const disposalDoc = async (db: Db | Tx, id: string): Promise<Disposal> =>
  found((await docs<Disposal>(db, disposalQuery(sql`d.id = ${id}`, sql``)))[0])

/** Records of destruction in one's hubs, newest first. */
export async function listDisposals(
  ctx: Ctx,
  query: ContractParsed<Contracts['storing.listDisposals']>['query'],
): Promise<ContractReply<Contracts['storing.listDisposals']>> {
  allow(ctx, 'stock.read')
  const where = all([
    hubScope(ctx, sql`d.hub_id`),
    query.hubId !== undefined && sql`d.hub_id = ${query.hubId}`,
    query.lotId !== undefined && sql`d.lot_id = ${query.lotId}`,
    query.status !== undefined && sql`d.status = ${query.status}`,
    query.cursor !== undefined && sql`d.id < ${query.cursor}`,
  ])
  const rows = await docs<Disposal>(
    ctx.db,
    disposalQuery(where, sql`order by d.id desc limit ${query.limit + 1}`),
  )
  return page(rows, query.limit, (last) => last.id)
}

/**
 * Writes down how goods of the destroy bin were made unusable (染色, 毁形 …), where and when, with photos
 * (食品安全法 Art. 63, 上海市食品安全条例 Art. 29). They leave the books when a second person confirms. A repeat gives
 * the same.
 */
export async function writeDisposal(ctx: Ctx, id: string, body: Body): Promise<Disposal> {
  allow(ctx, 'stock.destroy')
  const { personId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, id)
    const bin = await readBinRow(tx, body.binId)
    allow(ctx, 'stock.destroy', { hubId: bin.hubId })
    const lot = await lockLot(tx, body.lotId)
    if (lot.hubId !== bin.hubId) throw new Fault('not_found')
    const [before] = await tx.select().from(disposals).where(eq(disposals.id, id))
    if (before) {
      if (repeats(before, body, personId)) return disposalDoc(tx, id)
      throw new Fault('id_reused')
    }
    if (bin.kind !== 'destroy') throw new Fault('bin_move_forbidden')
    const doneAt = new Date(body.doneAt)
    if (doneAt > ctx.now)
      throw new Fault('times_wrong', '', { pointers: [{ pointer: '/body/doneAt', reason: 'future' }] })
    await refuseStrangePhotos(tx, ctx, body.photoFileIds)
    if ((await undisposed(tx, body.binId, body.lotId)) < body.quantity)
      throw new Fault('bin_short', '', { params: { bin: bin.code } })
    const keepUntil = addDays(serviceDayOf(ctx.now), keptDays)
    await tx.insert(disposals).values({
      id,
      ...body,
      hubId: bin.hubId,
      doneAt,
      status: 'written',
      doneBy: personId,
      writtenAt: ctx.now,
      keepUntil,
    })
    const { quantity, method, place } = body
    await emit(tx, ctx, {
      type: 'disposal.written',
      subjectId: lot.id,
      orgId: lot.orgId,
      hubId: lot.hubId,
      payload: { disposalId: id, quantity, method, place },
    })
    return disposalDoc(tx, id)
  })
}

const repeats = (row: Row, body: Body, personId: string): boolean =>
  row.doneBy === personId &&
  row.lotId === body.lotId &&
  row.binId === body.binId &&
  row.quantity === body.quantity &&
  row.method === body.method &&
  row.place === body.place &&
  isDeepStrictEqual(row.photoFileIds, body.photoFileIds)

/** What lies in the bin of the lot, less what other open records speak of. */
async function undisposed(tx: Tx, binId: string, lotId: string): Promise<number> {
  const [row] = await tx.execute<{ quantity: number }>(sql`
    select coalesce((select quantity from bin_stock where bin_id = ${binId} and lot_id = ${lotId}), 0) - coalesce((
      select sum(quantity) from disposals where bin_id = ${binId} and lot_id = ${lotId} and status = 'written'), 0)::int8 as quantity`)
  return found(row).quantity
}

/** A second person saw the goods destroyed: they leave the books. Who wrote it down cannot confirm it. */
export async function witnessDisposal(ctx: Ctx, id: string): Promise<Disposal> {
  allow(ctx, 'stock.destroy')
  const { personId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const { row, lot } = await lockDisposal(tx, ctx, id)
    if (row.status === 'witnessed' && row.witnessBy === personId) return disposalDoc(tx, id)
    const status = nextStatus('disposal', row.status, 'witness')
    if (!status) throw new Fault('wrong_state')
    if (row.doneBy === personId) throw new Fault('other_person_needed')
    await tx
      .update(disposals)
      .set({ status, witnessBy: personId, witnessedAt: ctx.now })
      .where(eq(disposals.id, id))
    const { quantity, method, place, reason } = row
    const eventId = await emit(tx, ctx, {
      type: 'lot.destroyed',
      subjectId: lot.id,
      orgId: lot.orgId,
      hubId: lot.hubId,
      payload: { disposalId: id, quantity, method, place, reason },
    })
    await moveGoods(tx, ctx, {
      lotId: lot.id,
      fromBinId: row.binId,
      toBinId: null,
      quantity,
      kind: 'destroy',
      subjectId: id,
      reason,
      eventId,
    })
    await settleStage(tx, lot.id)
    return disposalDoc(tx, id)
  })
}

/** The goods were not destroyed after all; they still lie in the destroy bin. */
export async function cancelDisposal(ctx: Ctx, id: string, reason: string): Promise<Disposal> {
  allow(ctx, 'stock.destroy')
  return inTransaction(ctx, async (tx) => {
    const { row, lot } = await lockDisposal(tx, ctx, id)
    if (row.status === 'cancelled') return disposalDoc(tx, id)
    const status = nextStatus('disposal', row.status, 'cancel')
    if (!status) throw new Fault('wrong_state')
    await tx.update(disposals).set({ status, note: reason }).where(eq(disposals.id, id))
    await emit(tx, ctx, {
      type: 'disposal.cancelled',
      subjectId: lot.id,
      hubId: lot.hubId,
      payload: { disposalId: id, reason },
    })
    return disposalDoc(tx, id)
  })
}

/** The lot before its record, as everywhere. */
async function lockDisposal(tx: Tx, ctx: Ctx, id: string) {
  const seen = found((await tx.select().from(disposals).where(eq(disposals.id, id)))[0])
  allow(ctx, 'stock.destroy', { hubId: seen.hubId })
  const lot = await lockLot(tx, seen.lotId)
  const [row] = await tx.select().from(disposals).where(eq(disposals.id, id)).for('update')
  return { row: found(row), lot }
}
