import { statements } from '@huming/db/schema/statements'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq, type SQL, sql } from 'drizzle-orm'
import { visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { Fault, found } from '../kernel/fault.ts'
import { anyOf } from '../supply/rows.ts'

export type StatementDoc = ContractReply<Contracts['statements.read']>
export type StatementBrief = ContractReply<Contracts['statements.list']>['items'][number]
export type Statement = typeof statements.$inferSelect

/** Statements over `statements s` the actor may see; a party does not see one before it is sent. */
export function statementScope(ctx: Pick<Ctx, 'actor'>): SQL {
  const orgIds = visibleOrgIds(ctx, 'statement.read')
  return orgIds === 'all' ? sql`true` : sql`(s.org_id = ${anyOf(orgIds)} and s.status <> 'open')`
}

/** Columns of a list over `statements s`, `organisations b`. */
export const briefColumns = sql`s.id, s.number, s.side, s.org_id as "orgId", b.short_name as party, s.from_day as "fromDay",
  s.to_day as "toDay", s.due_on as "dueOn", s.status, s.opening_fen as "openingFen", s.increases_fen as "increasesFen",
  s.decreases_fen as "decreasesFen", s.closing_fen as "closingFen", s.due_fen as "dueFen",
  (select coalesce(sum(a.fen), 0)::int8 from payment_allocations a where a.statement_id = s.id) as "paidFen",
  s.line_count as "lineCount", s.confirmed_how as "confirmedHow", s.version, s.is_sample as "isSample",
  (select count(*)::int from statement_disputes d where d.statement_id = s.id and d.answered_at is null) as "openDisputes"`

/** One statement with its sums by reason, if the actor may see it. */
export async function statementDoc(db: Db | Tx, ctx: Pick<Ctx, 'actor'>, id: string): Promise<StatementDoc> {
  const [row] = await docs<StatementDoc>(
    db,
    sql`select ${briefColumns}, s.made_at as "madeAt", s.sent_at as "sentAt", s.confirmed_at as "confirmedAt",
        p.name as confirmer, s.invoiced_at as "invoicedAt", s.paid_at as "paidAt", t.auto_confirm_days as "autoConfirmDays",
        coalesce((select json_agg(json_build_object('reason', x.reason, 'amountFen', x.fen, 'count', x.n) order by x.reason)
          from (select reason, sum(amount_fen)::int8 as fen, count(*)::int as n from statement_lines
            where statement_id = s.id group by reason) x), '[]') as "byReason",
        (select coalesce(sum(i.posted_fen), 0)::int8 from interest_accruals i where i.statement_id = s.id) as "interestFen",
        (select json_build_object('id', w.id, 'amountFen', w.amount_fen, 'reason', w.reason, 'askedBy', w.asked_by, 'asker', a.name)
          from write_offs w join people a on a.id = w.asked_by where w.statement_id = s.id and w.outcome is null) as "writeOff"
      from statements s join organisations b on b.id = s.org_id join statement_terms t on t.id = s.terms_id
      left join people p on p.id = s.confirmed_by where s.id = ${id} and ${statementScope(ctx)}`,
  )
  return found(row)
}

/** Locks a statement; the caller asks whether the actor may touch it. */
export async function lockStatement(tx: Tx, id: string): Promise<Statement> {
  const [row] = await tx.select().from(statements).where(eq(statements.id, id)).for('update')
  return found(row)
}

/** Refuses a change that was decided on an older sight of the statement. */
export function refuseStale(row: Pick<Statement, 'version'>, version: number): void {
  if (row.version !== version) throw new Fault('stale_version')
}

/** What is left to pay of a statement, in fen. */
export async function openFenOf(tx: Tx, row: Pick<Statement, 'id' | 'dueFen'>): Promise<number> {
  const [paid] = await docs<{ fen: number }>(
    tx,
    sql`select coalesce(sum(fen), 0)::int8 as fen from payment_allocations where statement_id = ${row.id}`,
  )
  return Math.max(0, row.dueFen - (paid?.fen ?? 0))
}
