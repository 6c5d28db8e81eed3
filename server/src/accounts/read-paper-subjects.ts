import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { carriageLacks } from './gates.ts'

type Subjects = ContractReply<Contracts['papers.subjects']>
const subjectsMax = 500

/** Vehicles and drivers of an organisation, with what each lacks today to carry goods. */
export async function readPaperSubjects(ctx: Ctx, orgId: string): Promise<Subjects> {
  allow(ctx, 'paper.read', { orgId })
  return ctx.db.transaction(async (tx) => {
    const vehicles = await tx.execute<{ id: string; plate: string }>(sql`
      select id, plate from vehicles where org_id = ${orgId} order by plate limit ${subjectsMax}`)
    const people = await tx.execute<{ id: string; name: string }>(sql`
      select p.id, p.name from people p join memberships m on m.person_id = p.id
      where m.org_id = ${orgId} and m.role = 'driver' order by p.name, p.id limit ${subjectsMax}`)
    const ids = { vehicleIds: vehicles.map((one) => one.id), personIds: people.map((one) => one.id) }
    const lacks = await carriageLacks(tx, orgId, ids, serviceDayOf(ctx.now))
    const lackOf = (id: string) => lacks.get(id) ?? null
    return {
      vehicles: vehicles.map((one) => ({ ...one, lack: lackOf(one.id) })),
      people: people.map((one) => ({ ...one, lack: lackOf(one.id) })),
    }
  })
}
