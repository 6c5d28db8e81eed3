import { queueStates } from '@huming/db/schema/events'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { max } from 'drizzle-orm'
import type { Ctx } from '../kernel/ctx.ts'
import { silenceMsMax } from '../reports/queues.ts'

/** State of database and queue. Answers even when the database does not. */
export async function readHealth(
  ctx: Ctx,
  sample: boolean,
): Promise<ContractReply<Contracts['system.health']>> {
  const seen = await lastSignOfQueue(ctx)
  const queue = seen.at && ctx.now.getTime() - seen.at.getTime() < silenceMsMax ? 'ok' : 'down'
  const database = seen.ok ? 'ok' : 'down'
  return {
    ok: database === 'ok' && queue === 'ok',
    database,
    queue,
    queueBackend: process.env['REDIS_URL'] ? 'redis' : 'postgres',
    sample,
    version: '0.1.0',
    now: ctx.now.toISOString(),
  }
}

async function lastSignOfQueue(ctx: Ctx): Promise<{ ok: boolean; at: Date | null }> {
  try {
    const [row] = await ctx.db.select({ at: max(queueStates.at) }).from(queueStates)
    return { ok: true, at: row?.at ?? null }
  } catch (error) {
    ctx.log.warn({ err: error }, 'health: database down')
    return { ok: false, at: null }
  }
}
