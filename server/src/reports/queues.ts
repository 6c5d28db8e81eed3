import { queueStates } from '@huming/db/schema/events'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { newId } from '@huming/shared/ids'
import { asc } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { inTransaction } from '../kernel/transaction.ts'

/** The jobs process writes every few seconds; silence for this long means it is down. */
export const silenceMsMax = 30_000

/** What the jobs process last told of its queues. */
export async function listQueues(ctx: Ctx): Promise<ContractReply<Contracts['reports.queues']>> {
  allow(ctx, 'queue.read')
  const rows = await ctx.db.select().from(queueStates).orderBy(asc(queueStates.queue))
  return {
    items: rows.map((row) => ({
      ...row,
      at: row.at.toISOString(),
      alive: ctx.now.getTime() - row.at.getTime() < silenceMsMax,
    })),
  }
}

/** Asks the jobs process, by an event, to try failed jobs again: the server has no connection to the queue. */
export async function retryJobs(ctx: Ctx, queue: string, jobIds: readonly string[]): Promise<void> {
  allow(ctx, 'queue.retry')
  await inTransaction(ctx, (tx) =>
    emit(tx, ctx, { type: 'queue.retry_asked', subjectId: newId(), payload: { queue, jobIds: [...jobIds] } }),
  )
}
