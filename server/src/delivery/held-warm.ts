import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import { anyOf } from '../supply/rows.ts'
import type { Matched } from './rules.ts'

/** Why goods of an order are not to be handed over for their temperature; null when they may be. */
export const warmHold = (orderId: SQL, lotId: SQL): SQL => sql`(
  select w.status from temperature_holds w where w.order_id = ${orderId} and w.lot_id = ${lotId}
    and w.status in ('held', 'return', 'dispose')
  order by w.status = 'dispose' desc, w.status = 'return' desc limit 1)`

/**
 * Goods held for a temperature alarm, or called back, are not handed over: `goods_held_warm`. What was handed over
 * before the alarm, by a clock to be believed, has passed: the alarm's record says so. The caller holds the orders.
 */
export async function refuseHeldWarm(
  tx: Tx,
  lines: readonly Matched[],
  at: Date,
  clockSane: boolean,
): Promise<void> {
  const given = lines.filter((line) => line.delivered > 0)
  const holds = await tx.execute<{ id: string; orderId: string; lotId: string; openedAt: number }>(sql`
    select w.id, w.order_id as "orderId", w.lot_id as "lotId", (extract(epoch from a.opened_at) * 1000)::bigint as "openedAt"
    from temperature_holds w join temperature_alarms a on a.id = w.alarm_id
    where w.order_id = ${anyOf([...new Set(given.map((line) => line.orderId))])} and w.status in ('held', 'return', 'dispose')
    order by w.id for update of w`)
  const ofLine = (line: Matched) =>
    [...holds].filter((one) => one.orderId === line.orderId && one.lotId === line.lotId)
  const barring = (one: { openedAt: number }) => !clockSane || at.getTime() >= one.openedAt
  const wrong = given.filter((line) => ofLine(line).some(barring))
  if (wrong.length > 0)
    throw new Fault('goods_held_warm', '', {
      params: { lots: [...new Set(wrong.map((line) => line.lotCode))].join('、') },
      pointers: wrong.map((line) => ({ pointer: `/body/lines/${lines.indexOf(line)}`, reason: 'held' })),
    })
  const passed = given.flatMap(ofLine).map((one) => one.id)
  if (passed.length > 0)
    await tx.execute(sql`update temperature_holds set status = 'passed' where id = ${anyOf(passed)}`)
}
