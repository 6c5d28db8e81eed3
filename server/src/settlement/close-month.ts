import { monthCloses } from '@huming/db/schema/invoices'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addMonths, monthEnd, serviceDay, serviceDayOf } from '@huming/shared/days'
import { type FlowAction, nextStatus } from '@huming/shared/flows'
import { newId } from '@huming/shared/ids'
import { eq, sql } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { checklistOf } from './month-checklist.ts'

export type Month = ContractReply<Contracts['months.read']>

/** Any fixed number: months are closed and opened by one at a time. */
const LOCK = 5_218_297_658
/** Months shown. */
const shown = 12

const isOver = (month: string, now: Date): boolean => monthEnd(serviceDay(`${month}-01`)) < serviceDayOf(now)

async function monthDoc(db: Db | Tx, month: string, now: Date): Promise<Month> {
  const [row] = await docs<Omit<Month, 'checklist' | 'over' | 'month'>>(
    db,
    sql`select m.status, c.name as closer, m.closed_at as "closedAt", m.open_asked_by as "openAskedBy",
        a.name as "openAsker", m.open_reason as "openReason", m.opened_at as "openedAt", m.version
      from month_closes m join people c on c.id = m.closed_by left join people a on a.id = m.open_asked_by
      where m.month = ${month}`,
  )
  const never = {
    status: 'never' as const,
    closer: null,
    closedAt: null,
    openAskedBy: null,
    openAsker: null,
    openReason: '',
    openedAt: null,
    version: 0,
  }
  return { ...(row ?? never), month, over: isOver(month, now), checklist: await checklistOf(db, month) }
}

/** The checklist of a month as it stands now, and whether its books are closed. */
export async function readMonth(ctx: Ctx, month: string): Promise<Month> {
  allow(ctx, 'month.close')
  return monthDoc(ctx.db, month, ctx.now)
}

/** The last twelve months, the present first. */
export async function listMonths(ctx: Ctx): Promise<ContractReply<Contracts['months.list']>> {
  allow(ctx, 'month.close')
  const today = serviceDayOf(ctx.now)
  const months = Array.from({ length: shown }, (_, i) =>
    addMonths(serviceDay(`${today.slice(0, 7)}-01`), -i).slice(0, 7),
  )
  const rows = await docs<{ month: string; status: Month['status']; closedAt: string; closer: string }>(
    ctx.db,
    sql`select m.month, m.status, m.closed_at as "closedAt", p.name as closer from month_closes m
      join people p on p.id = m.closed_by order by m.month desc limit 100`,
  )
  return {
    items: months.map((month) => {
      const row = rows.find((one) => one.month === month)
      return {
        month,
        over: isOver(month, ctx.now),
        status: row?.status ?? 'never',
        closedAt: row?.closedAt ?? null,
        closer: row?.closer ?? null,
      }
    }),
  }
}

/**
 * Closes the books of a month that is over (`month_not_over`) and has nothing open on its checklist
 * (`month_not_ready`). From then on the ledger refuses entries of that month.
 */
export async function closeMonth(ctx: Ctx, month: string): Promise<Month> {
  allow(ctx, 'month.close')
  return inTransaction(ctx, async (tx) => {
    const row = await lockMonth(tx, month)
    if (row?.status === 'closed') return monthDoc(tx, month, ctx.now)
    if (row && !nextStatus('month', row.status, 'close')) throw new Fault('wrong_state')
    if (!isOver(month, ctx.now)) throw new Fault('month_not_over')
    const checklist = await checklistOf(tx, month)
    const count = checklist.filter((point) => point.open > 0).length
    if (count > 0)
      throw new Fault('month_not_ready', '', {
        params: { count },
        pointers: checklist
          .filter((point) => point.open > 0)
          .map(({ name }) => ({ pointer: `/checklist/${name}`, reason: 'open' })),
      })
    const closing = {
      status: 'closed',
      closedBy: person(ctx).personId,
      closedAt: ctx.now,
      checklist,
      openAskedBy: null,
      openAskedAt: null,
      openReason: '',
      openedBy: null,
      openedAt: null,
    }
    await tx
      .insert(monthCloses)
      .values({ month, ...closing })
      .onConflictDoUpdate({
        target: monthCloses.month,
        set: { ...closing, version: sql`${monthCloses.version} + 1` },
      })
    await emit(tx, ctx, { type: 'month.closed', subjectId: newId(), payload: { month } })
    return monthDoc(tx, month, ctx.now)
  })
}

async function lockMonth(tx: Tx, month: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`)
  const [row] = await tx.select().from(monthCloses).where(eq(monthCloses.month, month)).for('update')
  return row
}

async function moveMonth(
  tx: Tx,
  month: string,
  action: FlowAction<'month'>,
  more: (row: typeof monthCloses.$inferSelect) => Partial<typeof monthCloses.$inferInsert>,
): Promise<void> {
  const row = found(await lockMonth(tx, month))
  const status = nextStatus('month', row.status, action)
  if (!status) throw new Fault('wrong_state')
  await tx
    .update(monthCloses)
    .set({ status, version: row.version + 1, ...more(row) })
    .where(eq(monthCloses.month, month))
}

/** Asks that closed books be opened again; a second person decides. */
export async function askOpenMonth(ctx: Ctx, month: string, reason: string): Promise<Month> {
  allow(ctx, 'month.close')
  return inTransaction(ctx, async (tx) => {
    const openAskedBy = person(ctx).personId
    await moveMonth(tx, month, 'ask_open', () => ({ openAskedBy, openAskedAt: ctx.now, openReason: reason }))
    await emit(tx, ctx, { type: 'month.open_asked', subjectId: newId(), payload: { month, reason } })
    return monthDoc(tx, month, ctx.now)
  })
}

/** A second person (`second_person_needed` for the one who asked) opens the books, or leaves them closed. */
export async function decideOpenMonth(ctx: Ctx, month: string, approve: boolean): Promise<Month> {
  allow(ctx, 'month.close')
  return inTransaction(ctx, async (tx) => {
    const { personId } = person(ctx)
    await moveMonth(tx, month, approve ? 'approve' : 'refuse', (row) => {
      if (row.openAskedBy === personId) throw new Fault('second_person_needed')
      return approve
        ? { openedBy: personId, openedAt: ctx.now }
        : { openReason: '', openAskedBy: null, openAskedAt: null }
    })
    await emit(tx, ctx, {
      type: approve ? 'month.opened' : 'month.open_refused',
      subjectId: newId(),
      payload: { month },
    })
    return monthDoc(tx, month, ctx.now)
  })
}
