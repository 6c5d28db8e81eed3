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
  /** Batches under way at a time. */
  readonly runningMax: number
  /** More waiting jobs than this are refused with `unavailable`. */
  readonly waitingMax: number
}

/**
 * Group commit: jobs that arrive together, or while others run, are run together. Nothing waits for company: a job
 * that finds a free place starts at once with what has arrived in the same turn of the event loop.
 */
export class Gathered<J, R> {
  readonly #options: GatheredOptions<J, R>
  #waiting: Waiting<J, R>[] = []
  readonly #busy = new Set<string>()
  #running = 0
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
    if (this.#scheduled || this.#running >= this.#options.runningMax || this.#waiting.length === 0) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      const batch = this.#take()
      if (batch.length === 0) return
      void this.#run(batch)
      this.#schedule()
    })
  }

  #take(): Waiting<J, R>[] {
    const batch: Waiting<J, R>[] = []
    const rest: Waiting<J, R>[] = []
    for (const one of this.#waiting) {
      if (batch.length >= this.#options.batchMax || this.#busy.has(one.key)) {
        rest.push(one)
        continue
      }
      this.#busy.add(one.key)
      batch.push(one)
    }
    this.#waiting = rest
    return batch
  }

  async #run(batch: readonly Waiting<J, R>[]): Promise<void> {
    this.#running++
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
      this.#running--
      for (const one of batch) this.#busy.delete(one.key)
      this.#schedule()
    }
  }
}
