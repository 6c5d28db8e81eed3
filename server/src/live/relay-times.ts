import type { hubs, sites } from '@huming/db/schema/accounts'
import type { stops } from '@huming/db/schema/routes'
import { sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import type { RunRow } from '../routes/lock-plan.ts'
import { progressOf } from '../routes/progress.ts'
import { runDocs, stopDocs } from '../routes/rows.ts'
import { departHourOf, secondsOf } from '../routes/rules.ts'
import { knownTimes } from '../routes/travel-times.ts'

export type Placed = { stop: typeof stops.$inferSelect; site: typeof sites.$inferSelect }
type Place = { lngE6: number; latE6: number }

/** Carrying totes from truck to truck at the roadside, to be measured. */
const handOverSeconds = 20 * 60

type Relay = {
  hub: typeof hubs.$inferSelect
  from: RunRow
  to: RunRow
  moving: readonly Placed[]
  /** So many of `moving`, the first ones, have their goods aboard the broken truck; those of the others are at the hub. */
  aboard: number
  reloadSeconds: number
  now: Date
}

/**
 * When the stops taken over are reached: the other truck finishes its own stops as forecast, comes to where the broken
 * one stands, loads over, and goes on in the order they had; then it fetches from the hub what never left it. A truck
 * that goes on with goods of its own meets nobody.
 */
export async function relayTimes(
  tx: Tx,
  { hub, from, to, moving, aboard, reloadSeconds, now }: Relay,
): Promise<{ arriveAt: Date[]; metres: number }> {
  const end = await endOf(tx, to.id, hub, now)
  const broken = await standsAt(tx, from.id, hub)
  const points = [end.place, broken, ...moving.map(({ site }) => site)]
  const departHour = departHourOf([secondsOf(from.day, now)], 0)
  const travel = await knownTimes(tx, { hubId: hub.id, points: [hub, ...points], when: { departHour } })
  let [clock, at, metres] = [end.at, 1, 0]
  const drive = (place: number, standing = 0): void => {
    clock += (travel.seconds(at, place) + standing) * 1000
    metres += travel.metres(at, place)
    at = place
  }
  if (aboard > 0 && from.id !== to.id) drive(2, handOverSeconds)
  const arriveAt = moving.map(({ stop, site }, i) => {
    if (i === aboard) drive(0, reloadSeconds)
    drive(i + 3)
    clock = Math.max(clock, stop.windowFromAt.getTime())
    const reached = new Date(clock)
    clock += site.serviceSeconds * 1000
    return reached
  })
  return { arriveAt, metres: Math.round(metres) }
}

/** Where and when a run has done what it has now. */
async function endOf(tx: Tx, runId: string, hub: Place, now: Date): Promise<{ at: number; place: Place }> {
  const [run] = await runDocs(tx, sql`r.id = ${runId}`)
  const own = await stopDocs(tx, [runId])
  const last = own.at(-1)
  if (!run || !last) return { at: now.getTime(), place: hub }
  const expected = progressOf(run, own, now).forecasts.at(-1)?.expectedAt ?? now.toISOString()
  const left = last.finishedAt
    ? Date.parse(last.finishedAt)
    : Date.parse(expected) + last.serviceSeconds * 1000
  return { at: Math.max(now.getTime(), left), place: last }
}

/** Where a truck that does not move stands, as far as is known: at the door it reached last, else at the hub. */
async function standsAt(tx: Tx, runId: string, hub: Place): Promise<Place> {
  const own = await stopDocs(tx, [runId])
  const reached = own.filter((stop) => stop.arrivedAt !== null)
  return reached.toSorted((a, b) => ((a.arrivedAt ?? '') < (b.arrivedAt ?? '') ? 1 : -1))[0] ?? hub
}
