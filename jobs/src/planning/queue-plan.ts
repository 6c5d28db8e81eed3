import { events } from '@huming/db/schema/events'
import type { Base } from '@huming/server/kernel/ctx'
import { eq } from 'drizzle-orm'
import type { PlanJob, Queues } from '../queues.ts'

/** The event by which a proposal is asked for. */
export const planAsked = 'plan.asked'

/** Puts the proposal an event names in line, once: the job carries its id. */
export async function queuePlan(base: Base, queues: Queues, eventId: string): Promise<void> {
  const [event] = await base.db.select().from(events).where(eq(events.id, eventId))
  if (!event) return
  const job: PlanJob = { proposalId: event.subjectId }
  await queues.queue('plans').add('plan', job, { jobId: event.subjectId })
}
