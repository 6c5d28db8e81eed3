import type { Plan } from './plan.ts'
import { NEVER } from './tables.ts'
import { startFrom } from './windows.ts'

/**
 * Times vehicle `v`'s whole shift with rests, as if stop `x` stood after node `p` (x < 0: as it is).
 * Returns the cost of lateness, overtime and idling, or -1 when the run breaks a rule.
 *
 * Rules: start as early as the shift allows; rest before driving on when the next leg with its
 * service would exceed the work allowed since the last rest; a wait as long as a rest is a rest; then
 * leave the depot as late as no visit suffers and each such wait stays a rest, which shortens the shift
 * by the waiting saved.
 */
export function timeRun(plan: Plan, v: number, x: number, p: number): number {
  const { t, next } = plan
  const { n, m, time, place, service, promised } = t
  const row = t.classOf[v]! * t.stride
  const restAfter = t.restAfter[v]!
  const restSeconds = t.restSeconds[v]!
  let now = t.shiftFrom[v]!
  let work = 0
  let wait = 0
  let slack = NEVER
  let late = 0
  let out = false
  for (let r = t.firstTrip[v]!; r < t.firstTrip[v + 1]!; r++) {
    const start = n + 2 * r
    if (next[start] === start + 1 && p !== start) continue
    if (out) {
      // Loading again is work too.
      if (work + t.reload[v]! > restAfter) {
        if (t.reload[v]! > restAfter) return -1
        now += restSeconds
        work = 0
      }
      now += t.reload[v]!
      work += t.reload[v]!
    }
    out = true
    let a = start
    while (a !== start + 1) {
      const b = a === p ? x : a === x ? next[p]! : next[a]!
      const leg = time[place[a]! * m + place[b]!]!
      const effort = leg + service[b]!
      if (work + effort > restAfter) {
        if (effort > restAfter) return -1
        now += restSeconds
        work = 0
      }
      const arrive = now + leg
      if (b >= n) {
        now = arrive
        work += leg
        a = b
        continue
      }
      const begin = startFrom(t, row + b, arrive)
      if (begin >= NEVER) return -1
      const idle = begin - arrive
      if (restSeconds > 0 && idle >= restSeconds) {
        const keeps = wait + idle - restSeconds
        if (slack > keeps) slack = keeps
        work = service[b]!
      } else {
        work += effort
      }
      wait += idle
      const due = promised[b]!
      if (begin > due) late += begin - due
      const room = wait + roomAfter(plan, row + b, begin, due)
      if (room < slack) slack = room
      now = begin + service[b]!
      a = b
    }
  }
  const delay = !out ? 0 : slack < wait ? slack : wait
  timeRun.delay = delay
  if (out && (now > t.shiftTo[v]! || now - t.shiftFrom[v]! - delay > t.maxSeconds[v]!)) return -1
  const over = out && now > t.overtimeFrom[v]! ? now - t.overtimeFrom[v]! : 0
  timeRun.relief = (wait - delay) * t.idleWeight
  return late * t.lateWeight + over * t.overtimeWeight + timeRun.relief
}

/** Idle cost of the run timed last, and how much later than the shift it may leave. */
timeRun.relief = 0
timeRun.delay = 0

/** How much later service may start without leaving its window or becoming (more) late. */
function roomAfter(plan: Plan, at: number, begin: number, due: number): number {
  const { t } = plan
  let close = t.close[at]!
  const gap = t.gapAt[at]!
  if (gap >= 0) {
    for (let i = t.gapFirst[gap]!; i < t.gapFirst[gap + 1]!; i++) {
      if (begin <= t.gapClose[i]!) {
        close = t.gapClose[i]!
        break
      }
    }
  }
  const limit = begin <= due && due < close ? due : close
  return begin > due ? 0 : limit - begin
}
