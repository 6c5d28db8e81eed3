import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { scopesOf } from '@huming/shared/permissions'
import { sql } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { type CrateParty, crateParty } from './rows.ts'
import type { Party } from './rules.ts'

type Reply = ContractReply<Contracts['crates.mine']>

/** The crates of one's own organisation, a driver's own, a warehouse's hubs: by hub. */
export async function myCrates(ctx: Ctx): Promise<Reply> {
  allow(ctx, 'crate.read')
  const actor = person(ctx)
  const scopes = scopesOf(actor, 'crate.read')
  const driver = scopes.includes('run')
  // A base's store of materials is a hub too, but crates are counted at warehouses only.
  const ownHubs = scopes.includes('hub') ? actor.hubIds : []
  const own: Party = driver ? { kind: 'driver', id: actor.personId } : { kind: 'org', id: actor.orgId }
  const hubs = await docs<{ id: string; name: string }>(
    ctx.db,
    sql`select h.id, h.name from hubs h where h.id in (
      select b.hub_id from crate_balances b where b.party_id = ${own.id}
      union select unnest(${`{${ownHubs.join()}}`}::uuid[])) order by h.name, h.id limit 50`,
  )
  const items = []
  for (const { id: hubId, name: hub } of hubs) {
    const party: Party = ownHubs.includes(hubId) ? { kind: 'hub', id: hubId } : own
    const one: CrateParty | undefined = await crateParty(ctx.db, hubId, party)
    if (one) items.push({ ...one, hubId, hub })
  }
  return { items }
}
