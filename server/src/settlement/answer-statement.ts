import { statementDisputes, statementLines, statements } from '@huming/db/schema/statements'
import { type FlowAction, nextStatus } from '@huming/shared/flows'
import { formatYuan } from '@huming/shared/money'
import { and, eq, isNull } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { notify } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import {
  lockStatement,
  refuseStale,
  type Statement,
  type StatementDoc,
  statementDoc,
} from './statement-rows.ts'

/** Moves a locked statement on, or refuses with `wrong_state`. */
export async function moveStatement(
  tx: Tx,
  row: Statement,
  action: FlowAction<'statement'>,
  more: Partial<typeof statements.$inferInsert> = {},
): Promise<void> {
  const status = nextStatus('statement', row.status, action)
  if (!status) throw new Fault('wrong_state')
  await tx
    .update(statements)
    .set({ status, version: row.version + 1, ...more })
    .where(eq(statements.id, row.id))
}

/** Sends a statement to its party: from then on it is seen, disputed and confirmed. */
export async function sendStatement(ctx: Ctx, id: string, version: number): Promise<StatementDoc> {
  allow(ctx, 'statement.manage')
  return inTransaction(ctx, async (tx) => {
    const row = await lockStatement(tx, id)
    allow(ctx, 'statement.manage', { orgId: row.orgId })
    if (row.status === 'sent') return statementDoc(tx, ctx, id)
    refuseStale(row, version)
    await sendIn(tx, ctx, row)
    return statementDoc(tx, ctx, id)
  })
}

export async function sendIn(tx: Tx, ctx: Ctx, row: Statement): Promise<void> {
  await moveStatement(tx, row, 'send', { sentAt: ctx.now })
  await emit(tx, ctx, { type: 'statement.sent', subjectId: row.id, orgId: row.orgId })
  await notify(tx, {
    orgId: row.orgId,
    key: 'notice.statement_sent',
    params: { number: row.number, from: row.fromDay, to: row.toDay, amount: formatYuan(row.closingFen) },
    subjectId: row.id,
    at: ctx.now,
  })
}

/** The party objects to a line. The same words again change nothing; a second open objection is `already_disputed`. */
export async function disputeLine(
  ctx: Ctx,
  id: string,
  input: { id: string; transferId: string; reason: string },
): Promise<StatementDoc> {
  allow(ctx, 'statement.answer')
  return inTransaction(ctx, async (tx) => {
    const row = await lockStatement(tx, id)
    allow(ctx, 'statement.answer', { orgId: row.orgId })
    const [known] = await tx.select().from(statementDisputes).where(eq(statementDisputes.id, input.id))
    if (known) {
      const { statementId, transferId, reason } = known
      if (statementId !== id || transferId !== input.transferId || reason !== input.reason)
        throw new Fault('id_reused')
      return statementDoc(tx, ctx, id)
    }
    const [line] = await tx
      .select()
      .from(statementLines)
      .where(and(eq(statementLines.statementId, id), eq(statementLines.transferId, input.transferId)))
    found(line)
    await moveStatement(tx, row, 'dispute')
    const made = await tx
      .insert(statementDisputes)
      .values({ ...input, statementId: id, madeBy: person(ctx).personId, madeAt: ctx.now })
      .onConflictDoNothing()
      .returning()
    if (made.length === 0) throw new Fault('already_disputed')
    const payload = { transferId: input.transferId }
    await emit(tx, ctx, { type: 'statement.disputed', subjectId: id, orgId: row.orgId, payload })
    return statementDoc(tx, ctx, id)
  })
}

/** Operations answer an objection; when the last is answered, the statement is with its party again. */
export async function answerDispute(
  ctx: Ctx,
  id: string,
  input: { disputeId: string; outcome: 'kept' | 'corrected'; answer: string },
): Promise<StatementDoc> {
  allow(ctx, 'statement.manage')
  return inTransaction(ctx, async (tx) => {
    const row = await lockStatement(tx, id)
    allow(ctx, 'statement.manage', { orgId: row.orgId })
    const open = await tx
      .select()
      .from(statementDisputes)
      .where(and(eq(statementDisputes.statementId, id), isNull(statementDisputes.answeredAt)))
    const [known] = await tx
      .select()
      .from(statementDisputes)
      .where(and(eq(statementDisputes.id, input.disputeId), eq(statementDisputes.statementId, id)))
    if (found(known).answeredAt !== null) throw new Fault('wrong_state')
    const { outcome, answer } = input
    await tx
      .update(statementDisputes)
      .set({ outcome, answer, answeredBy: person(ctx).personId, answeredAt: ctx.now })
      .where(eq(statementDisputes.id, input.disputeId))
    await moveStatement(tx, row, open.length > 1 ? 'answer' : 'settle')
    const payload = { disputeId: input.disputeId, outcome }
    await emit(tx, ctx, { type: 'statement.answered', subjectId: id, orgId: row.orgId, payload })
    await notify(tx, {
      orgId: row.orgId,
      key: 'notice.dispute_answered',
      params: { number: row.number },
      subjectId: id,
      at: ctx.now,
    })
    return statementDoc(tx, ctx, id)
  })
}

/** The party agrees; not while a line is disputed (`disputes_open`). */
export async function confirmStatement(ctx: Ctx, id: string, version: number): Promise<StatementDoc> {
  allow(ctx, 'statement.answer')
  return inTransaction(ctx, async (tx) => {
    const row = await lockStatement(tx, id)
    allow(ctx, 'statement.answer', { orgId: row.orgId })
    const { personId } = person(ctx)
    if (row.status === 'confirmed' && row.confirmedBy === personId) return statementDoc(tx, ctx, id)
    if (row.status === 'disputed') {
      const open = await tx
        .select()
        .from(statementDisputes)
        .where(and(eq(statementDisputes.statementId, id), isNull(statementDisputes.answeredAt)))
      throw new Fault('disputes_open', '', { params: { count: open.length } })
    }
    refuseStale(row, version)
    await confirmIn(tx, ctx, row, 'person', personId)
    return statementDoc(tx, ctx, id)
  })
}

export async function confirmIn(
  tx: Tx,
  ctx: Ctx,
  row: Statement,
  confirmedHow: 'person' | 'silence',
  confirmedBy: string | null,
): Promise<void> {
  await moveStatement(tx, row, 'confirm', { confirmedAt: ctx.now, confirmedBy, confirmedHow })
  const payload = { how: confirmedHow, closingFen: row.closingFen }
  await emit(tx, ctx, { type: 'statement.confirmed', subjectId: row.id, orgId: row.orgId, payload })
}
