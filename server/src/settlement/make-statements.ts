import { addDays, instantAt, type ServiceDay, serviceDay, serviceDayOf } from '@huming/shared/days'
import { newId, sayableNumber } from '@huming/shared/ids'
import { type Cut, cutFrom, payingReasons, type StatementSide } from '@huming/shared/stating'
import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emitAll } from '../kernel/emit.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { inTransaction } from '../kernel/transaction.ts'

/** Any fixed number: statements are made by one at a time. */
const LOCK = 5_218_297_656
/** An entry that was committed late still finds its statement: so far before the last cut is looked again. */
const lateDays = 2
/** Periods caught up with in one run; more wait for the next. */
const roundsMax = 64
const eventChunk = 500

type Account = Cut & {
  readonly accountId: string
  readonly orgId: string
  readonly side: StatementSide
  readonly termsId: string
  readonly dueDays: number
  readonly lastTo: string | null
  readonly closingFen: number
  /** Day of the oldest entry that is on no statement. */
  readonly firstDay: string | null
  readonly isSample: boolean
  /** Entries older than this were looked at for earlier statements. */
  readonly since: string
}
export type Due = {
  readonly id: string
  readonly account: Account
  readonly from: ServiceDay
  readonly to: ServiceDay
}

/**
 * Makes the statement of every account whose cut date has passed: its lines are all entries of the account that are on
 * none yet, so sums and ledger agree. Run again it finds nothing. All statements of one round are written by set.
 */
