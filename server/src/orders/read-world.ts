import type { PriceRow } from '@huming/shared/pricing'
import type { TransactionSql } from 'postgres'
import { bareArray } from '../kernel/sql-arrays.ts'
import { takenBy, takingLines, taxRulesOf } from '../pricing/rows.ts'
import { type Calendar, cutOffKey, hubDay, type TermsRow } from './calendar.ts'
import {
  type BuyerSite,
  type CreditAccount,
  type LotRow,
  type Scope,
  type StandingOrder,
  shelvesOf,
  type World,
} from './place-world.ts'
import type { OrderedSku } from './rules.ts'

/**
 * Reads what a batch of orders needs, in statements sent without waiting between. Locked when something will be
 * written: orders, lots, accounts, each in id order, as everywhere (the cut-offs came first). Each statement is
 * sent by `execute` where it is written: left to `await`, they would go in the order in which promises happen to
 * be looked at, and a row would be read before the lock that keeps it.
 */
export async function readWorld(
  sql: TransactionSql,
  scope: Scope,
  { locked }: { locked: boolean },
): Promise<World> {
  const [around, skus, standing, promises, lots, accounts] = await Promise.all([
    readAround(sql, scope),
    readSkus(sql, scope),
    readOrders(sql, scope, locked),
    readPromises(sql, scope),
    readLots(sql, scope, locked),
    readAccounts(sql, scope, locked),
  ])
  const { contracts, taken } = await readContracts(sql, skus, scope, locked)
  const byOrder = Map.groupBy(promises, (promise) => promise.orderId)
  const orders = standing.map(({ holdId, debitAccountId, creditAccountId, heldFen, ...order }) => ({
    ...order,
    hold: holdId ? { id: holdId, debitAccountId, creditAccountId, amountFen: heldFen } : null,
    promises: byOrder.get(order.id) ?? [],
    taken: taken.get(order.id) ?? [],
  }))
  return {
    ...around,
    skus,
    ...shelvesOf(lots),
    accounts: new Map(accounts.map((account) => [account.orgId, account])),
    orders: new Map(orders.map((order) => [order.id, order])),
    contracts,
  }
}

type Around = {
  sites: BuyerSite[]
  terms: TermsRow[]
  closed: { hubId: string; day: string; reason: string }[]
  cutOffs: { hubId: string; day: string; buyerClass: string; closedAt: string }[]
}

