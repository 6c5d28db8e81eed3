import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import type { Party } from './rules.ts'

export type CrateParty = ContractReply<Contracts['crates.balances']>['hub']

/** Columns of a party of a hub's pool, over `g(kind, id, name)`. */
const partyColumns = (hubId: SQL | string): SQL => sql`g.kind, g.id, g.name,
  coalesce((select json_agg(json_build_object('typeId', b.type_id, 'count', b.count) order by c.code)
    from crate_balances b join crate_types c on c.id = b.type_id
    where b.hub_id = ${hubId} and b.party_id = g.id and b.count > 0), '[]') as counts,
  coalesce((select sum(b.count) from crate_balances b where b.hub_id = ${hubId} and b.party_id = g.id), 0)::int as total,
  coalesce((select sum(b.count * c.deposit_fen) from crate_balances b join crate_types c on c.id = b.type_id
    where b.hub_id = ${hubId} and b.party_id = g.id), 0)::int8 as "depositFen",
  greatest((select max(m.at) from crate_moves m where m.hub_id = ${hubId} and m.from_id = g.id),
    (select max(m.at) from crate_moves m where m.hub_id = ${hubId} and m.to_id = g.id)) as "lastAt"`

/** Parties given by a query of `(kind, id, name)`, as they stand with the hub. */
export const crateParties = (
  tx: Db | Tx,
  hubId: string,
  group: SQL,
  tail: SQL = sql``,
): Promise<CrateParty[]> => docs<CrateParty>(tx, sql`select ${partyColumns(hubId)} from (${group}) g ${tail}`)

/** One party by its kind and id, whether or not it ever had crates; undefined when there is none such. */
export async function crateParty(tx: Db | Tx, hubId: string, party: Party): Promise<CrateParty | undefined> {
  const [one] = await crateParties(tx, hubId, partyNamed(party, hubId))
  return one
}

function partyNamed({ kind, id }: Party, hubId: string): SQL {
  if (kind === 'hub')
    return sql`select 'hub' as kind, h.id, h.name from hubs h where h.id = ${id} and h.id = ${hubId}`
  if (kind === 'org')
    return sql`select 'org' as kind, o.id, o.short_name as name from organisations o
      where o.id = ${id} and o.kind in ('buyer', 'coop', 'base')`
  return sql`select 'driver' as kind, p.id, p.name from people p
    where p.id = ${id} and exists (select 1 from memberships m where m.person_id = p.id and m.role = 'driver')`
}

/** Parties with crates of the hub now, but the hub itself. */
export const partiesWithCrates = (hubId: string, kind: string | undefined): SQL => sql`
  select s.party_kind as kind, s.party_id as id, coalesce(o.short_name, p.name) as name, s.n
  from (select party_kind, party_id, sum(count)::int as n from crate_balances
    where hub_id = ${hubId} and party_kind <> 'hub' and party_kind = coalesce(${kind ?? null}, party_kind)
    group by 1, 2 having sum(count) > 0) s
  left join organisations o on s.party_kind = 'org' and o.id = s.party_id
  left join people p on s.party_kind = 'driver' and p.id = s.party_id`

/** Everybody who may get crates of the hub: buyers and suppliers with a site of it, drivers of its carriers. */
export const partiesNamedLike = (hubId: string, pattern: string, kind: string | undefined): SQL => sql`
  select g.kind, g.id, g.name, coalesce((select sum(count) from crate_balances b
    where b.hub_id = ${hubId} and b.party_id = g.id), 0)::int as n
  from (
    select 'org' as kind, o.id, o.short_name as name from organisations o
    where o.kind in ('buyer', 'coop', 'base') and (o.short_name ilike ${pattern} or o.name ilike ${pattern})
      and (exists (select 1 from sites s where s.org_id = o.id and s.hub_id = ${hubId})
        or exists (select 1 from consignments c where c.org_id = o.id and c.hub_id = ${hubId})
        or exists (select 1 from crate_balances b where b.party_id = o.id and b.hub_id = ${hubId}))
    union all
    select 'driver', p.id, p.name from people p where (p.name ilike ${pattern} or p.phone like ${pattern})
      and exists (select 1 from memberships m join vehicles v on v.org_id = m.org_id and v.hub_id = ${hubId}
        where m.person_id = p.id and m.role = 'driver')) g
  where g.kind = coalesce(${kind ?? null}, g.kind)`
