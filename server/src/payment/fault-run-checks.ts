import type { Sql } from '../kernel/ctx.ts'
import type { Books } from './stand-in/books.ts'

/** Money of the provider's books that ours lack, have twice, or tell otherwise. */
export type Comparison = { lost: number; doubled: number; unbalanced: number }

/** What moved over the mirror of the provider for one of its objects, by nothing but the entries themselves. */
type Booked = { ref: string; fen: number; entries: number }

/**
 * Compares the provider's books with our ledger entries, by statements of its own that share nothing with the verbs:
 * every charge, refund and dispute once with its amount; the provider's balance; each buyer's account; the ledger's sums.
 */
export async function compareBooks(sql: Sql, books: Books): Promise<Comparison> {
  const found: Comparison = { lost: 0, doubled: 0, unbalanced: 0 }
  const booked = await bookedBy(sql)
  const owed = new Map<string, number>()
  const owe = (orgId: string | undefined, fen: number) =>
    orgId === undefined ? undefined : owed.set(orgId, (owed.get(orgId) ?? 0) + fen)
  const orgOf = await orgByIntent(sql)
  const judge = (ref: string, fen: number, entriesMax: number) => {
    const row = booked.get(ref)
    booked.delete(ref)
    if (!row) found.lost += fen === 0 ? 0 : 1
    else if (Math.abs(row.fen) > Math.abs(fen) || row.entries > entriesMax) found.doubled += 1
    else if (row.fen !== fen) found.lost += 1
  }
  for (const charge of books.charges.values()) {
    judge(`payment ${charge.payment_intent}`, charge.amount, 1)
    owe(orgOf.get(charge.payment_intent), -charge.amount)
  }
  for (const refund of books.refunds.values()) {
    const failed = refund.status === 'failed'
    judge(`refund ${refund.id}`, failed ? 0 : -refund.amount, failed ? 2 : 1)
    if (!failed) owe(orgOf.get(refund.payment_intent), refund.amount)
  }
  for (const dispute of books.disputes.values()) {
    const won = dispute.status === 'won'
    judge(`dispute ${dispute.id}`, won ? 0 : -dispute.amount, won ? 2 : 1)
    if (dispute.status === 'lost') owe(orgOf.get(dispute.payment_intent), dispute.amount)
  }
  // What is booked for something the provider does not know.
  found.doubled += [...booked.values()].filter((row) => row.fen !== 0).length
  found.unbalanced += await wrongBuyers(sql, owed)
  found.unbalanced += (await mirrorFen(sql)) === books.total ? 0 : 1
  found.unbalanced += await wrongSums(sql)
  return found
}

async function bookedBy(sql: Sql): Promise<Map<string, Booked>> {
  const rows = await sql<Booked[]>`
    select case when t.reason = 'payment' then 'payment ' || coalesce(p.provider_intent_id, t.subject_id::text)
        when t.reason = 'refund' then 'refund ' || coalesce(r.provider_refund_id, t.subject_id::text)
        else 'dispute ' || coalesce(d.provider_dispute_id, t.subject_id::text) end as ref,
      sum(case when x.purpose = 'stripe' then t.amount_fen else -t.amount_fen end)::int8 as fen,
      count(*)::int as entries
    from ledger_transfers t
    join ledger_accounts x on x.id = t.debit_account_id join ledger_accounts y on y.id = t.credit_account_id
    left join payments p on p.id = t.subject_id left join refunds r on r.id = t.subject_id
    left join disputes d on d.id = t.subject_id
    where t.reason in ('payment', 'refund', 'dispute') and 'stripe' in (x.purpose, y.purpose)
    group by 1`
  return new Map(rows.map((row) => [row.ref, row]))
}

async function orgByIntent(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql<{ intent: string; org: string }[]>`
    select provider_intent_id as intent, org_id as org from payments where provider_intent_id is not null`
  return new Map(rows.map((row) => [row.intent, row.org]))
}

async function wrongBuyers(sql: Sql, owed: ReadonlyMap<string, number>): Promise<number> {
  const rows = await sql<{ org: string; net: number }[]>`
    select org_id as org, (debits_posted_fen - credits_posted_fen)::int8 as net from ledger_accounts where purpose = 'receivable'`
  return rows.filter((row) => row.net !== (owed.get(row.org) ?? 0)).length
}

async function mirrorFen(sql: Sql): Promise<number> {
  const [row] = await sql<{ net: number }[]>`
    select coalesce(sum(debits_posted_fen - credits_posted_fen), 0)::int8 as net from ledger_accounts where purpose = 'stripe'`
  return row?.net ?? 0
}

/** Accounts whose sums are not those of their entries, and entries that do not balance. */
async function wrongSums(sql: Sql): Promise<number> {
  const [row] = await sql<{ wrong: number }[]>`
    with moves as (
      select debit_account_id as id, amount_fen as debit, 0 as credit from ledger_transfers where kind in ('post', 'direct')
      union all select credit_account_id, 0, amount_fen from ledger_transfers where kind in ('post', 'direct')),
    sums as (select id, sum(debit) as debit, sum(credit) as credit from moves group by 1)
    select ((select count(*) from ledger_accounts a left join sums s using (id)
        where a.debits_posted_fen <> coalesce(s.debit, 0) or a.credits_posted_fen <> coalesce(s.credit, 0))
      + (select case when coalesce(sum(debits_posted_fen), 0) = coalesce(sum(credits_posted_fen), 0) then 0 else 1 end
        from ledger_accounts))::int as wrong`
  return row?.wrong ?? 0
}
