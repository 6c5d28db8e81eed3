import { sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import type { JsonObject } from './json-tree.ts'
import type { Maker } from './own-goods.ts'
import { atHub, type Built, lotFacts, partsAt, quantityOf, type Source, textOf } from './own-lots.ts'
import { hubUri, orderUri, runUri, siteUri, toteUri } from './own-uris.ts'
import { recordedBefore, recordedTo, sensed } from './ride-sensors.ts'

type Tote = {
  code: string
  number: string
  orgId: string
  hubOrgId: string
  hubId: string
  lots: { lotId: string; quantity: number }[]
}

/** A tote with what was picked into it. */
async function toteOf(tx: Tx, id: string): Promise<Tote | undefined> {
  const [tote] = await tx.execute<Tote>(sql`
    select e.code, o.number, o.org_id as "orgId", h.org_id as "hubOrgId", o.hub_id as "hubId",
      (select coalesce(json_agg(json_build_object('lotId', t.lot_id, 'quantity', t.q) order by t.lot_id), '[]') from (
        select lot_id, sum(picked_quantity)::int8 as q from pick_tasks
        where tote_id = e.id and picked_quantity > 0 group by lot_id) t) as lots
    from totes e join orders o on o.id = e.order_id join hubs h on h.id = o.hub_id where e.id = ${id}`)
  return tote
}

const po = (number: string): JsonObject => ({
  bizTransactionList: [{ type: 'po', bizTransaction: orderUri(number) }],
})

/** Lots by quantity in a tote: a recall finds them exactly, not by time. */
const sealed: Maker = async (tx, source) => {
  const tote = await toteOf(tx, source.subjectId)
  if (!tote || tote.lots.length === 0) return []
  const lots = await lotFacts(
    tx,
    tote.lots.map((one) => one.lotId),
  )
  const event = {
    type: 'AggregationEvent',
    action: 'ADD',
    bizStep: 'packing',
    disposition: 'in_progress',
    parentID: toteUri(tote.code),
    childQuantityList: tote.lots.flatMap(({ lotId, quantity }) => {
      const lot = lots.get(lotId)
      return lot ? [quantityOf(lot, quantity)] : []
    }),
    ...atHub(tote.hubId),
    ...po(tote.number),
  }
  return [{ event, seenBy: [tote.orgId, tote.hubOrgId] }]
}

const loaded: Maker = async (tx, source) => {
  const tote = await toteOf(tx, source.subjectId)
  if (!tote) return []
  const event = {
    type: 'AggregationEvent',
    action: 'ADD',
    bizStep: 'loading',
    disposition: 'in_progress',
    parentID: runUri(textOf(source.payload, 'runId')),
    childEPCs: [toteUri(tote.code)],
    ...atHub(tote.hubId),
    ...po(tote.number),
  }
  return [{ event, seenBy: [tote.orgId, tote.hubOrgId] }]
}

/**
 * The truck leaves with all its totes and the temperatures of its box; some may be delivered by now, where a phone told
 * of a whole run at once. Each buyer sees its own deliveries only.
 */
const departed: Maker = async (tx, source) => {
  const [run] = await tx.execute<{ hubId: string; hubOrgId: string; codes: string[] }>(sql`
    select r.hub_id as "hubId", h.org_id as "hubOrgId", array(
      select e.code from stops s join stop_orders so on so.stop_id = s.id join totes e on e.order_id = so.order_id
      where s.run_id = r.id and e.status in ('loaded', 'delivered', 'returned') order by e.code) as codes
    from runs r join hubs h on h.id = r.hub_id where r.id = ${source.subjectId}`)
  if (!run || run.codes.length === 0) return []
  const deciC = source.payload['preCoolDeciC']
  const left = happened(source)
  const event = {
    type: 'ObjectEvent',
    action: 'OBSERVE',
    bizStep: 'departing',
    disposition: 'in_transit',
    epcList: [runUri(source.subjectId), ...run.codes.map(toteUri)],
    readPoint: { id: hubUri(run.hubId) },
    ...sensed(typeof deciC === 'number' ? deciC : null, await recordedBefore(tx, source.subjectId, left)),
  }
  return [{ event, seenBy: [run.hubOrgId], at: left }]
}

/** When the driver's device says it was. */
function happened(source: Source): Date {
  const at = new Date(textOf(source.payload, 'at'))
  return Number.isNaN(at.getTime()) ? source.at : at
}

type Stop = {
  siteId: string
  orgId: string
  hubOrgId: string
  numbers: string[]
  temperatureDeciC: number | null
}

/** Handed over and taken, and what was refused at the door. */
const handedOver: Maker = async (tx, source) => {
  const [stop] = await tx.execute<Stop>(sql`
    select s.site_id as "siteId", i.org_id as "orgId", h.org_id as "hubOrgId", s.temperature_deci_c as "temperatureDeciC",
      array(select o.number from stop_orders so join orders o on o.id = so.order_id
        where so.stop_id = s.id order by o.number) as numbers
    from stops s join runs r on r.id = s.run_id join hubs h on h.id = r.hub_id join sites i on i.id = s.site_id
    where s.id = ${source.subjectId}`)
  if (!stop) return []
  const taken = partsAt(source.payload, 'lines', 'delivered')
  const refused = partsAt(source.payload, 'lines', 'refused')
  const lots = await lotFacts(
    tx,
    [...taken, ...refused].map((one) => one.lotId),
  )
  const list = (parts: typeof taken) =>
    parts.flatMap(({ lotId, quantity }) => {
      const lot = lots.get(lotId)
      return lot ? [quantityOf(lot, quantity)] : []
    })
  const common = {
    type: 'ObjectEvent',
    action: 'OBSERVE',
    readPoint: { id: siteUri(stop.siteId) },
    bizTransactionList: stop.numbers.map((number) => ({ type: 'po', bizTransaction: orderUri(number) })),
  }
  const built = (quantityList: JsonObject[], more: JsonObject): Built[] =>
    quantityList.length === 0
      ? []
      : [
          {
            event: { ...common, quantityList, ...more },
            seenBy: [stop.orgId, stop.hubOrgId],
            at: happened(source),
          },
        ]
  return [
    ...built(list(taken), {
      bizStep: 'accepting',
      disposition: 'sellable_not_accessible',
      bizLocation: { id: siteUri(stop.siteId) },
      ...sensed(stop.temperatureDeciC, await recordedTo(tx, source.subjectId)),
    }),
    ...built(list(refused), { bizStep: 'inspecting', disposition: 'returned' }),
  ]
}

/** Goods on their way to a buyer: business event → EPCIS. */
export const orderMakers: Readonly<Record<string, Maker>> = {
  'tote.sealed': sealed,
  'tote.loaded': loaded,
  'run.departed': departed,
  'stop.delivered': handedOver,
  'stop.failed': handedOver,
}
