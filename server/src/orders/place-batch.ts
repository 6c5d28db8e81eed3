import { newId } from '@huming/shared/ids'
import type { TransactionSql } from 'postgres'
import type { Sql } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { retryable, sqlState, violatedConstraint } from '../kernel/transaction.ts'
import { holdCutOffsOpen } from './cut-off-lock.ts'
import {
  type Decision,
  decideOrder,
  type PlaceAsk,
  type PlacedOrder,
  type PlaceReply,
} from './decide-order.ts'
import type { Outcome } from './gathered.ts'
import { readWorld } from './read-world.ts'
import { writeOrders } from './write-orders.ts'

const attemptsMax = 4

/**
 * Places a batch of orders (each id at most once) in one transaction: reads and locks what they all need, decides
 * each by itself in the order of arrival, writes the accepted ones together. When the transaction fails for a
 * reason that is not PostgreSQL's call to try again, each order is placed by itself, so that only the one at fault
 * fails.
 */
export async function placeBatch(
  sql: Sql,
  asks: readonly PlaceAsk[],
): Promise<readonly Outcome<PlaceReply>[]> {
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
  const [, world] = await Promise.all([
    holdCutOffsOpen(sql, asks),
    readWorld(
      sql,
      {
        orderIds: asks.map((ask) => ask.id),
        changedIds: asks.filter((ask) => ask.version > 0).map((ask) => ask.id),
        siteIds: unique(asks.map((ask) => ask.siteId)),
        skuIds: unique(asks.flatMap((ask) => ask.lines.map((line) => line.skuId))),
        days: unique(asks.map((ask) => ask.day)),
      },
      { locked: true },
    ),
  ])
  const decisions = asks.map((ask) => outcomeOf(() => decideOrder(world, ask)))
  const writes = decisions.flatMap((one) => (one.ok && one.value.write ? [one.value.write] : []))
  if (writes.length > 0) await writeOrders(sql, writes, await salesAccounts(sql, writes))
  return decisions.map((one) => (one.ok ? { ok: true, value: one.value.reply } : one))
}

const unique = (values: readonly string[]): string[] => [...new Set(values)]

function outcomeOf(decide: () => Decision): Outcome<Decision> {
  try {
    return { ok: true, value: decide() }
  } catch (error) {
    return { ok: false, error }
  }
}

/** The `sales` accounts of the orders' hubs by organisation; opened on the first order ever, locked when several. */
async function salesAccounts(
  sql: TransactionSql,
  writes: readonly PlacedOrder[],
): Promise<Map<string, string>> {
  const known = new Map(writes.map(({ site }) => [site.hubOrgId, site.salesAccountId]))
  const missing = [...known].flatMap(([orgId, id]) => (id ? [] : [orgId]))
  if (missing.length === 0 && known.size === 1)
    return new Map([...known].map(([orgId, id]) => [orgId, id as string]))
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
