import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { takeGoods } from '../stock/bin-moves.ts'
import type { TaskRow } from './task-rows.ts'

/** A lot as picking needs it, locked. */
export type PickLot = {
  id: string
  code: string
  stage: string
  readyDay: string
  useByDay: string
  promisable: number
  promised: number
  onHand: number
}

const columns = sql`l.id, l.code, l.stage, l.ready_day as "readyDay", l.use_by_day as "useByDay", l.promisable,
  l.promised, l.on_hand as "onHand"`

/** Locks lots in id order. */
export async function lockPickLots(tx: Tx, ids: readonly string[]): Promise<Map<string, PickLot>> {
  const [a, b] = [ids[0], ids[1] ?? ids[0]]
  const rows = await tx.execute<PickLot>(
    sql`select ${columns} from lots l where l.id in (${a}, ${b}) order by l.id for no key update`,
  )
  return new Map([...rows].map((lot) => [lot.id, lot]))
}

/** Locks the lot of a task and every other received lot of the pack at the hub, in id order. */
export async function lockPackLots(tx: Tx, task: TaskRow): Promise<PickLot[]> {
  const rows = await tx.execute<PickLot>(sql`
    select ${columns} from lots l
    where l.id = ${task.lotId} or (l.hub_id = ${task.hubId} and l.sku_id = ${task.skuId} and l.stage = 'received')
    order by l.id for no key update`)
  return [...rows]
}

/** Do goods of the lot wait in quarantine, to be released or destroyed? */
const keptApart = sql`exists (
  select 1 from bin_stock s join bins b on b.id = s.bin_id
  where s.lot_id = lots.id and s.quantity > 0 and b.kind = 'quarantine')`

/** How a pick changes a lot: what leaves it, what nobody may be promised any more, and the promise that ends. */
export type Take = { readonly picked: number; readonly lost: number; readonly promised: number }

/**
 * Takes goods off a locked lot. What was not found or is damaged stays on hand until it is counted or set apart, but
 * is promised to nobody. False when what is picked is not there or belongs to others: then nothing changed. A lot that is
 * stopped only gives its promise back.
 */
export async function takeFromLot(tx: Tx, lotId: string, { picked, lost, promised }: Take): Promise<boolean> {
  const gone = picked + lost
  const rows = await tx.execute(sql`
    update lots set on_hand = on_hand - ${picked}::int8, promised = promised - ${promised}::int8,
      promisable = case when stage = 'received' then promisable - ${gone}::int8
        else greatest(0, least(promisable, promised - ${promised}::int8)) end,
      stage = case when stage = 'received' and on_hand = ${picked}::int8 and not ${keptApart} then 'used_up' else stage end,
      version = version + 1
    where id = ${lotId} and on_hand >= ${picked}::int8 and promised >= ${promised}::int8
      and (stage <> 'received' or promisable - ${gone}::int8 >= promised - ${promised}::int8)
    returning id`)
  return rows.length === 1
}

/** Goods movements of a pick out of the lot's bins, written after its event. */
export async function writeMovements(
  tx: Tx,
  ctx: Ctx,
  task: TaskRow,
  lotId: string,
  eventId: string,
  { quantity, reason }: { quantity: number; reason: string },
): Promise<void> {
  const firstBinId = lotId === task.lotId ? (task.wallBinId ?? task.binId) : null
  if (quantity > 0)
    await takeGoods(tx, ctx, {
      lotId,
      kind: 'pick',
      quantity,
      subjectId: task.id,
      reason,
      eventId,
      firstBinId,
    })
}

/** Notes on line and promise what truly left the lot. */
export async function notePicked(
  tx: Tx,
  task: Pick<TaskRow, 'promiseId' | 'lineId'>,
  picked: number,
): Promise<void> {
  await tx.execute(sql`update promises set picked_quantity = ${picked}::int8 where id = ${task.promiseId}`)
  await tx.execute(sql`
    update order_lines set picked_quantity = coalesce(picked_quantity, 0) + ${picked}::int8 where id = ${task.lineId}`)
}
