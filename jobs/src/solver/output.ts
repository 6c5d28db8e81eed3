import type { PlannedRun, Problem, Trip } from './model.ts'
import type { Plan } from './plan.ts'
import { timeRun } from './timing.ts'
import { startFrom } from './windows.ts'

/** The vehicle's run in clock times, by the rules of `timeRun`; `null` when it stays at home. */
export function runOf(problem: Problem, plan: Plan, v: number): PlannedRun | null {
  const { t, next } = plan
  if (plan.usedTrips[v] === 0) return null
  const soft = timeRun(plan, v, -1, -1)
  const { n, m, time, place, service } = t
  const row = t.classOf[v]! * t.stride
  const rests: PlannedRun['rests'] = []
  const trips: Trip[] = []
  let now = t.shiftFrom[v]! + timeRun.delay
  let work = 0
  let cost = t.fixed[v]! + soft
  for (let r = t.firstTrip[v]!; r < t.firstTrip[v + 1]!; r++) {
    if (plan.count[r] === 0) continue
    if (trips.length > 0) {
      if (work + t.reload[v]! > t.restAfter[v]!) {
        rests.push({ from: now, to: now + t.restSeconds[v]! })
        now += t.restSeconds[v]!
        work = 0
      }
      now += t.reload[v]!
      work += t.reload[v]!
    }
    const trip: Trip = { depart: now, finish: now, visits: [] }
    const start = n + 2 * r
    for (let a = start, b = next[a]!; ; a = b, b = next[b]!) {
      const leg = time[place[a]! * m + place[b]!]!
      cost += plan.arc[a]!
      if (work + leg + service[b]! > t.restAfter[v]!) {
        rests.push({ from: now, to: now + t.restSeconds[v]! })
        now += t.restSeconds[v]!
        work = 0
      }
      now += leg
      if (b >= n) {
        work += leg
        break
      }
      const begin = startFrom(t, row + b, now)
      const rested = t.restSeconds[v]! > 0 && begin - now >= t.restSeconds[v]!
      work = rested ? service[b]! : work + leg + service[b]!
      trip.visits.push({ stop: problem.stops[b]!.id, arrive: now, start: begin, leave: begin + service[b]! })
      if (t.former[b]! >= 0 && t.former[b] !== v) cost += t.movedWeight
      now = begin + service[b]!
    }
    trip.finish = now
    trips.push(trip)
  }
  return { vehicle: problem.vehicles[v]!.id, trips, rests, cost }
}
