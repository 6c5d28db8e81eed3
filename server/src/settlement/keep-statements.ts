import { interestAccruals, statementReminders } from '@huming/db/schema/statements'
import { addDays, type ServiceDay, serviceDay, serviceDayOf } from '@huming/shared/days'
import type { NewTransfer } from '@huming/shared/ledger-words'
import { formatYuan } from '@huming/shared/money'
import { accrueDay, reminderStep } from '@huming/shared/stating'
import { sql } from 'drizzle-orm'
import { operationsOrgId } from '../claims/rows.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { notify } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { transfer } from '../ledger/transfer.ts'
import { confirmIn, moveStatement } from './answer-statement.ts'
import { makeStatements } from './make-statements.ts'
import { lockStatement } from './statement-rows.ts'

/** Any fixed number: a day's interest is reckoned by one at a time. */
const INTEREST_LOCK = 5_218_297_657
/** Days of interest caught up with in one run. */
const daysMax = 60

/**
 * What the clock does with statements, each part once however often it runs: those whose cut date has passed are made,
 * silence is taken as agreed where the contract says so, the paid are marked, late interest accrues, reminders go out.
 */
export async function keepStatements(ctx: Ctx): Promise<void> {
  await makeStatements(ctx)
  await confirmSilent(ctx)
  await markPaid(ctx)
  await accrueInterest(ctx)
  await remind(ctx)
}

/** Confirms statements whose party said nothing for as long as its terms allow. */
export async function confirmSilent(ctx: Ctx): Promise<{ confirmed: number }> {
  const ids = await docs<{ id: string }>(
    ctx.db,
    sql`select s.id from statements s join statement_terms t on t.id = s.terms_id
      where s.status = 'sent' and t.auto_confirm_days is not null
        and s.sent_at + make_interval(days => t.auto_confirm_days) <= ${ctx.now.toISOString()}::timestamptz
      order by s.id limit 5000`,
  )
  for (const { id } of ids)
    await inTransaction(ctx, async (tx) => {
      const row = await lockStatement(tx, id)
      if (row.status === 'sent') await confirmIn(tx, ctx, row, 'silence', null)
    })
  return { confirmed: ids.length }
}

/** Marks statements paid whose payments cover them, and takes the mark back where a payment was taken back. */
export async function markPaid(ctx: Ctx): Promise<{ changed: number }> {
  const rows = await docs<{ id: string; paid: boolean }>(
    ctx.db,
    sql`select * from (select s.id, s.status, s.due_fen <= coalesce((select sum(a.fen) from payment_allocations a
          where a.statement_id = s.id), 0) as paid
        from statements s where s.side = 'buyer' and s.status in ('confirmed', 'invoiced', 'paid')) x
      where x.paid <> (x.status = 'paid') order by x.id limit 5000`,
  )
  for (const { id, paid } of rows)
    await inTransaction(ctx, async (tx) => {
      const row = await lockStatement(tx, id)
      if (paid === (row.status === 'paid')) return
      await moveStatement(tx, row, paid ? 'pay' : 'unpay', { paidAt: paid ? ctx.now : null })
      const type = paid ? 'statement.paid' : 'statement.unpaid'
      await emit(tx, ctx, { type, subjectId: id, orgId: row.orgId })
    })
  return { changed: rows.length }
}

type Late = {
  readonly statementId: string
  readonly orgId: string
  readonly openFen: number
  readonly carryMicro: number
}

/** Books late interest for every day up to yesterday that has none yet; see `accrueDay`. */
export async function accrueInterest(ctx: Ctx): Promise<{ days: number; postedFen: number }> {
  const yesterday = addDays(serviceDayOf(ctx.now), -1)
  const [first] = await docs<{ day: string | null }>(
    ctx.db,
    sql`select min(greatest(to_char(s.due_on::date + 1, 'YYYY-MM-DD'),
        coalesce((select to_char(max(i.day)::date + 1, 'YYYY-MM-DD') from interest_accruals i where i.statement_id = s.id), ''))) as day
      from statements s join statement_terms t on t.id = s.terms_id
      where s.side = 'buyer' and s.status in ('sent', 'disputed', 'confirmed', 'invoiced') and t.interest and s.due_on < ${yesterday}`,
  )
  if (!first?.day) return { days: 0, postedFen: 0 }
  let postedFen = 0
  let days = 0
  for (let day = serviceDay(first.day); day <= yesterday && days < daysMax; day = addDays(day, 1)) {
    postedFen += await inTransaction(ctx, (tx) => accrueOn(tx, ctx, day))
    days += 1
  }
  return { days, postedFen }
}

