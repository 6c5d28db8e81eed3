/** What can go wrong on the way between a provider and us. */
export const webhookFaults = ['repeat', 'reorder', 'delay', 'lose', 'forge'] as const
export const apiFaults = ['error_before', 'error_after', 'hang_after', 'busy'] as const
export type Fault = (typeof webhookFaults)[number] | (typeof apiFaults)[number]

/** How often of 1000 each happens. */
export type FaultRates = Partial<Record<Fault, number>>

/** Draws faults by a seed, so that a run can be played again, and counts what it drew. */
export class FaultPlan {
  readonly counts: Partial<Record<Fault, number>> = {}
  readonly #rates: FaultRates
  #state: number

  constructor(rates: FaultRates = {}, seed = 1) {
    this.#rates = rates
    this.#state = seed >>> 0 || 1
  }

  /** A number from 0 to `below` − 1. */
  number(below: number): number {
    // xorshift32
    let x = this.#state
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.#state = x >>> 0
    return this.#state % below
  }

  /** Whether the fault happens now. */
  draw(fault: Fault): boolean {
    const rate = this.#rates[fault] ?? 0
    if (rate === 0 || this.number(1000) >= rate) return false
    this.counts[fault] = (this.counts[fault] ?? 0) + 1
    return true
  }

  get total(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0)
  }
}
