import { checkRun, type Faults } from './check-run.ts'
import type { Problem, RoutePlan } from './model.ts'

/**
 * Judges a finished plan from the problem alone: plain, slow, and without a line of the search, so
 * that a mistake there cannot hide here. `cost` is counted anew.
 */
export function checkPlan(
  problem: Problem,
  plan: RoutePlan,
): { feasible: boolean; faults: string[]; cost: number } {
  const faults: string[] = []
  const fault: Faults = (text) => faults.push(text)
  checkCoverage(problem, plan, fault)
  checkPairs(problem, plan, fault)
  let cost = 0
  const used = new Set<string>()
  for (const run of plan.runs) {
    if (used.has(run.vehicle)) fault(`vehicle ${run.vehicle} runs twice`)
    used.add(run.vehicle)
    const vehicle = problem.vehicles.find((v) => v.id === run.vehicle)
    if (!vehicle) fault(`unknown vehicle ${run.vehicle}`)
    else cost += checkRun(problem, vehicle, run, fault)
  }
  for (const { stop } of plan.unserved) {
    const priority = problem.stops.find((s) => s.id === stop)?.priority ?? 0
    cost += problem.weights.unserved * 10 ** priority
  }
  for (const vehicle of problem.vehicles) {
    if (vehicle.locked?.length && !used.has(vehicle.id)) fault(`locked stops of ${vehicle.id} are gone`)
  }
  if (Math.abs(cost - plan.cost) > 0.5) fault(`cost is ${cost}, not ${plan.cost}`)
  return { feasible: faults.length === 0, faults, cost }
}

function checkCoverage(problem: Problem, plan: RoutePlan, fault: Faults): void {
  const seen = new Map<string, number>()
  const count = (id: string) => seen.set(id, (seen.get(id) ?? 0) + 1)
  for (const run of plan.runs)
    for (const trip of run.trips) for (const visit of trip.visits) count(visit.stop)
  for (const { stop } of plan.unserved) count(stop)
  for (const stop of problem.stops) {
    if (seen.get(stop.id) !== 1) fault(`stop ${stop.id} appears ${seen.get(stop.id) ?? 0} times`)
    seen.delete(stop.id)
  }
  for (const id of seen.keys()) fault(`unknown stop ${id}`)
}

function checkPairs(problem: Problem, plan: RoutePlan, fault: Faults): void {
  const vehicleOf = new Map<string, string>()
  for (const run of plan.runs)
    for (const trip of run.trips) for (const visit of trip.visits) vehicleOf.set(visit.stop, run.vehicle)
  for (const [a, b] of problem.apart ?? []) {
    const on = vehicleOf.get(a)
    if (on !== undefined && on === vehicleOf.get(b)) fault(`${a} and ${b} must not share a vehicle`)
  }
  for (const [a, b] of problem.together ?? []) {
    const one = vehicleOf.get(a)
    const other = vehicleOf.get(b)
    if (one !== undefined && other !== undefined && one !== other) fault(`${a} and ${b} must share a vehicle`)
  }
}
