import type { Base } from '@huming/server/kernel/ctx'
import { payingEvents, pump } from '@huming/server/payment/pump'
import type { StripeSettings } from '@huming/server/payment/settings'
import { type Chores, keepChores } from './clock.ts'
import { mirrorQueues } from './mirror.ts'
import { type Consumers, once } from './once.ts'
import { planProposal } from './planning/plan-proposal.ts'
import { planAsked, queuePlan } from './planning/queue-plan.ts'
import { type EventJob, openQueues, type PlanJob } from './queues.ts'
import { Relay } from './relay.ts'
import { retryAsked, retryAskedJobs } from './retry.ts'

export type JobsOptions = {
  base: Base
  databaseUrl: string
  redisUrl?: string | undefined
  consumers: Consumers
  chores: Chores
  /** The payment provider, when there is one. */
  stripe?: StripeSettings | null
}

/** Starts relay, workers, schedules and mirror; any number of processes may run this side by side. */
export async function startJobs(options: JobsOptions): Promise<{ close: () => Promise<void> }> {
  const { base, consumers } = options
  const queues = await openQueues(options, (error) => base.log.warn({ err: error }, 'queue connection'))

  queues.work(
    'events',
    async (job) => {
      const { eventId, type } = job.data as EventJob
      if (type === planAsked) await queuePlan(base, queues, eventId)
      if (payingEvents.has(type)) await pump(base, options.stripe ?? null)
      if (type === retryAsked) await retryAskedJobs(base, queues, eventId)
      for (const [name, effect] of Object.entries(consumers[type] ?? {})) {
        const ran = await once(base, eventId, name, effect)
        base.log.info({ eventId, type, consumer: name, ran }, 'effect')
      }
    },
    4,
  )
  queues.work(
    'clock',
    async (job) => {
      const chore = options.chores[job.name]
      const started = performance.now()
      const result = await chore?.run(base)
      base.log.info({ chore: job.name, result, ms: Math.round(performance.now() - started) }, 'chore')
    },
    2,
  )

  const closing = new AbortController()
  queues.work('plans', (job) => planProposal(base, (job.data as PlanJob).proposalId, closing.signal), 1)

  await keepChores(queues, options.chores)
  const relay = new Relay(
    base,
    queues,
    new Set([...Object.keys(consumers), ...payingEvents, retryAsked, planAsked]),
  )
  await relay.start()
  const mirror = mirrorQueues(base, queues)
  return {
    async close() {
      closing.abort()
      await mirror.close()
      await relay.close()
      await queues.close()
    },
  }
}
