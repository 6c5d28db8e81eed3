import type { TestApp } from '../test-app.ts'
import type { Side } from './world.fixture.ts'

/**
 * Ids of rows that only one side may see. What is for sale, who sells it and the hubs are for everyone; what
 * operations and governments own belongs to no side.
 */
export async function secretsOf({ sql }: TestApp, { orgs, hub }: Side): Promise<Set<string>> {
  const own = [orgs.buyer, orgs.coop, orgs.broker, orgs.warehouse, orgs.carrier].map((org) => org.id)
  const rows = await sql<{ id: string }[]>`
    with own as (select unnest(${own}::uuid[]) as org),
      bought as (select id from orders where org_id in (select org from own)),
      grown as (select id from lots where org_id in (select org from own)),
      sent as (select id from consignments where org_id in (select org from own)),
      nights as (select id from waves where hub_id = ${hub.id}),
      ways as (select id from plans where hub_id = ${hub.id}),
      tours as (select id from runs where hub_id = ${hub.id})
    select id from unnest(${[orgs.buyer.id, orgs.broker.id, orgs.carrier.id]}::uuid[]) as o(id)
    union all select id from recipes where org_id in (select org from own)
    union all select id from production_batches where org_id in (select org from own)
    union all select id from base_receipts where org_id in (select org from own)
    union all select id from inspections where org_id in (select org from own)
    union all select id from sites where org_id in (select org from own)
    union all select person_id from memberships where org_id in (select org from own)
    union all select id from files where org_id in (select org from own) and visibility = 'own'
    union all select id from notices where org_id in (select org from own)
    union all select id from call_offs where org_id in (select org from own)
    union all select id from vehicles where org_id in (select org from own)
    union all select id from bought union all select id from grown union all select id from sent
    union all select id from nights union all select id from ways union all select id from tours
    union all select id from order_lines where order_id in (select id from bought)
    union all select id from consignment_lines where consignment_id in (select id from sent)
    union all select id from totes where wave_id in (select id from nights)
    union all select id from pick_tasks where wave_id in (select id from nights)
    union all select id from stops where run_id in (select id from tours)`
  return new Set(rows.map((row) => row.id))
}

/** The secrets that an answer tells. */
export const leaksIn = (text: string, secrets: ReadonlySet<string>): string[] =>
  [...text.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)]
    .map(([id]) => id)
    .filter((id) => secrets.has(id))
