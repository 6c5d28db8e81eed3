import { addDays, type ServiceDay } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { type CutReason, fixLots, type KnownLot, type LinePromise, whyShort } from './share.ts'

export type Night = { waveId: string; hubId: string; day: string }

/** An open line of a wave's frozen orders. */
export type DemandLine = {
  lineId: string
  orderId: string
  skuId: string
  zone: string
  need: number
  unit: number
  minRemainingDays: number
  allOrNothing: boolean
}
/** A lot of one of the wave's packs; `mine` is what the wave's own lines hold of it now. */
export type WaveLot = KnownLot & {
  id: string
  skuId: string
  promisable: number
  promised: number
  mine: number
}

/** Lines of the wave's frozen orders, in the order they were placed. */
export async function waveDemand(tx: Db | Tx, waveId: string): Promise<DemandLine[]> {
  const rows = await tx.execute<DemandLine>(sql`
    select n.id as "lineId", n.order_id as "orderId", n.sku_id as "skuId", k.zone,
      n.quantity - n.cut_quantity as need,
      case when k.catch_weight then 1 else k.base_per_order_unit end::int8 as unit,
      k.min_remaining_days as "minRemainingDays", o.shortage_rule = 'cancel_line' as "allOrNothing"
    from wave_orders w join orders o on o.id = w.order_id and o.status = 'frozen'
    join order_lines n on n.order_id = o.id join skus k on k.id = n.sku_id
    where w.wave_id = ${waveId} order by o.placed_at, o.id, n.line_no`)
  return [...rows]
}

/** Lots of the packs at the hub, in every stage that says something; lock them first where it matters. */
export async function waveLots(tx: Db | Tx, night: Night, skuIds: readonly string[]): Promise<WaveLot[]> {
  const rows = await tx.execute<WaveLot>(sql`
    select l.id, l.sku_id as "skuId", l.stage, l.ready_day as "readyDay", l.use_by_day as "useByDay", l.quantity,
      l.on_hand as "onHand", l.promisable, l.promised, coalesce(m.mine, 0)::int8 as mine
    from lots l left join (
      select r.lot_id, sum(r.quantity) as mine from wave_orders w
      join orders o on o.id = w.order_id and o.status = 'frozen'
      join order_lines n on n.order_id = o.id join promises r on r.order_line_id = n.id
      where w.wave_id = ${night.waveId} and r.picked_quantity is null group by r.lot_id) m on m.lot_id = l.id
    where l.hub_id = ${night.hubId} and l.sku_id = any(${bareArray(skuIds)}::uuid[])
      and l.stage not in ('used_up', 'destroyed', 'withdrawn')
    order by l.id`)
  return [...rows]
}

/** Locks the lots that `waveLots` would read, in id order. */
export async function lockWaveLots(tx: Tx, night: Night, skuIds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    select id from lots where hub_id = ${night.hubId} and sku_id = any(${bareArray(skuIds)}::uuid[])
      and stage not in ('used_up', 'destroyed', 'withdrawn') order by id for no key update`)
}

/** What a pack gets: lots behind its lines, and the reason of what is cut. */
export type PackPlan = {
  skuId: string
  lines: DemandLine[]
  granted: Map<string, number>
  promises: LinePromise[]
  demand: number
  supply: number
  reason: CutReason | null
}

/** Fixes lots pack by pack over what is received and free once the wave's own promises are given back. */
export function planPacks(demand: readonly DemandLine[], lots: readonly WaveLot[], day: string): PackPlan[] {
  const lotsOf = Map.groupBy(lots, (lot) => lot.skuId)
  return [...Map.groupBy(demand, (line) => line.skuId)].map(([skuId, lines]) => {
    const known = lotsOf.get(skuId) ?? []
    const here = known
      .filter((lot) => lot.stage === 'received')
      .map((lot) => ({ ...lot, promised: lot.promised - lot.mine }))
    const { unit, minRemainingDays } = lines[0] as DemandLine
    const fixed = fixLots(lines, here, { unit, minRemainingDays }, day)
    const wanted = lines.reduce((sum, line) => sum + line.need, 0)
    const supply = fixed.granted.reduce((sum, line) => sum + line.quantity, 0)
    const lastDay = addDays(day as ServiceDay, minRemainingDays)
    return {
      skuId,
      lines,
      granted: new Map(fixed.granted.map((line) => [line.lineId, line.quantity])),
      promises: fixed.promises,
      demand: wanted,
      supply,
      reason: supply < wanted ? whyShort(known, day, lastDay) : null,
    }
  })
}
