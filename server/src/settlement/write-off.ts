import { writeOffs } from '@huming/db/schema/invoices'
import { and, eq } from 'drizzle-orm'
import { operationsOrgId } from '../claims/rows.ts'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { transfer } from '../ledger/transfer.ts'
import { moveStatement } from './answer-statement.ts'
import { lockStatement, openFenOf, type StatementDoc, statementDoc } from './statement-rows.ts'

const mayBeWrittenOff = ['confirmed', 'invoiced']

/** Asks that what is left of a buyer's statement be written off; another person decides. */
export async function askWriteOff(
  ctx: Ctx,
  id: string,
  input: { id: string; reason: string },
): Promise<StatementDoc> {
  allow(ctx, 'statement.manage')
  return inTransaction(ctx, async (tx) => {
    const row = await lockStatement(tx, id)
    allow(ctx, 'statement.manage', { orgId: row.orgId })
    const [known] = await tx.select().from(writeOffs).where(eq(writeOffs.id, input.id))
    if (known) {
      if (known.statementId !== id || known.reason !== input.reason) throw new Fault('id_reused')
      return statementDoc(tx, ctx, id)
    }
    if (row.side !== 'buyer' || !mayBeWrittenOff.includes(row.status)) throw new Fault('wrong_state')
    const amountFen = await openFenOf(tx, row)
    if (amountFen === 0) throw new Fault('nothing_open')
    const made = await tx
      .insert(writeOffs)
      .values({ ...input, statementId: id, amountFen, askedBy: person(ctx).personId, askedAt: ctx.now })
      .onConflictDoNothing()
      .returning()
    if (made.length === 0) throw new Fault('wrong_state')
    await emit(tx, ctx, {
      type: 'statement.write_off_asked',
      subjectId: id,
      orgId: row.orgId,
      payload: { amountFen },
    })
    return statementDoc(tx, ctx, id)
  })
}

/**
 * A second person approves or refuses (`second_person_needed` for the one who asked). Approved, what is still open now
 * is booked: never more than was asked, nothing when it was paid meanwhile (`nothing_open`).
 */
export async function decideWriteOff(
  ctx: Ctx,
  id: string,
  { writeOffId, approve }: { writeOffId: string; approve: boolean },
): Promise<StatementDoc> {
  allow(ctx, 'statement.manage')
  return inTransaction(ctx, async (tx) => {
    const row = await lockStatement(tx, id)
    allow(ctx, 'statement.manage', { orgId: row.orgId })
    const [asked] = await tx
      .select()
      .from(writeOffs)
      .where(and(eq(writeOffs.id, writeOffId), eq(writeOffs.statementId, id)))
    const { personId } = person(ctx)
    if (found(asked).outcome !== null) throw new Fault('wrong_state')
    if (found(asked).askedBy === personId) throw new Fault('second_person_needed')
    const amountFen = Math.min(found(asked).amountFen, await openFenOf(tx, row))
    if (approve && amountFen === 0) throw new Fault('nothing_open')
    await tx
      .update(writeOffs)
      .set({
        outcome: approve ? 'approved' : 'refused',
        decidedBy: personId,
        decidedAt: ctx.now,
        ...(approve ? { amountFen } : {}),
      })
      .where(eq(writeOffs.id, writeOffId))
    const eventId = await emit(tx, ctx, {
      type: approve ? 'statement.written_off' : 'statement.write_off_refused',
      subjectId: id,
      orgId: row.orgId,
      payload: { amountFen },
    })
    if (approve) {
      await moveStatement(tx, row, 'write_off')
      await transfer(tx, ctx.now, [
        {
          debit: { orgId: await operationsOrgId(tx), purpose: 'write_off' },
          credit: { orgId: row.orgId, purpose: 'receivable' },
          amountFen,
          reason: 'write_off',
          subjectId: id,
          eventId,
        },
      ])
    }
    return statementDoc(tx, ctx, id)
  })
}
