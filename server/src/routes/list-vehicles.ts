import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { maskedPhone } from './masked-phone.ts'

type Reply = ContractReply<Contracts['routes.listVehicles']>

/** Vehicles of a hub with their usual driver, and every driver of their carriers. */
export async function listVehicles(ctx: Ctx, hubId: string): Promise<Reply> {
  allow(ctx, 'run.read', { hubId })
  const items = await docs<Reply['items'][number]>(
    ctx.db,
    sql`select v.id, v.plate, v.kind, v.capacity_grams as "capacityGrams",
        v.capacity_millilitres as "capacityMillilitres", v.zones, v.driver_person_id as "driverPersonId",
        p.name as driver, o.short_name as carrier, v.out_of_service as "outOfService"
      from vehicles v join organisations o on o.id = v.org_id left join people p on p.id = v.driver_person_id
      where v.hub_id = ${hubId} order by v.plate limit 1000`,
  )
  const drivers = await docs<Reply['drivers'][number]>(
    ctx.db,
    sql`select p.id, p.name, p.phone, o.short_name as carrier
      from memberships m join people p on p.id = m.person_id and p.disabled_at is null
      join organisations o on o.id = m.org_id
      where m.role = 'driver' and m.org_id in (select v.org_id from vehicles v where v.hub_id = ${hubId})
      order by p.name, p.id limit 1000`,
  )
  return { items, drivers: drivers.map((driver) => ({ ...driver, phone: maskedPhone(driver.phone) })) }
}
