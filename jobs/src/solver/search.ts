import type { Budget } from './clock.ts'
import { secondsNow } from './clock.ts'
import { PlainInsertion } from './insert-plain.ts'
import { adjacentStops, likelyAfter, likelyBefore } from './near.ts'
import { Plan } from './plan.ts'
import { Random } from './random.ts'
import { Recreate } from './recreate.ts'
import { Ruin } from './ruin.ts'
import { TailSteps } from './tail-steps.ts'
import { Snapshot } from './snapshot.ts'
import type { Tables } from './tables.ts'

export type SearchOptions = { seed: number; budget: Budget; tune?: Partial<typeof DEFAULTS> }

export const DEFAULTS = {
  meanRemoved: 10, longest: 10, split: 0.5, keep: 0.5, blink: 0.01, nearInsert: 20, nearRuin: 200, hot: 2, cold: 0.02, tails: 0, tailSpread: 10, tailHeat: 1,
}

export function search(t: Tables, options: SearchOptions) {
  const clock = options.budget.clock ?? 'cpu'
  const begun = secondsNow(clock)
  const tune = { ...DEFAULTS, ...options.tune }
  const random = new Random(options.seed)
  const plan = new Plan(t)
  const insertion = new PlainInsertion(plan, random, likelyBefore(t, tune.nearInsert), likelyAfter(t, tune.nearInsert), tune.blink)
  const recreate = new Recreate(plan, random, insertion)
  const ruin = new Ruin(plan, random, adjacentStops(t, tune.nearRuin), tune)
  const tails = new TailSteps(plan, random, likelyAfter(t, tune.nearInsert), tune.tailSpread)
  plan.begin()
  recreate.run()
  const best = new Snapshot(plan)
  let bestCost = plan.routed + plan.missing()
  let cost = bestCost
  const edge = () => bestCost / (t.n + t.trips - plan.slots.length)
  let share = 0
  let temperature = tune.hot * edge()
  let steps = 0
  for (;;) {
    if ((steps & 127) === 0) {
      share = options.budget.steps ? steps / options.budget.steps : (secondsNow(clock) - begun) / options.budget.seconds!
      if (share >= 1) break
      temperature = edge() * tune.hot * (tune.cold / tune.hot) ** share
    }
    steps++
    if (tune.tails > 0) {
      plan.begin()
      cost += tails.run(tune.tails, temperature * tune.tailHeat)
      if (cost < bestCost - 1e-6) {
        bestCost = cost
        best.save(plan)
      }
    }
    plan.begin()
    const limit = cost - temperature * Math.log(random.unit())
    ruin.run(random.below(t.n))
    if (!plan.broken) recreate.run()
    const now = plan.routed + (plan.absentCount ? plan.missing() : 0)
    if (plan.broken || now >= limit) {
      plan.undo()
      continue
    }
    cost = now
    if (now < bestCost - 1e-6) {
      bestCost = now
      best.save(plan)
    }
  }
  return { routes: best.routes(t), cost: bestCost, steps, seconds: secondsNow(clock) - begun }
}