async function accrueOn(tx: Tx, ctx: Ctx, day: ServiceDay): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(${INTEREST_LOCK})`)
  const [rate] = await docs<{ ppm: number }>(
    tx,
    sql`select ppm_per_day as ppm from interest_rates where valid_from <= ${day} order by valid_from desc limit 1`,
  )
  if (!rate || rate.ppm === 0) return 0
  const late = await lateOn(tx, day)
  const operations = await operationsOrgId(tx)
  const moves: NewTransfer[] = []
  for (const [orgId, own] of Map.groupBy(late, (one) => one.orgId)) {
    const made = own.map((one) => accrueDay({ ...one, ppmPerDay: rate.ppm }))
    const postedFen = made.reduce((sum, one) => sum + one.postedFen, 0)
    const payload = { day, postedFen }
    const eventId =
      postedFen > 0
        ? await emit(tx, ctx, { type: 'interest.accrued', subjectId: orgId, orgId, payload })
        : null
    await tx.insert(interestAccruals).values(
      own.map(({ statementId, openFen }, i) => ({
        statementId,
        day,
        openFen,
        ppmPerDay: rate.ppm,
        microFen: made[i]?.microFen ?? 0,
        postedFen: made[i]?.postedFen ?? 0,
        eventId,
      })),
    )
    for (const [i, { statementId }] of own.entries())
      moves.push({
        debit: { orgId, purpose: 'receivable' },
        credit: { orgId: operations, purpose: 'interest' },
        amountFen: made[i]?.postedFen ?? 0,
        reason: 'interest',
        subjectId: statementId,
        eventId: eventId ?? '',
      })
  }
  await transfer(tx, ctx.now, moves)
  return moves.reduce((sum, move) => sum + move.amountFen, 0)
}

/** Statements late on a day without interest for it yet: what was open at its end, and what made no whole fen so far. */
const lateOn = (tx: Tx, day: ServiceDay): Promise<Late[]> =>
  docs<Late>(
    tx,
    sql`select * from (select s.id as "statementId", s.org_id as "orgId",
        s.due_fen - coalesce((select sum(a.fen) from payment_allocations a where a.statement_id = s.id
          and a.at < ((${day}::date + 1)::timestamp at time zone 'Asia/Shanghai')), 0)::int8 as "openFen",
        coalesce((select sum(i.micro_fen) - sum(i.posted_fen) * 1000000 from interest_accruals i where i.statement_id = s.id), 0)::int8 as "carryMicro"
      from statements s join statement_terms t on t.id = s.terms_id
      where s.side = 'buyer' and s.status in ('sent', 'disputed', 'confirmed', 'invoiced') and t.interest and s.due_on < ${day}
        and not exists (select 1 from interest_accruals i where i.statement_id = s.id and i.day = ${day})
      order by s.org_id, s.id) x where x."openFen" > 0`,
  )

/** Tells buyers of what is due or late, each step once. */
export async function remind(ctx: Ctx): Promise<{ told: number }> {
  const today = serviceDayOf(ctx.now)
  const rows = await docs<{ id: string; orgId: string; number: string; dueOn: string; openFen: number }>(
    ctx.db,
    sql`select * from (select s.id, s.org_id as "orgId", s.number, s.due_on as "dueOn",
          s.due_fen - coalesce((select sum(a.fen) from payment_allocations a where a.statement_id = s.id), 0)::int8 as "openFen"
        from statements s where s.side = 'buyer' and s.status in ('sent', 'disputed', 'confirmed', 'invoiced')
          and s.due_on <= ${addDays(today, 3)}) x where x."openFen" > 0 order by x.id limit 5000`,
  )
  let told = 0
  for (const { id, orgId, number, dueOn, openFen } of rows) {
    const step = reminderStep(serviceDay(dueOn), today)
    if (step === null) continue
    told += await inTransaction(ctx, async (tx) => {
      const made = await tx
        .insert(statementReminders)
        .values({ statementId: id, step, at: ctx.now })
        .onConflictDoNothing()
        .returning()
      if (made.length === 0) return 0
      const key = step < 0 ? 'notice.statement_due' : 'notice.statement_late'
      await notify(tx, {
        orgId,
        key,
        params: { number, day: dueOn, amount: formatYuan(openFen) },
        subjectId: id,
        at: ctx.now,
      })
      await emit(tx, ctx, { type: 'statement.reminded', subjectId: id, orgId, payload: { step, openFen } })
      return 1
    })
  }
  return { told }
}
