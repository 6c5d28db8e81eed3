import type { Base } from '@huming/server/kernel/ctx'
import type { Queues } from './queues.ts'

/** Something the time of day asks for: every so many ms, or by a cron pattern in Asia/Shanghai. Must bear running twice. */
export type Chore =
  | { every: number; run: (base: Base) => Promise<unknown> }
  | { cron: string; run: (base: Base) => Promise<unknown> }
export type Chores = Readonly<Record<string, Chore>>

/** Writes the schedules into the queue and takes away those that are no longer wanted. */
export async function keepChores(queues: Queues, chores: Chores): Promise<void> {
  const queue = queues.queue('clock')
  for (const known of await queue.getJobSchedulers(0, 200)) {
    if (!(known.key in chores)) await queue.removeJobScheduler(known.key)
  }
  for (const [name, chore] of Object.entries(chores)) {
    const repeat = 'every' in chore ? { every: chore.every } : { pattern: chore.cron, tz: 'Asia/Shanghai' }
    await queue.upsertJobScheduler(name, repeat, {
      name,
      data: {},
      opts: { attempts: 3, removeOnComplete: { count: 50 }, removeOnFail: { count: 200 } },
    })
  }
}
