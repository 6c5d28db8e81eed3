import { returnedGoods } from '@huming/db/schema/storing'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { isSellableBin } from '@huming/shared/reference/bins'
import { eq, type SQL, sql } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { page } from '../kernel/page.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { defaultBin, moveGoods } from '../stock/bin-moves.ts'
import { lockLot } from '../stock/rows.ts'
import { lotOf } from './quarantine.ts'
import { makeRoom } from './room.ts'
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

type Apart = Contracts['storing.setApart']

/**
 * Brings goods to where they wait to be destroyed: what is damaged or expired from a sellable bin, what came back
 * from the returns bin (食品安全法 Art. 54, 上海市食品安全条例 Arts 29–30). There is no way back. Quarantined goods come
 * here only by food safety's decision. A repeat gives the same.
 */
export async function setApart(
  ctx: Ctx,
  id: string,
  body: ContractParsed<Apart>['body'],
): Promise<ContractReply<Apart>> {
  allow(ctx, 'stock.move')
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, id)
    const known = await lotOf(tx, body.lotId)
    allow(ctx, 'stock.move', { hubId: known.hubId })
    const from = await readBinRow(tx, body.fromBinId)
    if (from.hubId !== known.hubId) throw new Fault('not_found')
    const to = await defaultBin(tx, known.hubId, await zoneOf(tx, known.skuId), 'destroy')
    const { quantity, reason } = body
    if (await movedBefore(tx, id, body)) return { lotId: known.id, quantity, bin: to.code }
    const sellable = isSellableBin(from.kind)
    if (!sellable && from.kind !== 'returns') throw new Fault('bin_move_forbidden')
    if ((await quantityIn(tx, from.id, known.id)) < quantity)
      throw new Fault('bin_short', '', { params: { bin: from.code } })
    const lot = sellable
      ? await makeRoom(tx, ctx, known.id, { quantity, reason: 'damaged' })
      : await lockLot(tx, known.id)
    const eventId = await emit(tx, ctx, {
      type: 'stock.set_apart',
      subjectId: lot.id,
      orgId: lot.orgId,
      hubId: lot.hubId,
      payload: { setApartId: id, from: from.code, quantity, reason },
    })
    await moveGoods(tx, ctx, {
      lotId: lot.id,
      fromBinId: from.id,
      toBinId: to.id,
      quantity,
      kind: 'set_apart',
      subjectId: id,
      reason,
      eventId,
    })
    await settleStage(tx, lot.id)
    return { lotId: lot.id, quantity, bin: to.code }
  })
}

type Back = Contracts['storing.takeBack']
type ReturnDoc = ContractReply<Back>

const returnQuery = (where: SQL, tail: SQL): SQL => sql`
  select r.id, r.hub_id as "hubId", ${goodsColumns}, b.code as bin, r.quantity, r.reason, r.at, w.name as person
  from returned_goods r join bins b on b.id = r.bin_id join lots l on l.id = r.lot_id ${goodsJoins}
  left join people w on w.id = r.person_id where ${where} ${tail}`

const returnDoc = async (db: Db | Tx, id: string): Promise<ReturnDoc> =>
  found((await docs<ReturnDoc>(db, returnQuery(sql`r.id = ${id}`, sql``)))[0])

/** What came back to one's hubs, newest first. */
export async function listReturns(
  ctx: Ctx,
  query: ContractParsed<Contracts['storing.listReturns']>['query'],
): Promise<ContractReply<Contracts['storing.listReturns']>> {
  allow(ctx, 'stock.read')
  const where = all([
    hubScope(ctx, sql`r.hub_id`),
    query.hubId !== undefined && sql`r.hub_id = ${query.hubId}`,
    query.lotId !== undefined && sql`r.lot_id = ${query.lotId}`,
    query.cursor !== undefined && sql`r.id < ${query.cursor}`,
  ])
  const rows = await docs<ReturnDoc>(
    ctx.db,
    returnQuery(where, sql`order by r.id desc limit ${query.limit + 1}`),
  )
  return page(rows, query.limit, (last) => last.id)
}

/**
 * Goods a buyer gave back, whether refused at the door or returned later, come into the returns bin of their zone:
 * by default nothing of them is ever sold again (上海市食品安全条例 Art. 30). No more than was handed over of the lot.
 */
export async function takeBack(ctx: Ctx, id: string, body: ContractParsed<Back>['body']): Promise<ReturnDoc> {
  allow(ctx, 'stock.move', { hubId: body.hubId })
  const { personId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, id)
    const { lotId, quantity, reason, hubId } = body
    const lot = await lockLot(tx, lotId)
    if (lot.hubId !== hubId) throw new Fault('not_found')
    const [before] = await tx.select().from(returnedGoods).where(eq(returnedGoods.id, id))
    if (before) {
      if (before.lotId === lotId && before.quantity === quantity && before.reason === reason)
        return returnDoc(tx, id)
      throw new Fault('id_reused')
    }
    const max = await stillOut(tx, lotId)
    if (quantity > max) throw new Fault('over_return', '', { params: { max } })
    const bin = await defaultBin(tx, hubId, await zoneOf(tx, lot.skuId), 'returns')
    await tx
      .insert(returnedGoods)
      .values({ id, hubId, lotId, binId: bin.id, quantity, reason, personId, at: ctx.now })
    const eventId = await emit(tx, ctx, {
      type: 'stock.returned',
      subjectId: lotId,
      orgId: lot.orgId,
      hubId,
      payload: { returnId: id, quantity, reason },
    })
    await moveGoods(tx, ctx, {
      lotId,
      fromBinId: null,
      toBinId: bin.id,
      quantity,
      kind: 'return',
      subjectId: id,
      reason,
      eventId,
    })
    return returnDoc(tx, id)
  })
}

/**
 * What of a lot left the house and has not come back: picked, not taken out of its tote again, and no longer for an
 * order that waits to be handed over, save the one whose goods a truck brings back.
 */
export async function stillOut(tx: Tx, lotId: string, aboardOrderId: string | null = null): Promise<number> {
  const [row] = await tx.execute<{ out: number }>(sql`
    select (coalesce((select -sum(quantity) from movements
        where lot_id = ${lotId} and kind in ('pick', 'return', 'unpick')), 0)
      - coalesce((select sum(t.picked_quantity) from pick_tasks t join orders o on o.id = t.order_id
        where t.lot_id = ${lotId} and t.picked_quantity > 0 and o.status in ('picking', 'picked', 'loaded')
          and o.id is distinct from ${aboardOrderId}::uuid), 0))::int8 as out`)
  return Math.max(0, found(row).out)
}
