import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { instantAt, type ServiceDay } from '@huming/shared/days'
import { type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { page } from '../kernel/page.ts'
import { harvestEndMinutes } from './forecast-rules.ts'
import type { Asked, OfferedLot, OfferRule } from './offer-rules.ts'
import { packColumns, supplyScope } from './rows.ts'

export type Offer = ContractReply<Contracts['offers.make']>
type List = Contracts['offers.list']

/** Over `call_off_offers e`; the pack is the one called off. */
const offerQuery = (where: SQL, tail: SQL = sql``): SQL => sql`
  select e.id, e.call_off_id as "callOffId", e.org_id as "orgId", o.short_name as supplier, e.hub_id as "hubId",
    h.name as hub, e.kind, e.status, f.day as "askedDay", e.day, ${packColumns}, e.lot_id as "lotId",
    l.code as "lotCode", lk.spec as "lotSpec", l.use_by_day as "useByDay", e.quantity,
    e.moved_quantity as "movedQuantity", e.note, e.decide_note as "decideNote",
    e.decided_at is not null and e.decided_by is null as "byRule", e.created_at as "createdAt",
    e.decided_at as "decidedAt"
  from call_off_offers e join call_offs f on f.id = e.call_off_id join organisations o on o.id = e.org_id
  join hubs h on h.id = e.hub_id join skus k on k.id = f.sku_id join products p on p.id = k.product_id
  join lots l on l.id = e.lot_id join skus lk on lk.id = l.sku_id
  where ${where} ${tail}`

export const offerDoc = async (db: Db | Tx, id: string): Promise<Offer> =>
  found((await docs<Offer>(db, offerQuery(sql`e.id = ${id}`)))[0])

/** Offers one may see, newest first. */
export async function listOffers(
  ctx: Ctx,
  query: {
    limit: number
    cursor?: string | undefined
    orgId?: string | undefined
    callOffId?: string | undefined
    status?: string | undefined
  },
): Promise<ContractReply<List>> {
  allow(ctx, 'supply.read')
  const parts = [supplyScope(ctx, sql`e`)]
  if (query.orgId) parts.push(sql`e.org_id = ${query.orgId}`)
  if (query.callOffId) parts.push(sql`e.call_off_id = ${query.callOffId}`)
  if (query.status) parts.push(sql`e.status = ${query.status}`)
  if (query.cursor && /^[0-9a-f-]{36}$/.test(query.cursor)) parts.push(sql`e.id < ${query.cursor}::uuid`)
  const rows = await docs<Offer>(
    ctx.db,
    offerQuery(sql.join(parts, sql` and `), sql`order by e.id desc limit ${query.limit + 1}`),
  )
  return page(rows, query.limit, (last) => last.id)
}

/** What is called off, with what another lot must match. */
export async function readAsked(tx: Tx, callOffId: string): Promise<Asked> {
  const [row] = await tx.execute<
    Omit<Asked, 'makeBy' | 'shipBy'> & { makeBy: string | null; shipBy: string | null }
  >(sql`
    select k.id as "skuId", k.product_id as "productId", k.base_unit as "baseUnit", k.zone, k.allergens,
      k.base_per_order_unit as "basePerOrderUnit", k.catch_weight as "catchWeight",
      k.min_remaining_days as "minRemainingDays", f.day, f.make_by as "makeBy", f.ship_by as "shipBy"
    from call_offs f join skus k on k.id = f.sku_id where f.id = ${callOffId}`)
  const { makeBy, shipBy, ...asked } = found(row)
  return { ...asked, makeBy: makeBy && new Date(makeBy), shipBy: shipBy && new Date(shipBy) } as Asked
}

/** The lot offered; `not_found` when it is another supplier's or goes to another hub. */
export async function readOffered(
  tx: Tx,
  lotId: string,
  of: { orgId: string; hubId: string },
): Promise<OfferedLot & { free: number; skuId: string }> {
  const [row] = await tx.execute<
    Omit<OfferedLot, 'madeAt'> & { free: number; harvestDay: ServiceDay | null }
  >(sql`
    select l.sku_id as "skuId", k.product_id as "productId", k.base_unit as "baseUnit", k.zone, k.allergens, l.stage,
      l.ready_day as "readyDay", l.use_by_day as "useByDay", l.promisable - l.promised as free,
      f.harvest_day as "harvestDay"
    from lots l join skus k on k.id = l.sku_id left join forecasts f on f.lot_id = l.id
    where l.id = ${lotId} and l.org_id = ${of.orgId} and l.hub_id = ${of.hubId}`)
  const { harvestDay, ...lot } = found(row)
  const madeAt = lot.stage === 'planned' && harvestDay ? instantAt(harvestDay, harvestEndMinutes) : null
  return { ...lot, madeAt }
}

/** All dated rows that say which offers are taken at once. */
export async function readOfferRules(tx: Tx): Promise<OfferRule[]> {
  const rows = await tx.execute<OfferRule>(sql`
    select kind, spare_days::int4 as "spareDays", valid_from as "validFrom", valid_to as "validTo" from offer_rules`)
  return [...rows]
}
