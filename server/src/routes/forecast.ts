import type { riskReasons, risks } from '@huming/shared/contracts/routes'
import { metresBetween } from '@huming/shared/geo'

/** A stop as far as its forecast needs it. Instants in ms. */
export type Ahead = {
  readonly plannedAt: number
  readonly windowFrom: number
  readonly windowTo: number
  readonly arrivedAt: number | null
  readonly finishedAt: number | null
  readonly serviceMs: number
  /** 1 for the first trip; before a higher one the vehicle loads again at the hub. */
  readonly trip: number
  readonly lngE6: number
  readonly latE6: number
}

/** Where, and how long, a vehicle loads again between two trips. */
export type Reload = { readonly lngE6: number; readonly latE6: number; readonly ms: number }

export type Risk = (typeof risks)[number]
export type RiskReason = (typeof riskReasons)[number]

/** How a run went so far against its plan: 1 = as planned, 1.3 = a third slower. */
export type Pace = {
  readonly service: number
  readonly travel: number
  /** Time lost so far at doors and between them, ms; negative when won. */
  readonly serviceLostMs: number
  readonly travelLostMs: number
}

const minute = 60_000
/**
 * Priors of the forecast, to be learned from finished nights later: so much planned work counts as evidence that the
 * plan is right before the night's own evidence outweighs it, and no run is believed to be slower or faster than this.
 */
const priorServiceMs = 30 * minute
const priorTravelMs = 45 * minute
const slowest = 2.5
const fastest = 0.6
/** Standard deviation: of a door, of a drive, as a share of its expected length; and of every arrival. */
const serviceSpread = 0.4
const travelSpread = 0.22
const baseSpreadMs = 2 * minute

const within = (low: number, x: number, high: number): number => Math.min(high, Math.max(low, x))
const sum = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0)

/** A stop whose plan waited for the door to open tells nothing of the road before it. */
const waits = (stop: Ahead): boolean => stop.plannedAt <= stop.windowFrom

/**
 * Planned time between leaving one stop and reaching the other, services on the way taken off; between two trips with
 * the way by the hub and the loading there. Where the plan waits for a door the road is shorter than that: then at most
 * what a city drive of the distance takes (18 km/h over 1.4 times the straight line).
 */
export function roadMs(
  from: Ahead,
  to: Ahead,
  between: readonly Ahead[] = [],
  reload: Reload | null = null,
): number {
  const gap = Math.max(
    0,
    to.plannedAt - from.plannedAt - from.serviceMs - sum(between.map((one) => one.serviceMs)),
  )
  if (!waits(to)) return gap
  if (from.trip === to.trip) return Math.min(gap, driveMs(from, to))
  return reload ? Math.min(gap, driveMs(from, reload) + reload.ms + driveMs(reload, to)) : gap
}

type Place = { readonly lngE6: number; readonly latE6: number }
const driveMs = (from: Place, to: Place): number => ((metresBetween(from, to) * 1.4) / 18_000) * 60 * minute

/** The pace of the stops finished so far, drawn towards the plan while there is little to go by. */
export function paceOf(stops: readonly Ahead[]): Pace {
  const visited = stops
    .filter((stop) => stop.arrivedAt !== null && stop.finishedAt !== null)
    .toSorted((a, b) => (a.arrivedAt as number) - (b.arrivedAt as number))
  const doors = visited.map((stop) => ({
    planned: stop.serviceMs,
    real: (stop.finishedAt as number) - (stop.arrivedAt as number),
  }))
  const roads = visited.slice(1).flatMap((to, i) => {
    const from = visited[i] as Ahead
    // Out of order, waiting at the door, or by the hub: the plan knows no time for this road.
    if (to.plannedAt <= from.plannedAt || waits(to) || to.trip !== from.trip) return []
    const skipped = stops.filter((one) => one.plannedAt > from.plannedAt && one.plannedAt < to.plannedAt)
    return [
      {
        planned: roadMs(from, to, skipped),
        real: Math.max(0, (to.arrivedAt as number) - (from.finishedAt as number)),
      },
    ]
  })
  const ratio = (of: readonly { planned: number; real: number }[], prior: number): number =>
    within(
      fastest,
      (sum(of.map((one) => one.real)) + prior) / (sum(of.map((one) => one.planned)) + prior),
      slowest,
    )
  const lost = (of: readonly { planned: number; real: number }[]): number =>
    sum(of.map((one) => one.real - one.planned))
  return {
    service: ratio(doors, priorServiceMs),
    travel: ratio(roads, priorTravelMs),
    serviceLostMs: lost(doors),
    travelLostMs: lost(roads),
  }
}

export type Arrival = { readonly at: number; readonly spreadMs: number }

/**
 * When the stops ahead are reached, one after the other, from where the vehicle stands: `leaveAt` from `from`, or the
 * first stop's planned time plus the delay when it has not been anywhere. Never before `floor`.
 */
export function arrivalsAhead(
  start: { readonly from: Ahead | null; readonly leaveAt: number; readonly floor: number },
  ahead: readonly Ahead[],
  pace: Pace,
  {
    reload = null,
    skippedBetween = () => [],
  }: { reload?: Reload | null; skippedBetween?: (from: Ahead, to: Ahead) => readonly Ahead[] } = {},
): Arrival[] {
  let { from, leaveAt } = start
  let variance = baseSpreadMs ** 2
  return ahead.map((stop) => {
    const planned = from ? roadMs(from, stop, skippedBetween(from, stop), reload) : 0
    const standing = from && from.trip !== stop.trip ? Math.min(reload?.ms ?? 0, planned) : 0
    const road = (planned - standing) * pace.travel
    const at = Math.max(leaveAt + road + standing, start.floor)
    variance += (road * travelSpread) ** 2
    const arrival = { at, spreadMs: Math.round(Math.sqrt(variance)) }
    const service = stop.serviceMs * pace.service
    // A door that opens later makes the vehicle wait, which eats what was lost.
    leaveAt = Math.max(at, stop.windowFrom) + service
    variance += (service * serviceSpread) ** 2
    from = stop
    return arrival
  })
}

/** Chance that a stop expected then is reached after its window, in basis points. */
export function lateChanceBp({ at, spreadMs }: Arrival, windowTo: number): number {
  return Math.round(10_000 * normalAbove((windowTo - at) / Math.max(1, spreadMs)))
}

/** P(Z > z) of the standard normal, to 1e-7 (Abramowitz & Stegun 26.2.17). */
function normalAbove(z: number): number {
  const x = Math.abs(z)
  const t = 1 / (1 + 0.231_641_9 * x)
  const poly =
    t * (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))))
  const above = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * poly
  return z >= 0 ? above : 1 - above
}

/** One in six is worth an eye, one in two a call. */
export const riskOf = (bp: number): Risk => (bp >= 5000 ? 'high' : bp >= 1600 ? 'medium' : 'low')

/** What most of the danger comes from. */
export function reasonOf(
  bp: number,
  { leftLateMs, pace, windowTo, now }: { leftLateMs: number; pace: Pace; windowTo: number; now: number },
): RiskReason {
  if (bp < 1600) return 'on_plan'
  if (now > windowTo) return 'late_already'
  const causes: [RiskReason, number][] = [
    ['left_late', leftLateMs],
    ['slow_doors', pace.serviceLostMs],
    ['slow_roads', pace.travelLostMs],
  ]
  const [reason, lost] = causes.reduce((worst, one) => (one[1] > worst[1] ? one : worst))
  return lost >= 3 * minute ? reason : 'tight_plan'
}

/** Four in five arrivals lie within this many spreads of the expected one. */
export const rangeSpreads = 1.28
