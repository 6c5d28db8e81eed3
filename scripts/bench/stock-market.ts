import type { OpenDb } from '@huming/db/client'
import { makeBuyer, makeHub, makeSite, makeSku, makeSupplier } from '@huming/db/factories'
import { addDays, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { newId, sayableNumber } from '@huming/shared/ids'

type Sql = OpenDb['sql']
type Sku = Awaited<ReturnType<typeof makeSku>>

export const size = { orders: 2000, linesPerOrder: 12, skus: 300, lots: 3000, waves: 4 }
/** Of one pack in twenty there is only so much of what is ordered, per cent. */
const scarce = { every: 20, percent: 70 }
const zones = ['ambient', 'chilled', 'frozen'] as const
const buyers = 200

export type BenchNight = { readonly hubId: string; readonly waveIds: readonly string[] }

/** Two hubs with the same stock and the same night: one for the product, one for the plain statements. */
export async function makeTwins({
  db,
  sql,
}: OpenDb): Promise<{ ours: BenchNight; raw: BenchNight; skus: Sku[] }> {
  const supplier = await makeSupplier(db)
  const skus: Sku[] = []
  for (let i = 0; i < size.skus; i++)
    skus.push(
      await makeSku(db, supplier.id, {
        zone: zones[i % zones.length] as string,
        handling: i % 7 === 0 ? 'raw' : 'packed',
        allergens: i % 31 === 0 ? ['peanut'] : [],
      }),
    )
  const sites: { id: string; orgId: string; hubId: string }[] = []
  const hubs = [await makeHub(db), await makeHub(db)]
  for (let i = 0; i < buyers; i++) {
    const org = await makeBuyer(db, { buyerClass: i % 10 === 0 ? 'canteen_university' : 'snack_shop' }, null)
    for (const hub of hubs) sites.push(await makeSite(db, org.id, hub.id))
  }
  const [ours, raw] = await Promise.all(hubs.map((hub) => fillHub(sql, hub.id, skus, sites)))
  await sql`vacuum analyze`
  return { ours: ours as BenchNight, raw: raw as BenchNight, skus }
}

const list = (values: readonly (string | number | null)[]): string =>
  `{${values.map((v) => v ?? 'null').join(',')}}`

/** Lots in pick faces, and frozen orders whose promises stand as placing made them, in planned waves. */
async function fillHub(
  sql: Sql,
  hubId: string,
  skus: readonly Sku[],
  sites: readonly { id: string; orgId: string; hubId: string }[],
): Promise<BenchNight> {
  const today = serviceDayOf(new Date())
  const day = addDays(today, 2)
  const lines = drawLines(skus)
  const lots = drawLots(hubId, skus, lines, today)
  const orderSites = sites.filter((site) => site.hubId === hubId)
  const orders = Array.from({ length: size.orders }, (_, i) => ({
    id: newId(),
    site: orderSites[i % orderSites.length] as { id: string; orgId: string },
  }))
  const waveIds = Array.from({ length: size.waves }, () => newId())
  await sql`
    insert into bins (id, hub_id, code, zone, kind, sequence)
    select uuidv7(), ${hubId}, upper(z) || '-P01', z, 'pick_face', 1001 from unnest(${list(zones)}::text[]) z`
  await sql`
    insert into lots (id, code, sku_id, org_id, hub_id, stage, quantity, promisable, promised, on_hand, ready_day, use_by_day, created_at)
    select l.id, l.code, l.sku_id, ${skus[0]?.orgId as string}, ${hubId}, 'received', l.quantity, l.quantity, l.promised, l.quantity,
      ${today}, l.use_by, now()
    from unnest(${list(lots.map((l) => l.id))}::uuid[], ${list(lots.map((l) => l.code))}::text[], ${list(lots.map((l) => l.skuId))}::uuid[],
      ${list(lots.map((l) => l.quantity))}::int8[], ${list(lots.map((l) => l.promised))}::int8[], ${list(lots.map((l) => l.useBy))}::text[])
      as l(id, code, sku_id, quantity, promised, use_by)`
  await sql`
    insert into bin_stock (bin_id, lot_id, quantity)
    select b.id, l.id, l.quantity from lots l join skus k on k.id = l.sku_id
    join bins b on b.hub_id = l.hub_id and b.zone = k.zone where l.hub_id = ${hubId}`
  await sql`
    insert into orders (id, number, org_id, site_id, hub_id, day, window_from, window_to, status, total_fen, request_hash,
      placed_by, placed_at, frozen_at)
    select o.id, o.number, o.org_id, o.site_id, ${hubId}, ${day}, 60, 390, 'frozen', 0, o.number, uuidv7(), now(), now()
    from unnest(${list(orders.map((o) => o.id))}::uuid[], ${list(orders.map((o) => sayableNumber('D', o.id)))}::text[],
      ${list(orders.map((o) => o.site.orgId))}::uuid[], ${list(orders.map((o) => o.site.id))}::uuid[])
      as o(id, number, org_id, site_id)`
  const rows = lines.map((line) => ({
    ...line,
    id: newId(),
    orderId: (orders[line.order] as { id: string }).id,
  }))
  await sql`
    insert into order_lines (id, order_id, line_no, sku_id, supplier_org_id, units, quantity, price_centifen,
      base_per_price_unit, price_reason, tax_rate_bp, amount_fen)
    select n.id, n.order_id, n.line_no, n.sku_id, ${skus[0]?.orgId as string}, n.units, n.units * 10000, 500000, 1000, 'list', 0, 0
    from unnest(${list(rows.map((n) => n.id))}::uuid[], ${list(rows.map((n) => n.orderId))}::uuid[],
      ${list(rows.map((n) => n.lineNo))}::int4[], ${list(rows.map((n) => (skus[n.sku] as Sku).id))}::uuid[],
      ${list(rows.map((n) => n.units))}::int4[]) as n(id, order_id, line_no, sku_id, units)`
  const promises = promised(rows, lots)
  await sql`
    insert into promises (id, order_line_id, lot_id, quantity)
    select uuidv7(), * from unnest(${list(promises.map((p) => p.lineId))}::uuid[], ${list(promises.map((p) => p.lotId))}::uuid[],
      ${list(promises.map((p) => p.quantity))}::int8[])`
  await sql`
    update lots l set promised = coalesce(p.q, 0) from (
      select x.id, sum(r.quantity) as q from lots x left join promises r on r.lot_id = x.id where x.hub_id = ${hubId} group by x.id) p
    where l.id = p.id`
  await sql`
    insert into waves (id, hub_id, day, seq, status, created_at, summary)
    select w.id, ${hubId}, ${day}, w.seq, 'planned', now(), '{}'
    from unnest(${list(waveIds)}::uuid[]) with ordinality as w(id, seq)`
  await sql`
    insert into wave_orders (order_id, wave_id)
    select * from unnest(${list(orders.map((o) => o.id))}::uuid[],
      ${list(orders.map((_, i) => waveIds[i % waveIds.length] as string))}::uuid[])`
  return { hubId, waveIds }
}

type Line = { order: number; lineNo: number; sku: number; units: number }

/** The same draw for both hubs: each order wants packs all over the list. */
function drawLines(skus: readonly Sku[]): Line[] {
  const lines: Line[] = []
  for (let order = 0; order < size.orders; order++)
    for (let i = 0; i < size.linesPerOrder; i++)
      lines.push({
        order,
        lineNo: i + 1,
        sku: (order * 7 + i * 25) % skus.length,
        units: ((order + i) % 3) + 1,
      })
  return lines
}

type Lot = { id: string; code: string; skuId: string; quantity: number; promised: number; useBy: string }

/** Ten lots a pack; together they hold what is ordered and a fifth more, or too little of the scarce ones. */
function drawLots(hubId: string, skus: readonly Sku[], lines: readonly Line[], today: ServiceDay): Lot[] {
  const wanted = new Map<number, number>()
  for (const line of lines) wanted.set(line.sku, (wanted.get(line.sku) ?? 0) + line.units)
  const perSku = size.lots / size.skus
  return skus.flatMap((sku, i) => {
    const percent = i % scarce.every === 0 ? scarce.percent : 120
    const units = Math.ceil(((wanted.get(i) ?? 0) * percent) / 100 / perSku)
    return Array.from({ length: perSku }, (_, nth) => ({
      id: newId(),
      code: `B${hubId.slice(-6)}-${i}-${nth}`.toUpperCase(),
      skuId: sku.id,
      quantity: units * sku.basePerOrderUnit,
      promised: 0,
      useBy: addDays(today, 10 + nth),
    }))
  })
}

/** What placing promised: the earliest lot with room, whole units; of scarce packs until they ran out. */
function promised(
  rows: readonly (Line & { id: string })[],
  lots: readonly Lot[],
): { lineId: string; lotId: string; quantity: number }[] {
  const perSku = size.lots / size.skus
  const room = lots.map((lot) => lot.quantity)
  return rows.flatMap(({ id, sku, units }) => {
    let left = units * 10_000
    const parts: { lineId: string; lotId: string; quantity: number }[] = []
    for (let at = sku * perSku; at < (sku + 1) * perSku && left > 0; at++) {
      const take = Math.min(left, room[at] as number)
      if (take === 0) continue
      room[at] = (room[at] as number) - take
      left -= take
      parts.push({ lineId: id, lotId: (lots[at] as Lot).id, quantity: take })
    }
    return parts
  })
}
