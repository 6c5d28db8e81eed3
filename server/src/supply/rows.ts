import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { type SQL, sql } from 'drizzle-orm'
import { visibleHubIds, visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'

export type Consignment = ContractReply<Contracts['supply.readConsignment']>
export type ConsignmentBrief = ContractReply<Contracts['supply.listConsignments']>['items'][number]
export type CallOff = ContractReply<Contracts['supply.listCallOffs']>['items'][number]

/** Columns of a pack for replies, over `skus k` and `products p`. */
export const packColumns = sql`k.id as "skuId", k.code as "skuCode", p.name, p.name_en as "nameEn", k.spec,
  p.picture, k.zone, k.base_unit as "baseUnit", k.order_unit as "orderUnit",
  k.base_per_order_unit as "basePerOrderUnit", k.catch_weight as "catchWeight", k.tolerance_bp as "toleranceBp"`

/** `= any(…)` over ids, also over none. */
export const anyOf = (ids: readonly string[]): SQL => sql`any(${bareArray(ids)}::uuid[])`

/** Rows of `alias` that the actor may see: own and principals' ones, and those bound for the actor's hubs. */
export function supplyScope(ctx: Pick<Ctx, 'actor'>, alias: SQL, hubSees: SQL = sql`true`): SQL {
  const orgIds = visibleOrgIds(ctx, 'supply.read')
  if (orgIds === 'all') return sql`true`
  const hubIds = visibleHubIds(ctx, 'supply.read')
  return sql`(${alias}.org_id = ${anyOf(orgIds)} or (${alias}.hub_id = ${anyOf(hubIds === 'all' ? [] : hubIds)} and ${hubSees}))`
}

/** A warehouse sees a consignment from the moment it is on the way. */
export const consignmentScope = (ctx: Pick<Ctx, 'actor'>): SQL =>
  supplyScope(ctx, sql`c`, sql`c.status not in ('draft', 'cancelled')`)

/** Over `consignments c`, `organisations o`, `hubs h`. */
export const briefColumns = sql`c.id, c.number, c.org_id as "orgId", o.short_name as supplier,
  c.hub_id as "hubId", h.name as hub, c.status, c.plate, c.mode, c.set_point_deci_c as "setPointDeciC",
  c.departs_at as "departsAt", c.expected_at as "expectedAt", c.arrived_at as "arrivedAt",
  c.received_at as "receivedAt", c.created_at as "createdAt", c.version, c.is_sample as "isSample",
  (select count(*) from consignment_lines x where x.consignment_id = c.id) as "lineCount",
  (select count(*) from consignment_lines x where x.consignment_id = c.id and x.received_at is not null) as "receivedLines",
  (select count(*) from consignment_lines x where x.consignment_id = c.id and x.refused_quantity > 0) as "refusedLines",
  array(select distinct k.zone from consignment_lines x join lots l on l.id = x.lot_id join skus k on k.id = l.sku_id
    where x.consignment_id = c.id order by 1) as zones`

const lineColumns = sql`x.id, x.lot_id as "lotId", l.code as "lotCode", l.stage as "lotStage", ${packColumns},
  x.quantity, l.made_on as "madeOn", l.ready_day as "readyDay", l.use_by_day as "useByDay", l.certificate,
  x.received_quantity as "receivedQuantity", x.refused_quantity as "refusedQuantity",
  x.refuse_reason as "refuseReason", x.gross_grams as "grossGrams", x.tare_grams as "tareGrams",
  x.surface_deci_c as "surfaceDeciC", x.photo_file_ids as "photoFileIds", x.received_at as "receivedAt"`

/** One consignment with its lines, if the actor may see it. */
export async function consignmentDoc(tx: Db | Tx, ctx: Pick<Ctx, 'actor'>, id: string): Promise<Consignment> {
  const [doc] = await docs<Consignment>(
    tx,
    sql`select ${briefColumns}, c.driver_name as "driverName", c.driver_phone as "driverPhone",
        c.seal_number as "sealNumber", c.seal_ok as "sealOk", c.arrival_deci_c as "arrivalDeciC", c.note,
        (select coalesce(json_agg(to_json(y) order by y.name, y."lotCode"), '[]') from (
          select ${lineColumns} from consignment_lines x join lots l on l.id = x.lot_id
          join skus k on k.id = l.sku_id join products p on p.id = k.product_id
          where x.consignment_id = c.id) y) as lines
      from consignments c join organisations o on o.id = c.org_id join hubs h on h.id = c.hub_id
      where c.id = ${id} and ${consignmentScope(ctx)}`,
  )
  return found(doc)
}

/** Over `call_offs f`; the lots listed are those that could still be put on a vehicle for it. */
export const callOffQuery = (where: SQL, tail: SQL = sql``): SQL =>
  sql`select f.id, f.org_id as "orgId", o.short_name as supplier, f.hub_id as "hubId", h.name as hub, f.day,
      ${packColumns}, f.quantity, f.confirmed_quantity as "confirmedQuantity", f.status,
      f.answer_note as "answerNote", f.answered_at as "answeredAt", f.created_at as "createdAt",
      f.dock_by as "dockBy", f.ship_by as "shipBy", f.make_by as "makeBy", f.start_by as "startBy",
      (select count(*) from call_off_offers e where e.call_off_id = f.id and e.status = 'offered') as "openOffers",
      (select coalesce(json_agg(json_build_object('id', l.id, 'code', l.code, 'stage', l.stage, 'quantity', l.quantity,
          'promised', l.promised, 'readyDay', l.ready_day, 'useByDay', l.use_by_day) order by l.use_by_day, l.id), '[]')
        from lots l where l.org_id = f.org_id and l.hub_id = f.hub_id and l.sku_id = f.sku_id
          and l.stage in ('planned', 'made') and l.use_by_day >= f.day
          and (l.ready_day <= f.day or exists (select 1 from promises r join order_lines n on n.id = r.order_line_id
            join orders d on d.id = n.order_id where r.lot_id = l.id and d.day = f.day))) as lots
    from call_offs f join organisations o on o.id = f.org_id join hubs h on h.id = f.hub_id
    join skus k on k.id = f.sku_id join products p on p.id = k.product_id
    where ${where} ${tail}`
