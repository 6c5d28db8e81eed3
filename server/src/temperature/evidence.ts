import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import type { Zone } from '@huming/shared/reference/zones'
import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { iso, limitsOf, readingsOf, rulesOn, zoneRule } from './rows.ts'
import { type Evidence, evidenceOf, together } from './rules.ts'

export type StopEvidence = ContractReply<Contracts['temperature.runChart']>['evidence'][number]
type Ride = {
  stopId: string
  stopSeq: number
  site: string
  vehicleId: string
  zone: Zone
  from: number
  to: number
}
type Device = { id: string; vehicleId: string; zone: string; everyMinutes: number }

/**
 * What devices of the truck prove of goods between their loading and their hand-over, by stop and zone. `where` is over
 * `stops s`, `runs r`, `orders o`; stops not closed yet are not told of.
 */
export async function evidenceWhere(db: Db | Tx, where: SQL): Promise<StopEvidence[]> {
  const rides = await ridesOf(db, where)
  if (rides.length === 0) return []
  const devices = await devicesOn(db, [...new Set(rides.map((ride) => ride.vehicleId))])
  const found: StopEvidence[] = []
  for (const ride of rides) {
    const proof = await proofOf(db, ride, devices)
    if (!proof) continue
    const { stopId, stopSeq, site, zone, from, to } = ride
    found.push({ stopId, stopSeq, site, zone, fromAt: iso(from), toAt: iso(to), ...proof })
  }
  return found
}

async function proofOf(db: Db | Tx, ride: Ride, devices: readonly Device[]): Promise<Evidence | null> {
  const limits = limitsOf(
    zoneRule(await rulesOn(db, serviceDayOf(new Date(ride.to)), [ride.zone]), ride.zone),
  )
  if (!limits) return null
  const proofs: Evidence[] = []
  for (const { id, everyMinutes } of devices.filter(
    (one) => one.vehicleId === ride.vehicleId && one.zone === ride.zone,
  ))
    for (const readings of (await readingsOf(db, id, ride.from, ride.to)).values()) {
      const proof = evidenceOf(readings, { ...ride, everyMinutes, limits })
      if (proof) proofs.push(proof)
    }
  return together(proofs)
}

/** From the first tote of the stop in that zone put aboard to the stop's end. */
async function ridesOf(db: Db | Tx, where: SQL): Promise<Ride[]> {
  const rows = await db.execute<Ride>(sql`
    select s.id as "stopId", s.seq as "stopSeq", t.name as site, r.vehicle_id as "vehicleId", c.zone,
      (extract(epoch from min(c.loaded_at)) * 1000)::bigint as from, (extract(epoch from s.finished_at) * 1000)::bigint as to
    from stops s join runs r on r.id = s.run_id join sites t on t.id = s.site_id
    join stop_orders so on so.stop_id = s.id join orders o on o.id = so.order_id
    join totes c on c.order_id = so.order_id and c.loaded_at is not null
    where ${where} and s.finished_at is not null and c.loaded_at <= s.finished_at
    group by s.id, t.name, r.vehicle_id, c.zone order by s.run_id, s.seq, c.zone limit 500`)
  return [...rows]
}

async function devicesOn(db: Db | Tx, vehicleIds: readonly string[]): Promise<Device[]> {
  const rows = await db.execute<Device>(sql`
    select id, vehicle_id as "vehicleId", zone, every_minutes as "everyMinutes" from temperature_devices
    where vehicle_id in (select json_array_elements_text(${JSON.stringify(vehicleIds)}::text::json)::uuid) order by serial`)
  return [...rows]
}

/** What is proven of an order on its way to its buyer, by zone. */
export const evidenceOfOrder = (db: Db | Tx, orderId: string): Promise<StopEvidence[]> =>
  evidenceWhere(db, sql`o.id = ${orderId}`)

/** The same of a lot, over the last of its drops: extremes over all of them; null when nothing was measured. */
export async function evidenceOfLot(db: Db | Tx, lotId: string): Promise<Evidence | null> {
  const proofs = await evidenceWhere(
    db,
    sql`o.id in (select d.order_id from deliveries d where d.lot_id = ${lotId} and d.quantity > 0 order by d.at desc limit 50)
      and c.zone = (select k.zone from lots l join skus k on k.id = l.sku_id where l.id = ${lotId})`,
  )
  return together(proofs)
}
