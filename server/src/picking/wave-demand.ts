import { addDays, type ServiceDay } from '@huming/shared/days'
import { type Handling, type Separation, separationOf } from '@huming/shared/reference/handling'
import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import type { HubRules } from './hub-rules.ts'
import { rankOf } from './methods.ts'
import { type CutReason, fixLots, type KnownLot, type LinePromise, whyShort } from './share.ts'

export type Night = { waveId: string; hubId: string; day: string }

/** A pack as a wave needs it. */
export type PackFacts = {
  id: string
  zone: string
  category: string
  catchWeight: boolean
  basePerOrderUnit: number
  minRemainingDays: number
  separation: Separation
  loose: boolean
  grossGrams: number
  millilitres: number
}
export type OrderFacts = { id: string; siteId: string; buyerClass: string; allOrNothing: boolean }
/** An open line of a wave's frozen orders. */
export type DemandLine = {
  lineId: string
  orderId: string
  skuId: string
  need: number
  contract: boolean
}
/** A promise that a line of the wave holds and nobody has picked. */
export type Standing = { id: string; lineId: string; lotId: string; quantity: number }
/** What a wave wants: lines in the order their orders were placed. */
export type Demand = {
  lines: DemandLine[]
  packs: Map<string, PackFacts>
  orders: Map<string, OrderFacts>
  /** What its lines hold now, also those with nothing left to want, and the packs of all of them. */
  standing: Standing[]
  skuIds: string[]
}
/** A lot of one of the wave's packs; `mine` is what the wave's own lines hold of it now. */
export type WaveLot = KnownLot & {
  id: string
  skuId: string
  promisable: number
  promised: number
  mine: number
}

const frozenOf = (waveId: string) => sql`
  wave_orders w join orders o on o.id = w.order_id and o.status = 'frozen' and w.wave_id = ${waveId}`

type LineRow = DemandLine & { promiseId: string | null; lotId: string; held: number }

export async function waveDemand(tx: Db | Tx, waveId: string): Promise<Demand> {
  const orders = await tx.execute<OrderFacts>(sql`
    select o.id, o.site_id as "siteId", b.buyer_class as "buyerClass",
      o.shortage_rule = 'cancel_line' as "allOrNothing"
    from ${frozenOf(waveId)} join organisations b on b.id = o.org_id order by o.placed_at, o.id`)
  const rows = await tx.execute<LineRow>(sql`
    select n.id as "lineId", n.order_id as "orderId", n.sku_id as "skuId", n.quantity - n.cut_quantity as need,
      n.price_reason = 'contract' as contract, r.id as "promiseId", r.lot_id as "lotId", r.quantity as held
    from ${frozenOf(waveId)} join order_lines n on n.order_id = o.id
    left join promises r on r.order_line_id = n.id and r.picked_quantity is null
    order by o.placed_at, o.id, n.line_no`)
  const lines: DemandLine[] = []
  const standing: Standing[] = []
  const skuIds = new Set<string>()
  let last = ''
  for (const { lineId, orderId, skuId, need, contract, promiseId, lotId, held } of rows) {
    if (promiseId !== null) standing.push({ id: promiseId, lineId, lotId, quantity: held })
    if (lineId === last) continue
    last = lineId
    skuIds.add(skuId)
    if (need > 0) lines.push({ lineId, orderId, skuId, need, contract })
  }
  return {
    lines,
    packs: await packFacts(tx, [...new Set(lines.map((line) => line.skuId))]),
    orders: new Map([...orders].map((order) => [order.id, order])),
    standing,
    skuIds: [...skuIds],
  }
}

type PackRow = Omit<PackFacts, 'separation'> & { handling: Handling; allergens: string[] }

export async function packFacts(tx: Db | Tx, skuIds: readonly string[]): Promise<Map<string, PackFacts>> {
  const rows = await tx.execute<PackRow>(sql`
    select k.id, k.zone, p.category, k.catch_weight as "catchWeight", k.base_per_order_unit as "basePerOrderUnit",
      k.min_remaining_days as "minRemainingDays", k.loose, k.gross_grams_per_unit as "grossGrams",
      k.millilitres_per_unit as millilitres, k.handling, k.allergens
    from skus k join products p on p.id = k.product_id where k.id = any(${bareArray(skuIds)}::uuid[])`)
  return new Map(
    [...rows].map(({ handling, allergens, ...pack }) => [
      pack.id,
      { ...pack, separation: separationOf(handling, allergens) },
    ]),
  )
}

/** Lots `l` that say something: those that live, and those that ended while orders still stood on them. */
const mattering = sql`(l.stage not in ('used_up', 'destroyed', 'withdrawn') or l.promised > 0)`

/** Lots of the wave's packs at the hub that say something; lock them first where it matters. */
export async function waveLots(tx: Db | Tx, hubId: string, { skuIds, standing }: Demand): Promise<WaveLot[]> {
  const mine = new Map<string, number>()
  for (const { lotId, quantity } of standing) mine.set(lotId, (mine.get(lotId) ?? 0) + quantity)
  const rows = await tx.execute<Omit<WaveLot, 'mine'>>(sql`
    select l.id, l.sku_id as "skuId", l.stage, l.ready_day as "readyDay", l.use_by_day as "useByDay", l.quantity,
      l.on_hand as "onHand", l.promisable, l.promised
    from lots l where l.hub_id = ${hubId} and l.sku_id = any(${bareArray(skuIds)}::uuid[])
      and ${mattering} order by l.id`)
  return [...rows].map((lot) => ({ ...lot, mine: mine.get(lot.id) ?? 0 }))
}

/** Locks the lots that `waveLots` will read, in id order. */
export async function lockWaveLots(tx: Tx, night: Night): Promise<void> {
  await tx.execute(sql`
    select count(*) from (
      select l.id from lots l where l.hub_id = ${night.hubId} and ${mattering} and l.sku_id in (
        select n.sku_id from ${frozenOf(night.waveId)} join order_lines n on n.order_id = o.id)
      order by l.id for no key update of l) l`)
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
export function planPacks(demand: Demand, lots: readonly WaveLot[], day: string, hub: HubRules): PackPlan[] {
  const lotsOf = Map.groupBy(lots, (lot) => lot.skuId)
  return [...Map.groupBy(demand.lines, (line) => line.skuId)].map(([skuId, lines]) => {
    const known = lotsOf.get(skuId) ?? []
    const here = known
      .filter((lot) => lot.stage === 'received')
      .map((lot) => ({ ...lot, promised: lot.promised - lot.mine }))
    const { catchWeight, basePerOrderUnit, minRemainingDays } = demand.packs.get(skuId) as PackFacts
    const unit = catchWeight ? 1 : basePerOrderUnit
    const ranked = lines.map((line) => {
      const { buyerClass, allOrNothing } = demand.orders.get(line.orderId) as OrderFacts
      const rank = rankOf(hub.classOrder, buyerClass, line.contract)
      return { lineId: line.lineId, need: line.need, allOrNothing, rank }
    })
    const fixed = fixLots(ranked, here, { unit, minRemainingDays }, day, hub.shortageRule)
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