export async function makeStatements(ctx: Ctx): Promise<{ made: number }> {
  let made = 0
  for (let round = 0; round < roundsMax; round += 1) {
    const count = await inTransaction(ctx, async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`)
      const due = (await accountsToState(tx, ctx.now)).flatMap((account) => dueOf(account, ctx.now))
      if (due.length > 0) await writeStatements(tx, ctx, due)
      return due.length
    })
    if (count === 0) break
    made += count
  }
  return { made }
}

/** The account's next period, if its cut date has passed. */
function dueOf(account: Account, now: Date): Due[] {
  const { lastTo, closingFen, firstDay } = account
  const next = lastTo === null ? null : addDays(serviceDay(lastTo), 1)
  const start = next !== null && closingFen !== 0 ? next : firstDay === null ? null : serviceDay(firstDay)
  if (start === null) return []
  const from = next !== null && start < next ? next : start
  const to = cutFrom(from, account)
  return to < serviceDayOf(now) ? [{ id: newId(), account, from, to }] : []
}

/** Accounts with something to state, with the terms in force for their party or for everyone of its side. */
const accountsToState = (tx: Tx, now: Date): Promise<Account[]> =>
  docs<Account>(
    tx,
    sql`with sided as (
        select a.id, a.org_id, case a.purpose when 'receivable' then 'buyer' when 'payable' then 'supplier' else 'broker' end as side
        from ledger_accounts a where a.purpose in ('receivable', 'payable', 'commission'))
      select a.id as "accountId", a.org_id as "orgId", a.side, t.id as "termsId", t.rhythm, t.cut_day as "cutDay",
        t.due_days as "dueDays", l.to_day as "lastTo", coalesce(l.closing_fen, 0) as "closingFen", w.since,
        to_char(e.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "firstDay", o.is_sample as "isSample"
      from sided a join organisations o on o.id = a.org_id
      join lateral (select * from statement_terms t where t.side = a.side and (t.org_id = a.org_id or t.org_id is null)
        and t.valid_from <= ${serviceDayOf(now)} and t.valid_to >= ${serviceDayOf(now)}
        order by t.org_id nulls last, t.valid_from desc, t.written_at desc limit 1) t on true
      left join lateral (select to_day, closing_fen from statements s where s.account_id = a.id
        order by to_day desc limit 1) l on true
      cross join lateral (select coalesce((select (max(s.to_day)::date - ${lateDays}::int)::timestamp at time zone 'Asia/Shanghai'
        from statements s where s.account_id = a.id and s.line_count > 0), '-infinity') as since) w
      left join lateral (select least(
        (select t.at from ledger_transfers t where t.debit_account_id = a.id and t.at >= w.since and ${unstatedOf('a.id')}
          order by t.at limit 1),
        (select t.at from ledger_transfers t where t.credit_account_id = a.id and t.at >= w.since and ${unstatedOf('a.id')}
          order by t.at limit 1)) as at) e on true
      where e.at is not null or coalesce(l.closing_fen, 0) <> 0 order by a.id`,
  )

/** Posted entries `t` of an account that are on no statement. */
const unstatedOf = (account: 'a.id') => sql`t.kind in ('post', 'direct') and t.amount_fen > 0
  and not exists (select 1 from statement_lines x where x.account_id = ${sql.raw(account)} and x.transfer_id = t.id)`

/** The entries of accounts up to their cut, from so far back as none was stated; one statement of the database. */
async function writeLines(tx: Tx, due: readonly Due[]): Promise<void> {
  const periods = sql`unnest(${bareArray(due.map((one) => one.id))}::uuid[],
      ${bareArray(due.map((one) => one.account.accountId))}::uuid[],
      ${bareArray(due.map((one) => one.account.since))}::timestamptz[],
      ${bareArray(due.map((one) => instantAt(addDays(one.to, 1), 0).toISOString()))}::timestamptz[],
      ${bareArray(due.map((one) => (one.account.side === 'buyer' ? 1 : -1)))}::int[]) as d(id, account_id, since, until, sign)`
  const within = sql`t.at >= d.since and t.at < d.until and t.kind in ('post', 'direct') and t.amount_fen > 0
      and not exists (select 1 from stated x where x.account_id = d.account_id and x.transfer_id = t.id)`
  // What is stated already is read first and whole: looked up row by row, it would be searched among the new rows, too.
  await tx.execute(sql`
    with stated as materialized (
      select x.account_id, x.transfer_id from ${periods} join statements s on s.account_id = d.account_id
        and s.line_count > 0 and s.to_day >= to_char(d.since at time zone 'Asia/Shanghai', 'YYYY-MM-DD')
      join statement_lines x on x.statement_id = s.id and x.at >= d.since)
    insert into statement_lines (account_id, transfer_id, statement_id, amount_fen, reason, subject_id, at)
    select d.account_id, t.id, d.id, d.sign * t.amount_fen, t.reason, t.subject_id, t.at
    from ${periods} join ledger_transfers t on t.debit_account_id = d.account_id and ${within}
    union all
    select d.account_id, t.id, d.id, -d.sign * t.amount_fen, t.reason, t.subject_id, t.at
    from ${periods} join ledger_transfers t on t.credit_account_id = d.account_id and ${within}`)
}

async function writeStatements(tx: Tx, ctx: Ctx, due: readonly Due[]): Promise<void> {
  const ids = bareArray(due.map((one) => one.id))
  await tx.execute(sql`
    insert into statements (id, number, side, org_id, account_id, terms_id, from_day, to_day, due_on, status, opening_fen,
      increases_fen, decreases_fen, closing_fen, due_fen, line_count, made_at, is_sample)
    select d.id, d.number, d.side, d.org_id, d.account_id, d.terms_id, d.from_day, d.to_day, d.due_on, 'open', d.opening, 0, 0,
      d.opening, 0, 0, ${ctx.now.toISOString()}::timestamptz, d.sample
    from unnest(${ids}::uuid[], ${bareArray(due.map((one) => sayableNumber('Z', one.id)))}::text[],
      ${bareArray(due.map((one) => one.account.side))}::text[], ${bareArray(due.map((one) => one.account.orgId))}::uuid[],
      ${bareArray(due.map((one) => one.account.accountId))}::uuid[], ${bareArray(due.map((one) => one.account.termsId))}::uuid[],
      ${bareArray(due.map((one) => one.from))}::text[], ${bareArray(due.map((one) => one.to))}::text[],
      ${bareArray(due.map((one) => addDays(one.to, one.account.dueDays)))}::text[],
      ${bareArray(due.map((one) => one.account.closingFen))}::int8[],
      ${bareArray(due.map((one) => String(one.account.isSample)))}::bool[])
      as d(id, number, side, org_id, account_id, terms_id, from_day, to_day, due_on, opening, sample)`)
  await writeLines(tx, due)
  await tx.execute(sql`
    update statements s set increases_fen = x.up, decreases_fen = x.down, closing_fen = s.opening_fen + x.up - x.down,
      due_fen = x.due, line_count = x.n
    from (select statement_id, coalesce(sum(amount_fen) filter (where amount_fen > 0), 0) as up,
        coalesce(-sum(amount_fen) filter (where amount_fen < 0), 0) as down, count(*) as n,
        coalesce(sum(amount_fen) filter (where reason <> all(${bareArray(payingReasons)}::text[])), 0) as due
      from statement_lines where statement_id = any(${ids}::uuid[]) group by 1) x where x.statement_id = s.id`)
  for (let i = 0; i < due.length; i += eventChunk)
    await emitAll(
      tx,
      ctx,
      due.slice(i, i + eventChunk).map(({ id, account, from, to }) => ({
        type: 'statement.made',
        subjectId: id,
        orgId: account.orgId,
        payload: { side: account.side, from, to },
      })),
    )
}
