import type { TransactionSql } from 'postgres'
import type { BuyerClass } from '@huming/shared/reference/buyer-classes'
import type { PriceRow } from '../catalogue/pricing.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import type { CreditState } from '../ledger/rules.ts'
import { byExpiry } from '../stock/allocation.ts'
import { type Calendar, cutOffKey, hubDay, type ServedSite, type TermsRow } from './calendar.ts'
import type { OpenLot, OrderedSku } from './rules.ts'

/** A buyer's place with what its organisation and hub say about ordering. */
export type BuyerSite = ServedSite & {
  readonly id: string
  readonly orgId: string
  readonly windowFrom: number
  readonly windowTo: number
  readonly approvalAboveFen: number | null
  readonly hubOrgId: string
  /** The hub's `sales` account, credited by its orders. */
  readonly salesAccountId: string | null
}
/** A buyer's credit; what is held moves as orders are decided. */
export type CreditAccount = CreditState & { readonly id: string; debitsPendingFen: number }

/** An order as it stands before it is placed again or changed. */
export type StandingOrder = {
  readonly id: string
  readonly number: string
  readonly orgId: string
  readonly hubId: string
  readonly day: string
  readonly buyerClass: BuyerClass
  readonly status: string
  readonly frozenAt: Date | null
  readonly totalFen: number
  readonly requestHash: string
  readonly version: number
  readonly hold: { id: string; debitAccountId: string; creditAccountId: string; amountFen: number } | null
  readonly promises: readonly { readonly lotId: string; readonly quantity: number }[]
}

/** All that deciding needs, read once for a batch; lots, accounts and standing orders are locked. */
export type World = {
  readonly calendar: Calendar
  readonly sites: ReadonlyMap<string, BuyerSite>
  readonly skus: ReadonlyMap<string, OrderedSku>
  readonly lots: ReadonlyMap<string, OpenLot>
  /** Lots by `packAtHub`, first expired first. */
  readonly shelves: ReadonlyMap<string, readonly OpenLot[]>
  readonly accounts: ReadonlyMap<string, CreditAccount>
  readonly orders: ReadonlyMap<string, StandingOrder>
}
export const packAtHub = (skuId: string, hubId: string): string => `${skuId}:${hubId}`

/** What is asked about, added up over a batch. */
export type Scope = {
  readonly orderIds: readonly string[]
  /** Orders that are to be changed: their promises are read and their lots locked too. */
  readonly changedIds: readonly string[]
  readonly siteIds: readonly string[]
  readonly skuIds: readonly string[]
  readonly days: readonly string[]
}

type Around = {
  sites: BuyerSite[]
  terms: TermsRow[]
  closed: { hubId: string; day: string; reason: string }[]
  cutOffs: { hubId: string; day: string; buyerClass: string; closedAt: string }[]
}

/** Sites and calendar; small, so they come as one document. */
export async function readAround(
  sql: TransactionSql,
  scope: Pick<Scope, 'siteIds' | 'days' | 'changedIds'>,
): Promise<Pick<World, 'calendar' | 'sites'>> {
  const sites = bareArray(scope.siteIds)
  const days = bareArray(scope.days)
  const [row] = await sql<{ around: Around }[]>`
    with at as materialized (
      select s.id, s.org_id as "orgId", s.hub_id as "hubId", s.window_from as "windowFrom", s.window_to as "windowTo",
        s.delivery_weekdays as "deliveryWeekdays", s.closed_at is not null as closed, o.buyer_class as "buyerClass",
        o.approval_above_fen as "approvalAboveFen", h.org_id as "hubOrgId", a.id as "salesAccountId"
      from sites s join organisations o on o.id = s.org_id and o.buyer_class is not null
      join hubs h on h.id = s.hub_id
      left join ledger_accounts a on a.org_id = h.org_id and a.purpose = 'sales'
      where s.id = any(${sites}::uuid[])),
    hub as materialized (
      select "hubId" as id from at union select hub_id from orders where id = any(${bareArray(scope.changedIds)}::uuid[]))
    select json_build_object(
      'sites', (select coalesce(json_agg(at), '[]') from at),
      'terms', (select coalesce(json_agg(json_build_object('hubId', hub_id, 'buyerClass', buyer_class,
          'daysBefore', days_before, 'minutes', minutes, 'minimumFen', minimum_fen, 'validFrom', valid_from,
          'validTo', valid_to)), '[]') from cut_off_rules where hub_id in (select id from hub)),
      'closed', (select coalesce(json_agg(json_build_object('hubId', hub_id, 'day', day, 'reason', reason)), '[]')
        from closed_days where hub_id in (select id from hub) and day = any(${days}::text[])),
      'cutOffs', (select coalesce(json_agg(json_build_object('hubId', hub_id, 'day', day, 'buyerClass', buyer_class,
          'closedAt', closed_at)), '[]')
        from cut_offs where hub_id in (select id from hub) and day = any(${days}::text[]))
    ) as around`
  const { sites: found, terms, closed, cutOffs } = (row as { around: Around }).around
  const calendar: Calendar = {
    terms,
    closedDays: new Map(closed.map((one) => [hubDay(one.hubId, one.day), one.reason])),
    cutOffs: new Map(
      cutOffs.map((one) => [cutOffKey(one.hubId, one.day, one.buyerClass), new Date(one.closedAt)]),
    ),
  }
  return { calendar, sites: new Map(found.map((site) => [site.id, site])) }
}

