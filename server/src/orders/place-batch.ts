import { newId } from '@huming/shared/ids'
import type { TransactionSql } from 'postgres'
import type { Sql } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { retryable, sqlState, violatedConstraint } from '../kernel/transaction.ts'
import { holdCutOffsOpen } from './cut-off-lock.ts'
import { type Decision, decideOrder, type PlaceAsk, type PlacedOrder, type PlaceReply } from './decide-order.ts'
import type { Outcome } from './gathered.ts'
import {
  type CreditAccount,
  type LotRow,
  lotColumns,
  readAround,
  readSkus,
  type Scope,
  servingLots,
  shelvesOf,
  type StandingOrder,
  type World,
} from './place-world.ts'
import { writeOrders } from './write-orders.ts'

const attemptsMax = 4

/**
 * Places a batch of orders (each id at most once) in one transaction: reads and locks what they all need, decides
 * each by itself in the order of arrival, writes the accepted ones together. When the transaction fails for a
 * reason that is not PostgreSQL's call to try again, each order is placed by itself, so that only the one at fault
 * fails.
 */
export async function placeBatch(sql: Sql, asks: readonly PlaceAsk[]): Promise<readonly Outcome<PlaceReply>[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await sql.begin((tx) => placeAll(tx, asks))
    } catch (error) {
      if (attempt < attemptsMax && triedAgain(error)) continue
      if (asks.length === 1) return [{ ok: false, error: publicError(error) }]
      const outcomes: Outcome<PlaceReply>[] = []
      for (const ask of asks) outcomes.push(...(await placeBatch(sql, [ask])))
      return outcomes
    }
  }
}

/** Two processes placing one new id: the later one finds the order standing when it tries again. */
const triedAgain = (error: unknown): boolean =>
  retryable.has(sqlState(error) ?? '') || violatedConstraint(error) === 'orders_pkey'

/** A number is made from the id: somebody else's id that gives the same number cannot be used. */
const publicError = (error: unknown): unknown =>
  violatedConstraint(error) === 'orders_number_key' ? new Fault('id_reused') : error

async function placeAll(sql: TransactionSql, asks: readonly PlaceAsk[]): Promise<Outcome<PlaceReply>[]> {
  const world = await readWorld(sql, asks)
  const decisions = asks.map((ask) => attempt(() => decideOrder(world, ask)))
  const writes = decisions.flatMap((one) => (one.ok && one.value.write ? [one.value.write] : []))
  if (writes.length > 0) await writeOrders(sql, writes, await salesAccounts(sql, writes))
  return decisions.map((one) => (one.ok ? { ok: true, value: one.value.reply } : one))
}

function attempt(decide: () => Decision): Outcome<Decision> {
  try {
    return { ok: true, value: decide() }
  } catch (error) {
    return { ok: false, error }
  }
}

const unique = (values: readonly string[]): string[] => [...new Set(values)]

/** Locks in the order kept everywhere: cut-offs, orders, lots, accounts; each kind in id order. */
async function readWorld(sql: TransactionSql, asks: readonly PlaceAsk[]): Promise<World> {
  const scope: Scope = {
    orderIds: asks.map((ask) => ask.id),
    changedIds: asks.filter((ask) => ask.version > 0).map((ask) => ask.id),
    siteIds: unique(asks.map((ask) => ask.siteId)),
    skuIds: unique(asks.flatMap((ask) => ask.lines.map((line) => line.skuId))),
    days: unique(asks.map((ask) => ask.day)),
  }
  const [, around, skus, standing, promises, lots, accounts] = await Promise.all([
    holdCutOffsOpen(sql, asks),
    readAround(sql, scope),
    readSkus(sql, scope),
    lockOrders(sql, scope),
    readPromises(sql, scope),
    lockLots(sql, scope),
    lockAccounts(sql, scope),
  ])
  const byOrder = Map.groupBy(promises, (promise) => promise.orderId)
  const orders = standing.map(({ holdId, debitAccountId, creditAccountId, heldFen, ...order }) => ({
    ...order,
    hold: holdId ? { id: holdId, debitAccountId, creditAccountId, amountFen: heldFen } : null,
    promises: byOrder.get(order.id) ?? [],
  }))
  return {
    ...around,
    skus,
    ...shelvesOf(lots),
    accounts: new Map(accounts.map((account) => [account.orgId, account])),
    orders: new Map(orders.map((order) => [order.id, order])),
  }
}

