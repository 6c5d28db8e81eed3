import { nearExpiryLots } from '@huming/db/schema/storing'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { type SQL, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit, emitAll } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { type NewNotice, notifyAll } from '../kernel/notice.ts'
import { page } from '../kernel/page.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { defaultBin, moveGoods } from '../stock/bin-moves.ts'
import { lockLot } from '../stock/rows.ts'
import { keepApart } from './quarantine.ts'
import { type LotRow, makeRoom } from './room.ts'
import { all, goodsColumns, goodsJoins, hubScope, zoneOf } from './rows.ts'

type Doc = ContractReply<Contracts['storing.actOnNearExpiry']>

/** Lots noticed in one go; the clock comes again. */
const batchMax = 500

/**
 * Lots `l` with goods on sale that are within their step of the ladder in force on the day, or past their last day:
 * the step is the row with the longest life that the lot's whole life reaches.
 */
const nearExpiry = (
  day: string,
  which: SQL = sql`l.stage in ('received', 'expired') and l.on_hand > 0`,
): SQL => sql`
  (select l.id, (l.use_by_day::date - ${day}::date)::int as "daysLeft", (
      select r.threshold_days from near_expiry_rules r
      where r.valid_from <= ${day} and r.valid_to >= ${day} and r.min_life_days <=
        case when l.made_on is null then k.shelf_life_days else l.use_by_day::date - l.made_on::date end
      order by r.min_life_days desc, r.valid_from desc limit 1) as "thresholdDays"
    from lots l join skus k on k.id = l.sku_id
    where ${which})`

const listQuery = (near: SQL, where: SQL, tail: SQL): SQL => sql`
  select l.hub_id as "hubId", ${goodsColumns}, l.on_hand as "onHand", l.promised, n."daysLeft", n."thresholdDays",
    m.noticed_at as "noticedAt", m.action, m.markdown_bp as "markdownBp", coalesce(m.note, '') as note,
    w.name as "actedBy", m.acted_at as "actedAt"
  from ${near} n join lots l on l.id = n.id ${goodsJoins}
  left join near_expiry_lots m on m.lot_id = l.id left join people w on w.id = m.acted_by
  where ${where} ${tail}`

/** Lots near their end in one's hubs, the most pressing first. */
export async function listNearExpiry(
  ctx: Ctx,
  query: ContractParsed<Contracts['storing.listNearExpiry']>['query'],
): Promise<ContractReply<Contracts['storing.listNearExpiry']>> {
  allow(ctx, 'stock.read')
  const [day, id] = (query.cursor ?? '').split('|')
  const where = all([
    sql`n."daysLeft" <= n."thresholdDays"`,
    hubScope(ctx, sql`l.hub_id`),
    query.hubId !== undefined && sql`l.hub_id = ${query.hubId}`,
    query.lotId !== undefined && sql`l.id = ${query.lotId}`,
    Boolean(day) && sql`(l.use_by_day, l.id::text) > (${day}, ${id ?? ''})`,
  ])
  const tail = sql`order by l.use_by_day, l.id::text limit ${query.limit + 1}`
  const rows = await docs<Doc>(ctx.db, listQuery(nearExpiry(serviceDayOf(ctx.now)), where, tail))
  return page(rows, query.limit, (last) => `${last.useByDay}|${last.lotId}`)
}

/**
 * By the clock: notices each lot once when it comes within its step of the ladder, and tells the warehouse, the
 * supplier and operations. Returns how many.
 */
export async function noticeNearExpiry(ctx: Ctx): Promise<number> {
  allow(ctx, 'stock.approve')
  const day = serviceDayOf(ctx.now)
  return inTransaction(ctx, async (tx) => {
    const due = await tx.execute<Due>(sql`
      select l.id, l.code, l.org_id as "orgId", l.hub_id as "hubId", h.org_id as "warehouseId", l.on_hand as "onHand",
        l.use_by_day as "useByDay", n."thresholdDays", n."daysLeft", p.name
      from ${nearExpiry(day)} n join lots l on l.id = n.id join hubs h on h.id = l.hub_id
      join skus k on k.id = l.sku_id join products p on p.id = k.product_id
      where n."daysLeft" between 0 and n."thresholdDays" and l.stage = 'received'
        and not exists (select 1 from near_expiry_lots m where m.lot_id = l.id)
      order by l.id limit ${batchMax} for key share of l`)
    if (due.length === 0) return 0
    const made = await tx
      .insert(nearExpiryLots)
      .values(
        due.map(({ id, hubId, thresholdDays }) => ({ lotId: id, hubId, thresholdDays, noticedAt: ctx.now })),
      )
      .onConflictDoNothing()
      .returning({ lotId: nearExpiryLots.lotId })
    const news = due.filter((lot) => made.some((row) => row.lotId === lot.id))
    await emitAll(
      tx,
      ctx,
      news.map(({ id, orgId, hubId, onHand, useByDay, daysLeft }) => ({
        type: 'lot.near_expiry',
        subjectId: id,
        orgId,
        hubId,
        payload: { onHand, useByDay, daysLeft },
      })),
    )
    await notifyAll(tx, noticesOf(news, await operationsOf(tx), ctx.now))
    return news.length
  })
}

type Due = {
  id: string
  code: string
  orgId: string
  hubId: string
  warehouseId: string
  onHand: number
  useByDay: string
  thresholdDays: number
  daysLeft: number
  name: string
}

