import { hubs } from '@huming/db/schema/accounts'
import { orderLines, weightQuestions } from '@huming/db/schema/orders'
import { eq, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { assert, Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { settleLines } from '../ledger/settle-lines.ts'
import { transfer } from '../ledger/transfer.ts'
import { lockOrder } from './rows.ts'

/** After so many days the bill stands as it is. */
export const weightAnswerDays = 7

/**
 * The buyer's word on a weighed line above its tolerance. Agreed: the rest goes on the bill and is settled with the
 * supplier in the same transaction. Declined: the bill stands and the supplier bears it. The same answer again changes
 * nothing; another, or one after seven days, is refused (`wrong_state`, `weight_answer_late`).
 */
export async function answerWeight(ctx: Ctx, orderId: string, lineId: string, agree: boolean): Promise<void> {
  allow(ctx, 'order.accept')
  await inTransaction(ctx, async (tx) => {
    const order = await lockOrder(tx, orderId)
    allow(ctx, 'order.accept', { orgId: order.orgId })
    const [row] = await tx
      .select({ question: weightQuestions, line: orderLines })
      .from(weightQuestions)
      .innerJoin(orderLines, eq(orderLines.id, weightQuestions.orderLineId))
      .where(eq(weightQuestions.orderLineId, lineId))
    const { question, line } = found(row)
    if (question.orderId !== order.id) throw new Fault('not_found')
    const status = agree ? 'agreed' : 'declined'
    if (question.status === status) return
    if (question.status !== 'asked') throw new Fault('wrong_state')
    const age = ctx.now.getTime() - question.askedAt.getTime()
    if (age > weightAnswerDays * 86_400_000) throw new Fault('weight_answer_late')
    await tx
      .update(weightQuestions)
      .set({ status, answeredBy: personIdOf(ctx), answeredAt: ctx.now })
      .where(eq(weightQuestions.orderLineId, lineId))
    const { excessFen } = question
    const eventId = await emit(tx, ctx, {
      type: `order.weight_${status}`,
      subjectId: order.id,
      orgId: order.orgId,
      hubId: order.hubId,
      payload: { orderId: order.id, lineId, excessFen },
    })
    if (agree) await charge(tx, ctx, order, { line, question, eventId })
  })
}

type Answered = {
  readonly line: typeof orderLines.$inferSelect
  readonly question: typeof weightQuestions.$inferSelect
  readonly eventId: string
}

/** The rest of the weight is owed, and owed on to the supplier: one more settlement of the same line. */
async function charge(
  tx: Tx,
  ctx: Ctx,
  order: Awaited<ReturnType<typeof lockOrder>>,
  { line, question: { excessFen, lots }, eventId }: Answered,
): Promise<void> {
  await tx
    .update(orderLines)
    .set({ finalFen: sql`${orderLines.finalFen} + ${excessFen}` })
    .where(eq(orderLines.id, line.id))
  const [hub] = await tx.select({ orgId: hubs.orgId }).from(hubs).where(eq(hubs.id, order.hubId))
  assert(hub, 'the order has a hub')
  const settled = await settleLines(
    tx,
    {
      orderId: order.id,
      buyerOrgId: order.orgId,
      hubOrgId: hub.orgId,
      eventId,
      at: ctx.now,
      placedAt: order.placedAt,
    },
    [{ ...line, finalFen: excessFen, lots }],
    { more: true },
  )
  const sale = {
    debit: { orgId: order.orgId, purpose: 'receivable' },
    credit: { orgId: hub.orgId, purpose: 'sales' },
    amountFen: excessFen,
    reason: 'sale',
    subjectId: order.id,
    eventId,
  } as const
  await transfer(tx, ctx.now, [sale, ...settled])
}
