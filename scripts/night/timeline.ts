import type { Clock } from './clock.ts'

type Waiting = { at: number; wake: () => void }

/** What happens within so many ms is done at once. */
const stepMs = 4 * 60_000

/**
 * People who act side by side, each in the order of the own time: when all of them wait, the clock moves on to the
 * next one's. On a clock that cannot be moved nobody waits.
 */
export class Timeline {
  readonly #clock: Clock
  readonly #running: Promise<void>[] = []
  #busy = 0
  #failed = false
  #waiting: Waiting[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Somebody begins to act; may be told by somebody who acts. */
  start(act: () => Promise<void>): void {
    this.#busy++
    const acting = act().catch((error: unknown) => {
      this.#failed = true
      throw error
    })
    this.#running.push(acting.finally(() => this.#rest()))
  }

  /** Until everybody is done, with those who began meanwhile. */
  async ended(): Promise<void> {
    for (let done = 0; done < this.#running.length; ) {
      const known = this.#running.length
      await Promise.all(this.#running)
      done = known
    }
  }

  /** For somebody who acts: waits for a time, ms. */
  reach(at: number): Promise<void> {
    if (!this.#clock.movable || at <= Date.now()) return Promise.resolve()
    return new Promise((wake) => {
      this.#waiting.push({ at, wake })
      this.#rest()
    })
  }

  #rest(): void {
    this.#busy--
    // Where one of them failed the night is over for all.
    if (this.#busy === 0 && this.#waiting.length > 0 && !this.#failed) void this.#goOn()
  }

  async #goOn(): Promise<void> {
    // Nobody acts now, so nobody joins those who wait.
    const until = Math.min(...this.#waiting.map((one) => one.at)) + stepMs
    await this.#clock.moveTo(until)
    const due = this.#waiting.filter((one) => one.at <= until).toSorted((a, b) => a.at - b.at)
    this.#waiting = this.#waiting.filter((one) => one.at > until)
    this.#busy += due.length
    for (const one of due) one.wake()
  }
}
