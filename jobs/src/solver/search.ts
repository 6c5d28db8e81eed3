import { Acceptance } from './accept.ts'
import { type Budget, secondsNow } from './clock.ts'
import { tryWithoutTrip } from './drop.ts'
import { type Insertion, PlainInsertion } from './insert-plain.ts'
import { RulesInsertion } from './insert-rules.ts'
import { load, loadFirst } from './load.ts'
import { adjacentStops, likelyAfter, likelyBefore } from './near.ts'
import type { Partition } from './partition.ts'
import { Plan } from './plan.ts'
import { TripPool } from './pool.ts'
import { Random } from './random.ts'
import { Recreate } from './recreate.ts'
import { Ruin } from './ruin.ts'
import { Snapshot } from './snapshot.ts'
import type { Tables } from './tables.ts'
import { TailSteps } from './tail-steps.ts'
import { type Tuning, tuningFor } from './tuning.ts'

export type Progress = { share: number; cost: number; served: number; vehicles: number; steps: number }

export type SearchOptions = {
  seed: number
  budget: Budget
  tune?: Partial<Tuning>
  partition?: Partition
  /** When the budget began to run, if before this. */
  begun?: number
  /** Trips to begin with, by slot (stop numbers). */
  first?: number[][]
  onProgress?: (progress: Progress) => void
  /** Asked now and then; true ends the search with the best plan so far. */
  cancelled?: () => boolean
}

/** One thread's search: a feasible plan from the first moment, better ones as time goes by. */
export class Search {
  readonly plan: Plan
  readonly best: Snapshot
  bestCost = Infinity
  cost = Infinity
  steps = 0
  readonly random: Random
  readonly insertion: Insertion
  readonly recreate: Recreate
  readonly accept: Acceptance
  private readonly t: Tables
  private readonly tune: Tuning
  private readonly options: SearchOptions
  private readonly ruin: Ruin
  private readonly tails: TailSteps
  private readonly pool: TripPool
  private readonly begun: number
  private stopped = false
  private told = 0

  constructor(t: Tables, options: SearchOptions) {
    this.begun = options.begun ?? secondsNow(options.budget.clock)
    this.t = t
    this.options = options
    this.tune = tuningFor(t, options.tune)
    const { tune } = this
    this.random = new Random(options.seed)
    this.plan = new Plan(t)
    const before = likelyBefore(t, tune.nearInsert)
    const behind = likelyAfter(t, tune.nearInsert)
    const Kind = t.plain ? PlainInsertion : RulesInsertion
    this.insertion = new Kind(this.plan, this.random, before, behind, tune.blink)
    this.recreate = new Recreate(this.plan, this.random, this.insertion)
    this.ruin = new Ruin(this.plan, this.random, adjacentStops(t, tune.nearRuin), tune)
    this.tails = new TailSteps(this.plan, this.random, behind, tune.tailSpread)
    this.pool = new TripPool(t.n, tune.pool)
    this.accept = new Acceptance(t.n, this.random)
    this.best = new Snapshot(this.plan)
  }

  /** Share of the budget used, 1 when cancelled. */
  share(): number {
    if (this.stopped || this.options.cancelled?.()) {
      this.stopped = true
      return 1
    }
    const { steps, seconds, clock } = this.options.budget
    const share = steps ? this.steps / steps : (secondsNow(clock) - this.begun) / (seconds ?? 1)
    if (this.options.onProgress && share >= this.told) {
      this.told = share + 0.05
      this.options.onProgress(this.progress(Math.min(1, share)))
    }
    return share
  }

  seconds(): number {
    return secondsNow(this.options.budget.clock) - this.begun
  }

  private progress(share: number): Progress {
    const { plan } = this
    return {
      share,
      steps: this.steps,
      cost: this.bestCost,
      served: plan.placed,
      vehicles: plan.usedTrips.reduce((sum, k) => sum + (k > 0 ? 1 : 0), 0),
    }
  }

  /** First plan: the locked and given trips, then every stop at its cheapest place. */
  construct(): void {
    const { plan } = this
    plan.begin()
    loadFirst(plan, this.options.first ?? [])
    plan.begin()
    this.recreate.run()
    this.settle()
    this.improved()
  }

  /** Takes the plan as it stands for the current one. */
  settle(): void {
    this.cost = this.plan.routed + this.plan.missing()
    this.accept.start(this.plan)
  }

  /** Ruin-and-recreate while the temperature falls from `hot` to `cold` mean arcs. */
  anneal(from: number, to: number, hot: number, cold: number): void {
    const { plan, tune, t } = this
    let temperature = 0
    const pooling = this.mayJoin()
    for (let i = 0; ; i++) {
      if ((i & 127) === 0) {
        const now = this.share()
        // Cancelled before this phase began, both ends of it lie at 1.
        if (now >= to) break
        const share = (now - from) / (to - from)
        const arcs = plan.placed + t.trips - plan.slots.length
        temperature = (plan.routed / Math.max(1, arcs)) * hot * (cold / hot) ** Math.max(0, share)
      }
      if (tune.tails > 0) {
        plan.begin()
        this.cost += this.tails.run(tune.tails, temperature)
        if (this.cost < this.bestCost - 1e-6) this.improved()
      }
      this.step(temperature)
      if (t.plain && i % tune.dropEvery === tune.dropEvery - 1)
        tryWithoutTrip(this, temperature, tune.dropSteps)
      if (pooling && this.steps % tune.poolEvery === 0 && this.cost < this.bestCost * tune.poolWithin)
        this.pool.add(plan)
    }
  }

  /** Takes some stops out and puts them back; keeps the result or undoes it. */
  step(temperature: number): boolean {
    const { plan, random } = this
    this.steps++
    plan.begin()
    this.recreate.rest()
    const seed =
      plan.absentCount > 0 && random.unit() < 0.5
        ? plan.absent[random.below(plan.absentCount)]!
        : random.below(this.t.n)
    this.ruin.run(seed)
    const limit = this.accept.limit(this.cost - this.accept.missing, temperature)
    // Where arcs are all that costs, putting back the rest only makes it dearer.
    if (!plan.broken) this.recreate.run(this.t.plain && this.accept.missing === 0 ? limit : Infinity)
    if (plan.broken || !this.accept.accepts(plan, limit)) {
      plan.undo()
      return false
    }
    this.cost = plan.routed + (plan.absentCount ? plan.missing() : 0)
    if (this.cost < this.bestCost - 1e-6) this.improved()
    return true
  }

  improved(): void {
    this.bestCost = this.cost
    this.best.save(this.plan)
  }

  /** Is set partitioning of use here: plain trips, few enough to solve in a moment. */
  mayJoin(): boolean {
    return (
      Boolean(this.options.partition) &&
      this.t.plain &&
      this.t.n <= this.tune.partitionStops &&
      !this.options.budget.steps
    )
  }

  /** Back to the best plan; then, for a share of the budget, the best mix of all trips met. */
  join(share: number): void {
    const { plan, t } = this
    load(plan, this.best.routes(t))
    this.settle()
    const { partition, budget } = this.options
    if (!partition || !this.mayJoin() || plan.absentCount > 0 || share <= 0) return
    this.pool.add(plan)
    const chosen = partition(this.pool.trips(), t.n, t.trips, share * (budget.seconds ?? 0))
    if (!chosen || chosen.reduce((sum, trip) => sum + trip.cost, 0) >= this.bestCost - 1e-6) return
    load(
      plan,
      chosen.map((trip) => trip.stops),
    )
    this.settle()
    this.improved()
  }
}
