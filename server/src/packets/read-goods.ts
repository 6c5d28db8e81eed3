import type { Locale } from '@huming/shared/locale'
import type { BaseUnit, UnitId } from '@huming/shared/units'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { evidenceOfOrder, type StopEvidence } from '../temperature/evidence.ts'

/** The head of a delivery as it is printed. */
export type PacketHead = {
  id: string
  number: string
  orgId: string
  hubId: string
  driverPersonId: string | null
  runId: string | null
  day: string
  buyer: string
  site: string
  address: string
  contactName: string
  contactPhone: string
  hub: string
  plate: string | null
  arrivedAt: Date | null
  finishedAt: Date | null
  receiverName: string | null
  temperatureDeciC: number | null
  cratesOut: number | null
  cratesBack: number | null
  isSample: boolean
}

/** One lot of one line, as handed over, or as packed while it is on its way. */
export type PacketGoods = {
  lotId: string
  code: string
  name: string
  nameEn: string
  spec: string
  zone: string
  baseUnit: BaseUnit
  orderUnit: UnitId
  basePerOrderUnit: number
  catchWeight: boolean
  quantity: number
  refused: number
  madeOn: string | null
  useByDay: string
  supplierId: string
  supplier: string
  uscc: string | null
}

export type Packet = {
  head: PacketHead
  goods: PacketGoods[]
  /** What devices of the truck measured between loading and hand-over, by zone. */
  evidence: StopEvidence[]
}

/** Name of goods in the language of the paper. */
export const nameIn = (locale: Locale, { name, nameEn }: { name: string; nameEn: string }): string =>
  locale === 'en' && nameEn !== '' ? nameEn : name

/** What an order brought, as `packetOf`; `nothing_packed` before picking. */
export async function readPacket(ctx: Ctx, orderId: string): Promise<Packet> {
  const packet = await packetOf(ctx, orderId)
  if (packet.goods.length === 0) throw new Fault('nothing_packed')
  return packet
}

/**
 * What an order brought: delivered lots once handed over, else the lots packed; none before picking. The buyer, the
 * warehouse, the run's driver and operations read it.
 */
export async function packetOf(ctx: Ctx, orderId: string): Promise<Packet> {
  allow(ctx, 'packet.read')
  const [row] = await ctx.sql<PacketHead[]>`
    select o.id, o.number, o.org_id as "orgId", o.hub_id as "hubId", r.driver_person_id as "driverPersonId", r.id as "runId", o.day,
      b.name as buyer, s.name as site, s.address, s.contact_name as "contactName",
      s.contact_phone as "contactPhone", h.name as hub, v.plate, t.arrived_at as "arrivedAt",
      t.finished_at as "finishedAt", t.receiver_name as "receiverName", t.temperature_deci_c as "temperatureDeciC",
      t.crates_out as "cratesOut", t.crates_back as "cratesBack", o.is_sample as "isSample"
    from orders o join organisations b on b.id = o.org_id join sites s on s.id = o.site_id join hubs h on h.id = o.hub_id
    left join stop_orders x on x.order_id = o.id left join stops t on t.id = x.stop_id
    left join runs r on r.id = t.run_id left join vehicles v on v.id = r.vehicle_id
    where o.id = ${orderId}`
  const head = found(row)
  const { orgId, hubId, driverPersonId, runId } = head
  allow(ctx, 'packet.read', { orgId, hubId, driverPersonId, runId })
  return { head, goods: await readGoods(ctx, orderId), evidence: await evidenceOfOrder(ctx.db, orderId) }
}

async function readGoods(ctx: Ctx, orderId: string): Promise<PacketGoods[]> {
  const { sql } = ctx
  return sql<PacketGoods[]>`
    with handed as (
      select d.order_line_id, d.lot_id, sum(d.quantity)::int8 as quantity, sum(d.refused_quantity)::int8 as refused
      from deliveries d where d.order_id = ${orderId} group by 1, 2),
    packed as (
      select l.id as order_line_id, p.lot_id, sum(p.picked_quantity)::int8 as quantity, 0::int8 as refused
      from order_lines l join promises p on p.order_line_id = l.id
      where l.order_id = ${orderId} and p.picked_quantity > 0 and not exists (select 1 from handed) group by 1, 2)
    select t.id as "lotId", t.code, p.name, p.name_en as "nameEn", k.spec, k.zone, k.base_unit as "baseUnit",
      k.order_unit as "orderUnit", k.base_per_order_unit as "basePerOrderUnit", k.catch_weight as "catchWeight",
      g.quantity, g.refused, t.made_on as "madeOn", t.use_by_day as "useByDay", t.org_id as "supplierId",
      s.name as supplier, s.uscc
    from (select * from handed union all select * from packed) g
    join order_lines l on l.id = g.order_line_id join lots t on t.id = g.lot_id join skus k on k.id = t.sku_id
    join products p on p.id = k.product_id join organisations s on s.id = t.org_id
    order by l.line_no, t.use_by_day, t.code`
}