/** Sites and calendar; small, so they come as one document. */
async function readAround(
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
    ) as around`.execute()
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
async function readSkus(
  sql: TransactionSql,
  scope: Pick<Scope, 'siteIds' | 'skuIds' | 'days'>,
): Promise<Map<string, OrderedSku>> {
  const ids = bareArray(scope.skuIds)
  const [skus, prices] = await Promise.all([
    sql<(Omit<OrderedSku, 'prices'> & { id: string })[]>`
      select s.id, s.org_id as "supplierOrgId", coalesce(o.seller_tax_type, 'general') as "sellerType",
        s.base_per_order_unit as "basePerOrderUnit", s.base_per_price_unit as "basePerPriceUnit",
        s.min_units as "minUnits", s.step_units as "stepUnits", s.max_units as "maxUnits",
        s.min_remaining_days as "minRemainingDays", s.tax_class as "taxClass",
        s.archived_at is null and p.archived_at is null and o.suspended_at is null as "onOffer",
        s.sale_from as "saleFrom", s.sale_until as "saleUntil",
        ${taxRulesOf(sql)} as "taxRules"
      from skus s join products p on p.id = s.product_id join organisations o on o.id = s.org_id
      where s.id = any(${ids}::uuid[])`.execute(),
    sql<(PriceRow & { skuId: string })[]>`
      select r.sku_id as "skuId", r.buyer_org_id as "buyerOrgId", r.buyer_class as "buyerClass",
        r.from_units as "fromUnits", r.centifen, r.valid_from as "validFrom", r.valid_to as "validTo",
        r.kind, r.contract_line_id as "contractLineId", r.basis
      from prices r where r.sku_id = any(${ids}::uuid[])
        and r.valid_from <= ${largest(scope.days)} and r.valid_to >= ${smallest(scope.days)}
        and (r.buyer_org_id is null
          or r.buyer_org_id in (select org_id from sites where id = any(${bareArray(scope.siteIds)}::uuid[])))`.execute(),
  ])
  const bySku = Map.groupBy(prices, (price) => price.skuId)
  return new Map(skus.map((sku) => [sku.id, { ...sku, prices: bySku.get(sku.id) ?? [] }]))
}

type Taken = { orderId: string | null; contractLineId: string; quantity: number }

/**
 * Limited quantities of contracts that these packs' prices stand on, locked last and only where there are any. What
 * is left is the limit less what standing orders take, read behind the lock: no count is kept beside them.
 */
async function readContracts(
  sql: TransactionSql,
  skus: ReadonlyMap<string, OrderedSku>,
  scope: Scope,
  locked: boolean,
): Promise<{ contracts: World['contracts']; taken: Map<string, Taken[]> }> {
  const named = [...skus.values()].flatMap((sku) => sku.prices.flatMap((price) => price.contractLineId ?? []))
  if (named.length === 0) return { contracts: new Map(), taken: new Map() }
  const limits = await sql<{ id: string; limit: number }[]>`
    select id, quantity_limit as "limit" from price_contract_lines
    where id = any(${bareArray(new Set(named))}::uuid[]) and quantity_limit is not null
    order by id ${locked ? sql`for no key update` : sql``}`
  const contracts = new Map(limits.map(({ id, limit }) => [id, { left: limit }]))
  const rows = await sql<Taken[]>`
    select case when q.id = any(${bareArray(scope.changedIds)}::uuid[]) then q.id end as "orderId",
      n.contract_line_id as "contractLineId", sum(${takenBy(sql)})::int8 as quantity
    from ${takingLines(sql)}
    where n.contract_line_id = any(${bareArray(contracts.keys())}::uuid[])
    group by 1, 2`
  for (const { contractLineId, quantity } of rows) {
    const contract = contracts.get(contractLineId)
    if (contract) contract.left -= quantity
  }
  const own = rows.filter((row) => row.orderId !== null)
  return { contracts, taken: Map.groupBy(own, (row) => row.orderId as string) }
}

type StandingRow = Omit<StandingOrder, 'hold' | 'promises' | 'taken'> & {
  holdId: string | null
  debitAccountId: string
  creditAccountId: string
  heldFen: number
}

const readOrders = (sql: TransactionSql, scope: Scope, locked: boolean) =>
  sql<StandingRow[]>`
  select o.id, o.number, o.org_id as "orgId", o.hub_id as "hubId", o.day, b.buyer_class as "buyerClass", o.status,
    o.frozen_at as "frozenAt", o.total_fen as "totalFen", o.request_hash as "requestHash", o.version,
    o.hold_id as "holdId", t.debit_account_id as "debitAccountId", t.credit_account_id as "creditAccountId",
    t.amount_fen as "heldFen"
  from orders o join organisations b on b.id = o.org_id left join ledger_transfers t on t.id = o.hold_id
  where o.id = any(${bareArray(scope.orderIds)}::uuid[])
  order by o.id ${locked ? sql`for no key update of o` : sql``}`.execute()

async function readPromises(sql: TransactionSql, scope: Scope) {
  if (scope.changedIds.length === 0) return []
  return sql<{ orderId: string; lotId: string; quantity: number }[]>`
    select l.order_id as "orderId", p.lot_id as "lotId", p.quantity
    from order_lines l join promises p on p.order_line_id = l.id
    where l.order_id = any(${bareArray(scope.changedIds)}::uuid[]) and p.picked_quantity is null`.execute()
}

/** Lots that can serve, and those that orders to be changed stand on now. */
function readLots(sql: TransactionSql, scope: Scope, locked: boolean) {
  const serving = sql`
    l.sku_id = any(${bareArray(scope.skuIds)}::uuid[])
    and l.hub_id in (select hub_id from sites where id = any(${bareArray(scope.siteIds)}::uuid[]))
    and l.use_by_day >= ${smallest(scope.days)} and l.ready_day <= ${largest(scope.days)}
    and l.promisable > l.promised and l.stage in ('planned', 'made', 'shipped', 'received')`
  const standing = sql`
    select p.lot_id from order_lines ol join promises p on p.order_line_id = ol.id
    where ol.order_id = any(${bareArray(scope.changedIds)}::uuid[]) and p.picked_quantity is null`
  return sql<LotRow[]>`
    select l.id, l.sku_id as "skuId", l.hub_id as "hubId", l.promisable, l.promised, l.ready_day as "readyDay",
      l.use_by_day as "useByDay", l.stage in ('planned', 'made', 'shipped', 'received') as open
    from lots l
    where ${
      scope.changedIds.length === 0
        ? serving
        : sql`l.id in (select l.id from lots l where ${serving} union ${standing})`
    }
    order by l.id ${locked ? sql`for no key update of l` : sql``}`.execute()
}

const readAccounts = (sql: TransactionSql, scope: Scope, locked: boolean) =>
  sql<(CreditAccount & { orgId: string })[]>`
  select a.id, a.org_id as "orgId", a.debits_pending_fen as "debitsPendingFen", a.debits_posted_fen as "debitsPostedFen",
    a.credits_posted_fen as "creditsPostedFen", a.credit_limit_fen as "creditLimitFen"
  from ledger_accounts a
  where a.purpose = 'receivable' and a.org_id in (select org_id from sites where id = any(${bareArray(scope.siteIds)}::uuid[]))
  order by a.id ${locked ? sql`for no key update of a` : sql``}`.execute()

const smallest = (days: readonly string[]): string => days.reduce((a, b) => (a < b ? a : b), '9999-12-31')
const largest = (days: readonly string[]): string => days.reduce((a, b) => (a > b ? a : b), '0000-01-01')
