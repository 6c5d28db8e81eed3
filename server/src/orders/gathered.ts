import { Fault } from '../kernel/fault.ts'

/** What became of one job of a batch. */
export type Outcome<R> =
  | { readonly ok: true; readonly value: R }
  | { readonly ok: false; readonly error: unknown }

type Waiting<J, R> = {
  readonly job: J
  readonly key: string
  resolve(value: R): void
  reject(error: unknown): void
}

export type GatheredOptions<J, R> = {
  /** Runs a batch together; gives one outcome per job, in order. */
  readonly run: (jobs: readonly J[]) => Promise<readonly Outcome<R>[]>
  /** Jobs of one key run one after another, never in one batch or at the same time. */
  readonly keyOf: (job: J) => string
  readonly batchMax: number
  /** A batch that takes longer than this, waiting for somebody's lock, no longer holds up the next. */
  readonly slowMs: number
  /** Batches under way at a time, slow ones included. */
  readonly runningMax: number
  /** More waiting jobs than this are refused with `unavailable`. */
  readonly waitingMax: number
}

/**
 * Group commit: jobs that arrive together, or while a batch runs, are run together; one batch at a time unless it
 * is slow. Nothing waits for company: a job that finds no batch running starts one at once with what arrived in
 * the same turn of the event loop.
 */
export class Gathered<J, R> {
  readonly #options: GatheredOptions<J, R>
  readonly #busyKeys = new Set<string>()
  #waiting: Waiting<J, R>[] = []
  #running = 0
  #slow = 0
  #scheduled = false

  constructor(options: GatheredOptions<J, R>) {
    this.#options = options
  }

  add(job: J): Promise<R> {
    if (this.#waiting.length >= this.#options.waitingMax) return Promise.reject(new Fault('unavailable'))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, key: this.#options.keyOf(job), resolve, reject })
      this.#schedule()
    })
  }

  #schedule(): void {
    const free = this.#running === this.#slow && this.#running < this.#options.runningMax
    if (this.#scheduled || !free || this.#waiting.length === 0) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      const batch = this.#take()
      if (batch.length > 0) void this.#run(batch)
    })
  }

  #take(): Waiting<J, R>[] {
    const batch: Waiting<J, R>[] = []
    const rest: Waiting<J, R>[] = []
    for (const one of this.#waiting) {
      const fits = batch.length < this.#options.batchMax && !this.#busyKeys.has(one.key)
      if (fits) this.#busyKeys.add(one.key)
      ;(fits ? batch : rest).push(one)
    }
    this.#waiting = rest
    return batch
  }

  async #run(batch: readonly Waiting<J, R>[]): Promise<void> {
    this.#running++
    let slow = false
    const timer = setTimeout(() => {
      slow = true
      this.#slow++
      this.#schedule()
    }, this.#options.slowMs)
    try {
      const outcomes = await this.#options.run(batch.map((one) => one.job))
      batch.forEach((one, i) => {
        const outcome = outcomes[i]
        if (outcome?.ok) one.resolve(outcome.value)
        else one.reject(outcome?.error ?? new Error('a batch gave no outcome for a job'))
      })
    } catch (error) {
      for (const one of batch) one.reject(error)
    } finally {
      clearTimeout(timer)
      if (slow) this.#slow--
      this.#running--
      for (const one of batch) this.#busyKeys.delete(one.key)
      this.#schedule()
    }
  }
}
