import { totes } from '@huming/db/schema/picking'
import { newId, sayableNumber } from '@huming/shared/ids'
import { and, eq, isNull, max, sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { kindFor, loadOf } from './fill-totes.ts'
import { hubRules, newSsccs } from './hub-rules.ts'
import type { TaskRow } from './task-rows.ts'
import { packFacts } from './wave-demand.ts'

type Goods = Pick<TaskRow, 'orderId' | 'waveId' | 'hubId' | 'skuId' | 'quantity'>

/**
 * A tote of the order that goods of a lot may go into after release: an open one of the same zone, class and loose
 * lot with room left, else a new one.
 */
export async function openTote(tx: Tx, goods: Goods, lotId: string): Promise<{ id: string }> {
  const pack = found((await packFacts(tx, [goods.skuId])).get(goods.skuId))
  const hub = await hubRules(tx, goods.hubId)
  const looseLotId = pack.loose ? lotId : null
  const key = and(
    eq(totes.orderId, goods.orderId),
    eq(totes.zone, pack.zone),
    eq(totes.separation, pack.separation),
  )
  const load = loadOf(
    { unit: pack.basePerOrderUnit, unitGrams: pack.grossGrams, unitMillilitres: pack.millilitres },
    goods.quantity,
  )
  const open = await tx
    .select()
    .from(totes)
    .where(
      and(
        key,
        eq(totes.status, 'open'),
        looseLotId ? eq(totes.looseLotId, looseLotId) : isNull(totes.looseLotId),
      ),
    )
    .orderBy(totes.part)
    .for('no key update')
  for (const tote of open) {
    const size = hub.toteKinds.find((kind) => kind.kind === tote.kind)
    const held = await contentsOf(tx, tote.id)
    if (
      !size ||
      (held.grams + load.grams <= size.grams && held.millilitres + load.millilitres <= size.millilitres)
    )
      return tote
  }
  const [last] = await tx
    .select({ part: max(totes.part) })
    .from(totes)
    .where(key)
  const id = newId()
  const [sscc] = await newSsccs(tx, hub.ssccPrefix, 1)
  await tx.insert(totes).values({
    id,
    code: sayableNumber('T', id),
    sscc: sscc as string,
    waveId: goods.waveId,
    orderId: goods.orderId,
    zone: pack.zone,
    separation: pack.separation,
    looseLotId,
    part: (last?.part ?? 0) + 1,
    kind: kindFor(load, hub.toteKinds).kind,
    status: 'open',
  })
  return { id }
}

/** Gross weight and volume of what is or will be in a tote, without the tote. */
export async function contentsOf(tx: Tx, toteId: string): Promise<{ grams: number; millilitres: number }> {
  const [row] = await tx.execute<{ grams: number; millilitres: number }>(sql`
    select coalesce(sum(ceil(x.q * k.gross_grams_per_unit::numeric / k.base_per_order_unit)), 0)::int8 as grams,
      coalesce(sum(ceil(x.q * k.millilitres_per_unit::numeric / k.base_per_order_unit)), 0)::int8 as millilitres
    from (select lot_id, case when status = 'open' then quantity else picked_quantity end as q
      from pick_tasks where tote_id = ${toteId}) x
    join lots l on l.id = x.lot_id join skus k on k.id = l.sku_id`)
  return found(row)
}
