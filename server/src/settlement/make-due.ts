import { statements } from '@huming/db/schema/statements'
import { asc, eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { sendIn } from './answer-statement.ts'
import { makeStatements } from './make-statements.ts'
import { lockStatement } from './statement-rows.ts'

/** Statements sent at once; the rest is sent by asking again. */
const sentAtOnce = 2000

/** Operations ask for what the clock does by itself: every statement whose cut date has passed. */
export async function makeDue(ctx: Ctx): Promise<{ made: number }> {
  allow(ctx, 'statement.manage')
  return makeStatements(ctx)
}

/** Sends every statement that is made and not sent. */
export async function sendOpen(ctx: Ctx): Promise<{ sent: number }> {
  allow(ctx, 'statement.manage')
  const open = await ctx.db
    .select({ id: statements.id })
    .from(statements)
    .where(eq(statements.status, 'open'))
    .orderBy(asc(statements.id))
    .limit(sentAtOnce)
  let sent = 0
  for (const { id } of open)
    await inTransaction(ctx, async (tx) => {
      const row = await lockStatement(tx, id)
      if (row.status !== 'open') return
      await sendIn(tx, ctx, row)
      sent += 1
    })
  return { sent }
}
