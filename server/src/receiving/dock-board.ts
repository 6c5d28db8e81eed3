import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { instantAt, type ServiceDay } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { appointmentQuery, readSlots } from '../supply/dock-rows.ts'

type Reply = ContractReply<Contracts['receiving.dockBoard']>
type Entry = Reply['slots'][number]['trucks'][number]
type Row = Omit<Entry, 'offMinutes'>

/** A day at the dock by slot and door, and trucks that come without a place. */
export async function dockBoard(ctx: Ctx, hubId: string, day: string): Promise<Reply> {
  allow(ctx, 'hub.read', { hubId })
  const slots = await readSlots(ctx.db, hubId, day as ServiceDay)
  const booked = await docs<Row>(ctx.db, bookedQuery(hubId, day))
  const trucks = booked.map((one): Entry => ({ ...one, offMinutes: offMinutes(one, ctx.now) }))
  const times = new Map(slots.map((slot) => [slot.fromMinute, slot]))
  // A truck keeps its place on the board when its slot was taken off the plan.
  for (const { fromMinute, toMinute } of trucks)
    if (!times.has(fromMinute)) times.set(fromMinute, { fromMinute, toMinute, capacity: 0, free: 0 })
  return {
    day,
    slots: [...times.values()]
      .toSorted((a, b) => a.fromMinute - b.fromMinute)
      .map((slot) => ({ ...slot, trucks: trucks.filter((one) => one.fromMinute === slot.fromMinute) })),
    unbooked: await docs<Reply['unbooked'][number]>(ctx.db, unbookedQuery(hubId, day as ServiceDay)),
  }
}

/** How far off its slot a truck came, or is by now; null while its time has not come. */
export function offMinutes(
  { day, fromMinute, toMinute, arrivedAt, status }: Row | Entry,
  now: Date,
): number | null {
  if (status === 'cancelled' || status === 'missed') return null
  const from = instantAt(day as ServiceDay, fromMinute).getTime()
  const to = instantAt(day as ServiceDay, toMinute).getTime()
  const at = arrivedAt === null ? now.getTime() : Date.parse(arrivedAt)
  if (at > to) return Math.floor((at - to) / 60_000)
  if (arrivedAt === null) return null
  return at < from ? -Math.ceil((from - at) / 60_000) : 0
}

const bookedQuery = (hubId: string, day: string) => sql`
  select b.*, c.status as "consignmentStatus",
    (select count(*) from consignment_lines x where x.consignment_id = c.id)::int as "lineCount",
    array(select distinct k.zone from consignment_lines x join lots l on l.id = x.lot_id join skus k on k.id = l.sku_id
      where x.consignment_id = c.id order by 1) as zones
  from (${appointmentQuery(sql`a.hub_id = ${hubId} and a.day = ${day} and a.status <> 'cancelled'`)}) b
  join consignments c on c.id = b."consignmentId"
  where c.status <> 'draft' or b.status <> 'missed'
  order by b."fromMinute", b.dock, b."requestedAt" limit 500`

const unbookedQuery = (hubId: string, day: ServiceDay) => sql`
  select c.id as "consignmentId", c.number, o.short_name as supplier, c.plate, c.status, c.expected_at as "expectedAt",
    (select count(*) from consignment_lines x where x.consignment_id = c.id)::int as "lineCount"
  from consignments c join organisations o on o.id = c.org_id
  where c.hub_id = ${hubId} and c.status in ('shipped', 'arrived')
    and c.expected_at >= ${instantAt(day, 0).toISOString()} and c.expected_at < ${instantAt(day, 1440).toISOString()}
    and not exists (select 1 from dock_appointments a where a.consignment_id = c.id
      and a.status in ('requested', 'confirmed', 'arrived'))
  order by c.expected_at, c.id limit 200`
