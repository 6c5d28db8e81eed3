import { bankLines, payCodes, payments } from '@huming/db/schema/payment'
import { nextStatus } from '@huming/shared/flows'
import { payCodesIn } from '@huming/shared/pay-code'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { completePayment } from './complete-payment.ts'

export type BankLine = typeof bankLines.$inferSelect

/**
 * Matches the lines of an import that are still open, each in a transaction of its own: by the pay code in the memo at
 * once; by name and exact amount as a proposal that a person confirms.
 */
export async function matchLines(ctx: Ctx, importId: string): Promise<void> {
  allow(ctx, 'payment.desk')
  const lines = await ctx.db
    .select({ id: bankLines.id })
    .from(bankLines)
    .where(and(eq(bankLines.importId, importId), eq(bankLines.status, 'unmatched')))
    .orderBy(asc(bankLines.id))
  for (const { id } of lines) await inTransaction(ctx, (tx) => matchLine(tx, ctx, id))
}

async function matchLine(tx: Tx, ctx: Ctx, id: string): Promise<void> {
  const line = await lockLine(tx, id)
  if (line.status !== 'unmatched' || line.decidedAt) return
  const codes = payCodesIn(line.memo)
  if (codes.length > 0) {
    const rows = await tx.select().from(payCodes).where(inArray(payCodes.code, codes))
    const [one] = rows
    // Codes of two buyers in one memo: a person decides.
    if (one && rows.every((row) => row.orgId === one.orgId)) {
      await bookLine(tx, ctx, line, { orgId: one.orgId, statementId: one.statementId, code: one.code })
      return
    }
  }
  const proposedOrgId = await proposalFor(tx, line)
  if (proposedOrgId)
    await tx
      .update(bankLines)
      .set({ status: 'proposed', proposedOrgId, version: line.version + 1 })
      .where(eq(bankLines.id, id))
}

/** The one buyer of this name that owes, or announced, exactly this amount. */
async function proposalFor(tx: Tx, line: BankLine): Promise<string | null> {
  const rows = await tx.execute<{ id: string }>(sql`
    select o.id from organisations o
    where o.kind = 'buyer' and ${sameName(sql`o.name`, line.payer)} and (
      exists (select 1 from payments p where p.org_id = o.id and p.method = 'transfer' and p.status = 'open'
        and p.amount_fen = ${line.amountFen})
      or exists (select 1 from statements s where s.org_id = o.id and s.side = 'buyer'
        and s.status in ('sent', 'disputed', 'confirmed', 'invoiced')
        and s.due_fen - coalesce((select sum(a.fen) from payment_allocations a where a.statement_id = s.id), 0)
          = ${line.amountFen}))
    order by o.id limit 2`)
  return rows.length === 1 ? (rows[0]?.id ?? null) : null
}

/** Brackets and blanks are written as each bank likes. */
const sameName = (column: ReturnType<typeof sql>, payer: string) =>
  sql`regexp_replace(normalize(${column}, nfkc), '[\\s()]', '', 'g') = ${payer.normalize('NFKC').replaceAll(/[\s()]/g, '')}`

export async function lockLine(tx: Tx, id: string): Promise<BankLine> {
  const [row] = await tx.select().from(bankLines).where(eq(bankLines.id, id)).for('update')
  return found(row)
}

/** Whose a line is: the buyer, and the statement whose code was written. */
type Owner = { orgId: string; statementId: string | null; code: string }

/**
 * Makes a line of the bank the buyer's payment: the one it announced with this code or amount, else a new one under the
 * line's own id. Then it completes like any other.
 */
export async function bookLine(tx: Tx, ctx: Ctx, line: BankLine, owner: Owner): Promise<void> {
  const status = nextStatus('bankLine', line.status, 'match')
  if (!status) throw new Fault('wrong_state')
  const paymentId = (await announced(tx, line, owner)) ?? (await unannounced(tx, ctx, line, owner))
  await completePayment(tx, ctx, { paymentId, receivedFen: line.amountFen, from: 'unmatched' })
  await tx
    .update(bankLines)
    .set({
      status,
      paymentId,
      decidedBy: personIdOf(ctx),
      decidedAt: ctx.now,
      // Somebody asked that it goes back; matched, it stays.
      askedBy: null,
      version: line.version + 1,
    })
    .where(eq(bankLines.id, line.id))
}

async function announced(tx: Tx, line: BankLine, owner: Owner): Promise<string | null> {
  const rows = await tx
    .select()
    .from(payments)
    .where(and(eq(payments.orgId, owner.orgId), eq(payments.method, 'transfer'), eq(payments.status, 'open')))
    .orderBy(asc(payments.id))
    .for('update')
  const byCode = rows.filter((row) => owner.code !== '' && row.payCode === owner.code)
  const exact = (owner.code === '' ? rows : byCode).find((row) => row.amountFen === line.amountFen)
  return (exact ?? byCode[0])?.id ?? null
}

async function unannounced(tx: Tx, ctx: Ctx, line: BankLine, owner: Owner): Promise<string> {
  await tx.insert(payments).values({
    id: line.id,
    orgId: owner.orgId,
    method: 'transfer',
    purpose: owner.statementId ? 'statement' : 'prepay',
    subjectId: owner.statementId,
    amountFen: line.amountFen,
    status: 'open',
    payCode: owner.code,
    createdAt: ctx.now,
    expiresAt: ctx.now,
    isSample: line.isSample,
  })
  return line.id
}
