import { events } from '@huming/db/schema/events'
import type { Base } from '@huming/server/kernel/ctx'
import { newsChannel } from '@huming/server/kernel/emit'
import { and, asc, inArray, isNull } from 'drizzle-orm'
import type { EventJob, Queues } from './queues.ts'

/** Events handed over in one go. */
const batchMax = 500
/** News is told by NOTIFY; this look finds what a lost notification left behind. */
const lookEveryMs = 1000

/**
 * Hands committed events to the queue. First the job is added under the event's own id, then the event is marked:
 * a kill between the two adds the same id again, which BullMQ drops, and a job already done and forgotten runs into
 * its consumer's `event_effects` row. So nothing is lost and nothing takes effect twice.
 */
export class Relay {
  readonly #base: Base
  readonly #queues: Queues
  readonly #consumed: ReadonlySet<string>
  #timer: NodeJS.Timeout | undefined
  #listening: { unlisten(): Promise<void> } | undefined
  #draining: Promise<void> | undefined
  #again = false
  #closed = false

  constructor(base: Base, queues: Queues, consumed: ReadonlySet<string>) {
    this.#base = base
    this.#queues = queues
    this.#consumed = consumed
  }

  async start(): Promise<void> {
    this.#timer = setInterval(() => this.#wake(), lookEveryMs)
    this.#listening = await this.#base.sql.listen(newsChannel, () => this.#wake())
    this.#wake()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#timer)
    await this.#listening?.unlisten()
    await this.#draining
  }

  #wake(): void {
    this.#again = true
    if (this.#closed) return
    this.#draining ??= this.#drainAll().finally(() => {
      this.#draining = undefined
    })
  }

  async #drainAll(): Promise<void> {
    try {
      while (this.#again && !this.#closed) {
        this.#again = false
        while ((await this.drain()) === batchMax && !this.#closed);
      }
    } catch (error) {
      this.#base.log.warn({ err: error }, 'relay: will try again')
    }
  }

  /** Relays one batch of events, oldest first; returns how many. */
  async drain(): Promise<number> {
    const rows = await this.#base.db
      .select({ id: events.id, type: events.type })
      .from(events)
      .where(isNull(events.relayedAt))
      .orderBy(asc(events.id))
      .limit(batchMax)
    const jobs = rows
      .filter((row) => this.#consumed.has(row.type))
      .map((row) => ({
        name: row.type,
        data: { eventId: row.id, type: row.type } satisfies EventJob,
        opts: { jobId: row.id },
      }))
    if (jobs.length > 0) await this.#queues.queue('events').addBulk(jobs)
    await markRelayed(
      this.#base.db,
      rows.map((row) => row.id),
    )
    return rows.length
  }
}

/** Marks events as handed over, locking them in id order: two relays at once wait for each other, never in a circle. */
export async function markRelayed(db: Base['db'], ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const locked = db
    .select({ id: events.id })
    .from(events)
    .where(and(inArray(events.id, ids), isNull(events.relayedAt)))
    .orderBy(asc(events.id))
    .for('update')
  await db.update(events).set({ relayedAt: new Date() }).where(inArray(events.id, locked))
}
