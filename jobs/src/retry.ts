import { events } from '@huming/db/schema/events'
import type { Base } from '@huming/server/kernel/ctx'
import { eq } from 'drizzle-orm'
import { type QueueName, type Queues, queueNames } from './queues.ts'

/** The event by which operations ask for failed jobs to be tried again. */
export const retryAsked = 'queue.retry_asked'

/** Puts the failed jobs named by the event back in line; one that is not failed any more is left alone. */
export async function retryAskedJobs(base: Base, queues: Queues, eventId: string): Promise<number> {
  const [event] = await base.db.select({ payload: events.payload }).from(events).where(eq(events.id, eventId))
  const { queue, jobIds } = (event?.payload ?? {}) as { queue?: QueueName; jobIds?: string[] }
  if (!queue || !queueNames.includes(queue) || !Array.isArray(jobIds)) return 0
  let retried = 0
  for (const id of jobIds.slice(0, 50)) {
    const job = await queues.queue(queue).getJob(id)
    if (!job || !(await job.isFailed())) continue
    await job.retry('failed')
    retried++
  }
  return retried
}
