import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { judgeTemperature, ZONES, type Zone } from '@huming/shared/reference/zones'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { appointmentQuery } from './dock-rows.ts'
import { consignmentScope } from './rows.ts'

export type Way = ContractReply<Contracts['legs.read']>
type Stored = Omit<Way, 'zones' | 'handovers'> & {
  zones: { zone: Zone; setPointDeciC: number | null }[]
  handovers: (Omit<Way['handovers'][number], 'readings'> & { readings: { zone: Zone; deciC: number }[] })[]
}

/** The way of a consignment one may see. */
export async function readWay(ctx: Ctx, id: string): Promise<Way> {
  allow(ctx, 'supply.read')
  return wayDoc(ctx.db, ctx, id)
}

/** Legs, set points of the zones on board, hand-overs, the place at the dock. The hub's receipt ends the last leg. */
export async function wayDoc(db: Db | Tx, ctx: Pick<Ctx, 'actor'>, id: string): Promise<Way> {
  const [doc] = await docs<Stored>(
    db,
    sql`select c.id as "consignmentId", c.status,
      (select coalesce(json_agg(z order by z.zone), '[]') from (
        select distinct k.zone, s.set_point_deci_c as "setPointDeciC" from consignment_lines x
        join lots l on l.id = x.lot_id join skus k on k.id = l.sku_id
        left join consignment_zones s on s.consignment_id = c.id and s.zone = k.zone
        where x.consignment_id = c.id) z) as zones,
      (select coalesce(json_agg(y order by y.seq), '[]') from (
        select g.id, g.seq, g.mode, g.from_place as "fromPlace", g.to_place as "toPlace", g.carrier, g.vehicle,
          g.waybill, g.departs_at as "departsAt", g.arrives_at as "arrivesAt", g.departed_at as "departedAt",
          case when g.seq = (select max(seq) from consignment_legs where consignment_id = c.id)
            then coalesce(g.arrived_at, c.arrived_at) else g.arrived_at end as "arrivedAt"
        from consignment_legs g where g.consignment_id = c.id) y) as legs,
      (select coalesce(json_agg(h order by h.seq), '[]') from (
        select h.id, h.seq, h.place, h.at, h.seal_found as "sealFound", h.seal_number as "sealNumber", h.readings,
          h.taken_by as "takenBy", h.note, h.photo_file_ids as "photoFileIds", coalesce(p.name, '') as "recordedBy"
        from consignment_handovers h left join people p on p.id = h.person_id
        where h.consignment_id = c.id) h) as handovers,
      (select to_json(a) from (${appointmentQuery(
        sql`a.consignment_id = c.id
        and a.status <> 'cancelled'`,
        sql`order by a.requested_at desc limit 1`,
      )}) a) as appointment
    from consignments c where c.id = ${id} and ${consignmentScope(ctx)}`,
  )
  const { zones, handovers, ...way } = found(doc)
  return {
    ...way,
    zones: zones.map((one) => ({
      ...one,
      maxDeciC: ZONES[one.zone].target.max,
      readingRequired: ZONES[one.zone].readingRequired,
    })),
    handovers: handovers.map(({ readings, ...one }) => ({
      ...one,
      readings: readings.map((read) => ({ ...read, judged: judgeTemperature(read.zone, read.deciC) })),
    })),
  }
}
