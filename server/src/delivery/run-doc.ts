import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { coldestOf } from '@huming/shared/proof'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { Fault, found } from '../kernel/fault.ts'
import { barredGoods } from '../picking/recalled-goods.ts'
import { maskedPhone } from '../routes/masked-phone.ts'
import { type Forecast, progressOf } from '../routes/progress.ts'
import { runDocs, type StopDoc, stopDocs } from '../routes/rows.ts'
import { countsOf, forecast } from '../routes/run-view.ts'
import { openPoints } from './check-trip.ts'
import { runCrateTypes } from './crates.ts'
import { doorRulesOn, ruleFor, tripItemsOn } from './door-rule.ts'
import { warmHold } from './held-warm.ts'

export type RunView = ContractReply<Contracts['delivery.readRun']>
export type StopView = RunView['stops'][number]
type More = Omit<StopView, keyof StopDoc | keyof Forecast | 'readingRequired' | 'rule'> & {
  buyerClass: string | null
}

const lines = sql`(select coalesce(json_agg(json_build_object('orderLineId', a.line_id, 'lotId', a.lot_id,
      'lotCode', lot.code, 'skuCode', k.code, 'name', g.name, 'nameEn', g.name_en, 'spec', k.spec, 'zone', k.zone,
      'useByDay', lot.use_by_day, 'quantity', a.quantity, 'baseUnit', k.base_unit, 'orderUnit', k.order_unit,
      'basePerOrderUnit', k.base_per_order_unit, 'catchWeight', k.catch_weight, 'barred', ${barredGoods(sql`a.lot_id`)}, 'warmHold', ${warmHold(sql`o.id`, sql`a.lot_id`)},
      'delivered', d.quantity,
      'refused', coalesce(d.refused_quantity, 0), 'refuseReason', d.refuse_reason)
      order by l.line_no, lot.use_by_day, lot.id), '[]')
  from (select p.order_line_id as line_id, p.lot_id, sum(p.picked_quantity) as quantity from pick_tasks p
    where p.order_id = o.id and p.picked_quantity > 0 group by 1, 2) a
  join order_lines l on l.id = a.line_id join skus k on k.id = l.sku_id join products g on g.id = k.product_id
  join lots lot on lot.id = a.lot_id
  left join deliveries d on d.order_line_id = a.line_id and d.lot_id = a.lot_id)`

/** Further columns of a stop for its driver, over `stops s`, `sites t`. */
const driverColumns = sql`, (select b.buyer_class from organisations b where b.id = t.org_id) as "buyerClass",
  t.gate_note as "gateNote", t.key_drop as "keyDrop", t.contact_name as "contactName",
  t.contact_phone as "contactPhone", s.fail_reason as "failReason",
  (select x.metres_off from stop_places x where x.stop_id = s.id) as "metresOff", s.receiver_name as "receiverName",
  s.signature_file_id as "signatureFileId", s.photo_file_ids as "photoFileIds",
  s.temperature_deci_c as "temperatureDeciC", s.crates_out as "cratesOut", s.crates_back as "cratesBack", s.note,
  (select coalesce(json_agg(json_build_object('id', x.id, 'text', x.text, 'by', p.name, 'at', x.at) order by x.at, x.id), '[]')
    from stop_corrections x join people p on p.id = x.person_id where x.stop_id = s.id) as corrections,
  (select coalesce(json_agg(json_build_object('id', c.id, 'code', c.code, 'sscc', c.sscc, 'zone', c.zone, 'status', c.status)
      order by c.code), '[]')
    from totes c join stop_orders so on so.order_id = c.order_id where so.stop_id = s.id and c.status <> 'empty') as "toteList",
  (select coalesce(json_agg(json_build_object('orderId', o.id, 'number', o.number, 'note', o.note, 'lines', ${lines})
      order by o.id), '[]')
    from stop_orders so join orders o on o.id = so.order_id where so.stop_id = s.id) as goods`

/** A run as its driver and its hub read it; a driver sees it once it is dispatched. */
export async function readRun(ctx: Ctx, id: string): Promise<RunView> {
  allow(ctx, 'run.read')
  const [run] = await runDocs(ctx.db, sql`r.id = ${id}`)
  const { hubId, driverPersonId, status } = found(run)
  allow(ctx, 'run.read', {
    hubId,
    driverPersonId: status === 'planned' ? null : driverPersonId,
    runId: id,
  })
  return runView(ctx.db, id, ctx.now)
}

/** The caller has asked `allow`. */
export async function runView(tx: Db | Tx, id: string, now: Date): Promise<RunView> {
  const [row] = await runDocs(tx, sql`r.id = ${id}`)
  const run = found(row)
  const [head] = await docs<Pick<RunView, 'hub' | 'preCoolDeciC'>>(
    tx,
    sql`select r.pre_cool_deci_c as "preCoolDeciC",
        json_build_object('name', h.name, 'address', h.address, 'lngE6', h.lng_e6, 'latE6', h.lat_e6) as hub
      from runs r join hubs h on h.id = r.hub_id where r.id = ${id}`,
  )
  const stops = await stopDocs<More>(tx, [id], driverColumns)
  const progress = progressOf(run, stops, now)
  const check = await openPoints(tx, run)
  const rules = await doorRulesOn(tx, run.day)
  return {
    ...run,
    ...found(head),
    rule: ruleFor(rules, null),
    tripItems: await tripItemsOn(tx, run.day),
    tripCheckedAt: check?.at.toISOString() ?? null,
    tripOpen: check?.open ?? [],
    crateTypes: await runCrateTypes(tx, id),
    ...countsOf(stops, progress),
    coldestZone: coldestOf(stops.flatMap((stop) => stop.zones)),
    stops: forecast(stops, progress).map(({ buyerClass, ...stop }) => ({
      ...stop,
      rule: ruleFor(rules, buyerClass),
      contactPhone: maskedPhone(stop.contactPhone),
      readingRequired: coldestOf(stop.zones) !== null,
    })),
  }
}

/** One stop of a run as its driver reads it. */
export async function stopView(tx: Db | Tx, runId: string, stopId: string, now: Date): Promise<StopView> {
  const run = await runView(tx, runId, now)
  const stop = run.stops.find((one) => one.id === stopId)
  if (!stop) throw new Fault('not_found')
  return stop
}
