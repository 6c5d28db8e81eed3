import { type ServiceDay, weekdayOf } from '@huming/shared/days'
import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'

/** Over `dock_appointments a`; columns as replies want them. */
export const appointmentQuery = (where: SQL, tail: SQL = sql``): SQL => sql`
  select a.id, a.hub_id as "hubId", h.name as hub, a.org_id as "orgId", o.short_name as supplier,
    a.consignment_id as "consignmentId", q.number, q.plate, a.day, a.from_minute as "fromMinute",
    a.to_minute as "toMinute", a.status, a.dock, a.note, a.requested_at as "requestedAt", a.arrived_at as "arrivedAt",
    a.version
  from dock_appointments a join hubs h on h.id = a.hub_id join organisations o on o.id = a.org_id
  join consignments q on q.id = a.consignment_id
  where ${where} ${tail}`

export type Slot = {
  readonly fromMinute: number
  readonly toMinute: number
  readonly capacity: number
  readonly free: number
}

/**
 * The slots of a hub's dock on a day with the places left: of rows for the same minutes one that names the weekday
 * holds, then the one begun last, then the one written last. Places asked for, kept or used count as taken.
 */
export async function readSlots(db: Db | Tx, hubId: string, day: ServiceDay): Promise<Slot[]> {
  const rows = await db.execute<Slot>(sql`
    with slot as (
      select distinct on (from_minute) from_minute, to_minute, capacity from dock_slots
      where hub_id = ${hubId} and (weekday is null or weekday = ${weekdayOf(day)})
        and valid_from <= ${day} and valid_to >= ${day}
      order by from_minute, weekday nulls last, valid_from desc, id desc)
    select s.from_minute::int4 as "fromMinute", s.to_minute::int4 as "toMinute", s.capacity::int4 as capacity,
      greatest(0, s.capacity - (select count(*) from dock_appointments a where a.hub_id = ${hubId} and a.day = ${day}
        and a.from_minute = s.from_minute and a.status in ('requested', 'confirmed', 'arrived')))::int4 as free
    from slot s order by s.from_minute`)
  return [...rows]
}