type StandingRow = Omit<StandingOrder, 'hold' | 'promises'> & {
  holdId: string | null
  debitAccountId: string
  creditAccountId: string
  heldFen: number
}

const lockOrders = (sql: TransactionSql, scope: Scope) => sql<StandingRow[]>`
  select o.id, o.number, o.org_id as "orgId", o.hub_id as "hubId", o.day, b.buyer_class as "buyerClass", o.status,
    o.frozen_at as "frozenAt", o.total_fen as "totalFen", o.request_hash as "requestHash", o.version,
    o.hold_id as "holdId", t.debit_account_id as "debitAccountId", t.credit_account_id as "creditAccountId",
    t.amount_fen as "heldFen"
  from orders o join organisations b on b.id = o.org_id left join ledger_transfers t on t.id = o.hold_id
  where o.id = any(${bareArray(scope.orderIds)}::uuid[])
  order by o.id for no key update of o`

async function readPromises(sql: TransactionSql, scope: Scope) {
  if (scope.changedIds.length === 0) return []
  return sql<{ orderId: string; lotId: string; quantity: number }[]>`
    select l.order_id as "orderId", p.lot_id as "lotId", p.quantity
    from order_lines l join promises p on p.order_line_id = l.id
    where l.order_id = any(${bareArray(scope.changedIds)}::uuid[]) and p.picked_quantity is null`
}

const lockLots = (sql: TransactionSql, scope: Scope) =>
  scope.changedIds.length === 0
    ? sql<LotRow[]>`
        select ${lotColumns(sql)} from lots l where ${servingLots(sql, scope)} order by l.id for no key update`
    : sql<LotRow[]>`
        select ${lotColumns(sql)} from lots l
        where l.id in (
          select l.id from lots l where ${servingLots(sql, scope)}
          union
          select p.lot_id from order_lines l join promises p on p.order_line_id = l.id
          where l.order_id = any(${bareArray(scope.changedIds)}::uuid[]) and p.picked_quantity is null)
        order by l.id for no key update`

const lockAccounts = (sql: TransactionSql, scope: Scope) => sql<(CreditAccount & { orgId: string })[]>`
  select a.id, a.org_id as "orgId", a.debits_pending_fen as "debitsPendingFen", a.debits_posted_fen as "debitsPostedFen",
    a.credits_posted_fen as "creditsPostedFen", a.credit_limit_fen as "creditLimitFen"
  from ledger_accounts a
  where a.purpose = 'receivable' and a.org_id in (select org_id from sites where id = any(${bareArray(scope.siteIds)}::uuid[]))
  order by a.id for no key update`

/** The `sales` accounts of the orders' hubs by organisation; opened on the first order ever, locked when several. */
async function salesAccounts(
  sql: TransactionSql,
  writes: readonly PlacedOrder[],
): Promise<Map<string, string>> {
  const known = new Map(writes.map(({ site }) => [site.hubOrgId, site.salesAccountId]))
  const missing = [...known].flatMap(([orgId, id]) => (id ? [] : [orgId]))
  if (missing.length === 0 && known.size === 1) return new Map([...known].map(([orgId, id]) => [orgId, id as string]))
  for (const orgId of missing.sort()) {
    await sql`
      insert into ledger_accounts (id, org_id, purpose) values (${newId()}, ${orgId}, 'sales')
      on conflict (org_id, purpose) do nothing`
  }
  const rows = await sql<{ id: string; orgId: string }[]>`
    select id, org_id as "orgId" from ledger_accounts
    where purpose = 'sales' and org_id = any(${bareArray(known.keys())}::uuid[]) order by id for no key update`
  return new Map(rows.map((row) => [row.orgId, row.id]))
}
