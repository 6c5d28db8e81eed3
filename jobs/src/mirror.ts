import { events, queueStates } from '@huming/db/schema/events'
import type { Base } from '@huming/server/kernel/ctx'
import { count, isNull, sql } from 'drizzle-orm'
import { type QueueName, type Queues, queueNames } from './queues.ts'

const everyMs = 3000
/** Failed jobs shown to operations. */
const failedMax = 50

/** Copies the state of the queues into a table: the server shows it without a connection of its own to the queue. */
export function mirrorQueues(base: Base, queues: Queues): { close: () => Promise<void> } {
  let running: Promise<void> | undefined
  const look = () => {
    running ??= mirrorOnce(base, queues)
      .catch((error: unknown) => base.log.warn({ err: error }, 'mirror: will try again'))
      .finally(() => {
        running = undefined
      })
  }
  look()
  const timer = setInterval(look, everyMs)
  return {
    async close() {
      clearInterval(timer)
      await running
    },
  }
}

export async function mirrorOnce(base: Base, queues: Queues): Promise<void> {
  const [backlog] = await base.db.select({ n: count() }).from(events).where(isNull(events.relayedAt))
  for (const name of queueNames) {
    const row = await stateOf(queues, name)
    if (name === 'events') row.counts['unrelayed'] = backlog?.n ?? 0
    await base.db
      .insert(queueStates)
      .values({ queue: name, backend: queues.backend, ...row, at: new Date() })
      .onConflictDoUpdate({
        target: queueStates.queue,
        set: { backend: queues.backend, ...row, at: sql`excluded.at` },
      })
  }
}

async function stateOf(queues: Queues, name: QueueName) {
  const queue = queues.queue(name)
  const counts: Record<string, number> = await queue.getJobCounts(
    'waiting',
    'active',
    'delayed',
    'completed',
    'failed',
  )
  const failed = await queue.getFailed(0, failedMax - 1)
  return {
    counts,
    failed: failed.map((job) => ({
      id: job.id ?? '',
      name: job.name,
      reason: (job.failedReason ?? '').slice(0, 300),
      attempts: job.attemptsMade,
      at: new Date(job.finishedOn ?? job.timestamp).toISOString(),
    })),
  }
}