const operationsOf = async (tx: Tx): Promise<string[]> => {
  const rows = await tx.execute<{ id: string }>(
    sql`select id from organisations where kind = 'operations' order by id limit 20`,
  )
  return rows.map((row) => row.id)
}

const noticesOf = (lots: readonly Due[], operations: readonly string[], at: Date): NewNotice[] =>
  lots.flatMap(({ id, code, orgId, warehouseId, name, daysLeft, useByDay }) =>
    [...new Set([warehouseId, orgId, ...operations])].map((to) => ({
      orgId: to,
      key: 'notice.near_expiry',
      params: { lot: code, name, days: daysLeft, useByDay },
      subjectId: id,
      at,
    })),
  )

/**
 * What the lead does about a lot near its end: a markdown suggested to operations; all of it to the near-expiry
 * bin, from where it is still picked first (上海市食品安全条例 Art. 29); or what no order stands on blocked in
 * quarantine. A repeat gives the same.
 */
export async function actOnNearExpiry(
  ctx: Ctx,
  lotId: string,
  body: ContractParsed<Contracts['storing.actOnNearExpiry']>['body'],
): Promise<Doc> {
  allow(ctx, 'stock.approve')
  const day = serviceDayOf(ctx.now)
  return inTransaction(ctx, async (tx) => {
    const known = await lockLot(tx, lotId)
    allow(ctx, 'stock.approve', { hubId: known.hubId })
    const before = await nearDoc(tx, day, lotId)
    const { action, markdownBp, note } = body
    if (before.action === action && before.markdownBp === markdownBp && before.note === note) return before
    if (before.daysLeft > before.thresholdDays || before.onHand === 0) throw new Fault('not_near_expiry')
    if (body.action === 'markdown' && body.markdownBp === null)
      throw new Fault('reason_missing', '', {
        pointers: [{ pointer: '/body/markdownBp', reason: 'missing' }],
      })
    const acted = {
      action: body.action,
      markdownBp: body.markdownBp,
      note: body.note,
      actedBy: personIdOf(ctx),
      actedAt: ctx.now,
    }
    await tx
      .insert(nearExpiryLots)
      .values({
        lotId,
        hubId: known.hubId,
        thresholdDays: before.thresholdDays,
        noticedAt: ctx.now,
        ...acted,
      })
      .onConflictDoUpdate({ target: nearExpiryLots.lotId, set: acted })
    const eventId = await emit(tx, ctx, {
      type: 'lot.near_expiry_acted',
      subjectId: lotId,
      orgId: known.orgId,
      hubId: known.hubId,
      payload: { ...body },
    })
    if (body.action === 'markdown') await suggestMarkdown(tx, ctx, known, before, body.markdownBp ?? 0)
    else await carryAway(tx, ctx, known, { block: body.action === 'blocked', note: body.note, eventId })
    return nearDoc(tx, day, lotId)
  })
}

/** One lot as the list shows it, near its end or not. */
const nearDoc = async (db: Db | Tx, day: string, lotId: string): Promise<Doc> =>
  found((await docs<Doc>(db, listQuery(nearExpiry(day, sql`l.id = ${lotId}`), sql`true`, sql``)))[0])

async function suggestMarkdown(tx: Tx, ctx: Ctx, lot: LotRow, doc: Doc, markdownBp: number): Promise<void> {
  const params = { lot: lot.code, name: doc.name, days: doc.daysLeft, percent: Math.round(markdownBp / 100) }
  const to = [...new Set([...(await operationsOf(tx)), lot.orgId])]
  await notifyAll(
    tx,
    to.map((orgId) => ({ orgId, key: 'notice.markdown_hint', params, subjectId: lot.id, at: ctx.now })),
  )
}

/** All goods on sale of a locked lot to the near-expiry bin, or what no order stands on into quarantine. */
async function carryAway(
  tx: Tx,
  ctx: Ctx,
  lot: LotRow,
  { block, note, eventId }: { block: boolean; note: string; eventId: string },
): Promise<void> {
  if (lot.stage !== 'received') throw new Fault('lot_wrong_stage', lot.code)
  let free = block ? lot.promisable - lot.promised : lot.onHand
  if (block && free > 0) await makeRoom(tx, ctx, lot.id, { quantity: free, reason: 'held' })
  const to = await defaultBin(tx, lot.hubId, await zoneOf(tx, lot.skuId), 'near_expiry')
  const places = await tx.execute<{ binId: string; quantity: number }>(sql`
    select x.bin_id as "binId", x.quantity from bin_stock x join bins b on b.id = x.bin_id
    where x.lot_id = ${lot.id} and x.quantity > 0 and b.kind in ('reserve', 'dock', 'pick_face', 'near_expiry')
    order by array_position(array['reserve', 'dock', 'pick_face', 'near_expiry'], b.kind), b.sequence, b.id`)
  for (const { binId, quantity: lying } of places) {
    const quantity = Math.min(lying, free)
    free -= quantity
    if (quantity === 0 || (!block && binId === to.id)) continue
    if (block)
      await keepApart(tx, ctx, lot, {
        id: newId(),
        fromBinId: binId,
        quantity,
        reason: note === '' ? '临期停售' : note,
        photoFileIds: [],
        kind: 'hold',
      })
    else
      await moveGoods(tx, ctx, {
        lotId: lot.id,
        fromBinId: binId,
        toBinId: to.id,
        quantity,
        kind: 'move',
        subjectId: eventId,
        eventId,
      })
  }
}
