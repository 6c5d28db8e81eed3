import { sql as drizzleSql } from 'drizzle-orm'
import type { TransactionSql } from 'postgres'
import type { Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { cutOffKey } from './calendar.ts'

/*
 * Placing and closing exclude one another per hub, day and buyer class by an advisory lock of the transaction:
 * an order is either placed before the close, which then freezes it, or sees the close and is refused.
 * First lock of every transaction that takes it; then orders, lots and accounts follow, each in id order.
 */
const prefix = 'cut-off:'

/** Keeps the cut-offs of these sites and days from closing until the transaction ends. Many may hold it. */
export async function holdCutOffsOpen(
  sql: TransactionSql,
  asks: readonly { siteId: string; day: string }[],
): Promise<void> {
  await sql`
    select count(pg_advisory_xact_lock_shared(k.key)) from (
      select distinct hashtextextended(
        ${prefix} || s.hub_id || ':' || a.day || ':' || coalesce(o.buyer_class, ''), 0) as key
      from unnest(${bareArray(asks.map((ask) => ask.siteId))}::uuid[],
        ${bareArray(asks.map((ask) => ask.day))}::text[]) as a(site_id, day)
      join sites s on s.id = a.site_id join organisations o on o.id = s.org_id
      order by 1) k`.execute()
}

/** Waits until nobody places for these cut-offs and keeps everybody from it until the transaction ends. */
export async function lockCutOffs(
  tx: Tx,
  hubId: string,
  day: string,
  buyerClasses: readonly string[],
): Promise<void> {
  const keys = bareArray(buyerClasses.map((buyerClass) => prefix + cutOffKey(hubId, day, buyerClass)))
  await tx.execute(drizzleSql`
    select count(pg_advisory_xact_lock(k.key)) from (
      select hashtextextended(name, 0) as key from unnest(${keys}::text[]) as n(name) order by 1) k`)
}