/** Packs with the prices that may hold for these sites on these days. */
export async function readSkus(
  sql: TransactionSql,
  scope: Pick<Scope, 'siteIds' | 'skuIds' | 'days'>,
): Promise<Map<string, OrderedSku>> {
  const ids = bareArray(scope.skuIds)
  const [skus, prices] = await Promise.all([
    sql<Omit<OrderedSku, 'prices'>[]>`
      select s.id, s.org_id as "supplierOrgId", coalesce(o.seller_tax_type, 'general') as "sellerType",
        s.base_per_order_unit as "basePerOrderUnit", s.base_per_price_unit as "basePerPriceUnit",
        s.min_units as "minUnits", s.step_units as "stepUnits", s.max_units as "maxUnits",
        s.min_remaining_days as "minRemainingDays", s.tax_class as "taxClass",
        s.archived_at is null and p.archived_at is null and o.suspended_at is null as "onOffer"
      from skus s join products p on p.id = s.product_id join organisations o on o.id = s.org_id
      where s.id = any(${ids}::uuid[])`,
    sql<(PriceRow & { skuId: string })[]>`
      select r.sku_id as "skuId", r.buyer_org_id as "buyerOrgId", r.buyer_class as "buyerClass",
        r.from_units as "fromUnits", r.centifen, r.valid_from as "validFrom", r.valid_to as "validTo"
      from prices r where r.sku_id = any(${ids}::uuid[])
        and r.valid_from <= ${largest(scope.days)} and r.valid_to >= ${smallest(scope.days)}
        and (r.buyer_org_id is null
          or r.buyer_org_id in (select org_id from sites where id = any(${bareArray(scope.siteIds)}::uuid[])))`,
  ])
  const bySku = Map.groupBy(prices, (price) => price.skuId)
  return new Map(skus.map((sku) => [sku.id, { ...sku, prices: bySku.get(sku.id) ?? [] }]))
}

/** Lots that may serve, by pack and hub; the statement decides whether they are locked. */
export function shelvesOf(rows: readonly LotRow[]): Pick<World, 'lots' | 'shelves'> {
  const open = rows.filter((lot) => lot.open)
  const shelves = Map.groupBy(open, (lot) => packAtHub(lot.skuId, lot.hubId))
  for (const shelf of shelves.values()) shelf.sort(byExpiry)
  return { lots: new Map(rows.map((lot) => [lot.id, lot])), shelves }
}
export type LotRow = OpenLot & { readonly skuId: string; readonly hubId: string; readonly open: boolean }

/** Columns of a `LotRow` from lots `l`. */
export const lotColumns = (sql: TransactionSql) => sql`
  l.id, l.sku_id as "skuId", l.hub_id as "hubId", l.promisable, l.promised, l.ready_day as "readyDay",
  l.use_by_day as "useByDay", l.stage in ('planned', 'made', 'shipped', 'received') as open`

/** Lots `l` of the packs at the sites' hubs with something left for these days. */
export const servingLots = (sql: TransactionSql, scope: Pick<Scope, 'siteIds' | 'skuIds' | 'days'>) => sql`
  l.sku_id = any(${bareArray(scope.skuIds)}::uuid[])
  and l.hub_id in (select hub_id from sites where id = any(${bareArray(scope.siteIds)}::uuid[]))
  and l.use_by_day >= ${smallest(scope.days)} and l.ready_day <= ${largest(scope.days)}
  and l.promisable > l.promised and l.stage in ('planned', 'made', 'shipped', 'received')`

const smallest = (days: readonly string[]): string => days.reduce((a, b) => (a < b ? a : b), '9999-12-31')
const largest = (days: readonly string[]): string => days.reduce((a, b) => (a > b ? a : b), '0000-01-01')
