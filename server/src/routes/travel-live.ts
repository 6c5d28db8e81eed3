import { metresBetween, type Point } from '@huming/shared/geo'
import type { Base } from '../kernel/ctx.ts'
import { hourBand, type TravelTimes, type When } from './matrix.ts'
import { keepPairs, knownPairs, type Pair, pairKey } from './travel-cache.ts'
import { type Leg, type MapService, TooFast } from './travel-services.ts'

/** Neighbours of each place worth asking for; a plan seldom drives between others. */
const nearestAsked = 40
const placesAtOnce = 4
const triesMax = 4

export type LiveOptions = {
  /** Longest time to ask for, milliseconds; what is not known by then is reckoned. */
  budgetMs?: number
  signal?: AbortSignal
}

/**
 * Travel times by a map service where it matters (from and to the hub, between near places), from the cache where it
 * was asked before, reckoned for the rest. A service that fails or is slow costs accuracy, never the plan; the source
 * says how much of it was live.
 */
export async function liveTimes(
  base: Pick<Base, 'db' | 'log'>,
  service: MapService,
  points: readonly Point[],
  when: When,
  reckoned: TravelTimes,
  { budgetMs = 30_000, signal }: LiveOptions = {},
): Promise<TravelTimes> {
  const wanted = wantedPairs(points)
  const place = { source: service.source, hourBand: hourBand(when.departHour) }
  const known = await knownPairs(base.db, place, points, wanted)
  const missing = wanted.filter((pair) => !known.has(pairKey(pair)))
  const limit = AbortSignal.any([AbortSignal.timeout(budgetMs), ...(signal ? [signal] : [])])
  const found = await askAll(base, service, points, missing, limit)
  await keepPairs(base.db, place, points, found)
  for (const [key, leg] of found) known.set(key, leg)
  return mixed(known, reckoned, wanted.length, service.source)
}

/** Live where known, reckoned elsewhere. */
export function mixed(
  known: ReadonlyMap<number, { seconds: number; metres: number }>,
  reckoned: TravelTimes,
  wanted: number,
  source: string,
): TravelTimes {
  const share = wanted === 0 ? 100 : Math.floor((known.size * 100) / wanted)
  return {
    seconds: (from, to) => known.get(pairKey([from, to]))?.seconds ?? reckoned.seconds(from, to),
    metres: (from, to) => known.get(pairKey([from, to]))?.metres ?? reckoned.metres(from, to),
    source: `${source} (${share} %), ${reckoned.source}`,
  }
}

/** Pairs worth asking for: between point 0, the hub, and every place, and between each place and its nearest. */
export function wantedPairs(points: readonly Point[]): Pair[] {
  const pairs: Pair[] = []
  for (let i = 1; i < points.length; i++) pairs.push([0, i], [i, 0])
  for (let i = 1; i < points.length; i++) {
    const here = points[i] as Point
    const near = points
      .map((there, j) => ({ j, metres: metresBetween(here, there) }))
      .filter(({ j }) => j !== i && j !== 0)
      .toSorted((a, b) => a.metres - b.metres || a.j - b.j)
      .slice(0, nearestAsked)
    for (const { j } of near) pairs.push([i, j])
  }
  return pairs
}

/** Asks for the pairs, one pivot after the other, as fast as the service allows; stops without failing. */
async function askAll(
  base: Pick<Base, 'log'>,
  service: MapService,
  points: readonly Point[],
  pairs: readonly Pair[],
  limit: AbortSignal,
): Promise<Map<number, { seconds: number; metres: number }>> {
  const found = new Map<number, { seconds: number; metres: number }>()
  const questions = questionsOf(service, pairs)
  const gap = 1000 / service.perSecond
  let nextAt = performance.now()
  const work = async () => {
    for (let question = questions.shift(); question && !limit.aborted; question = questions.shift()) {
      const { pivot, others } = question
      nextAt = Math.max(nextAt + gap, performance.now())
      const legs = await patiently(service, pivot, others, points, limit, nextAt)
      others.forEach((other, i) => {
        const leg = legs[i]
        if (leg) found.set(pairKey(service.many === 'to' ? [pivot, other] : [other, pivot]), leg)
      })
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: placesAtOnce }, work))
  const failure = ended.find((one) => one.status === 'rejected')
  if (failure)
    base.log.warn({ err: failure.reason, source: service.source }, 'travel times are reckoned in part')
  return found
}

async function patiently(
  service: MapService,
  pivot: number,
  others: readonly number[],
  points: readonly Point[],
  limit: AbortSignal,
  at: number,
): Promise<Leg[]> {
  for (let attempt = 1; ; attempt++) {
    await pause(Math.max(0, at - performance.now()) + (attempt - 1) * 300, limit)
    try {
      const ends = others.map((i) => points[i] as Point)
      return await service.ask(points[pivot] as Point, ends, limit)
    } catch (error) {
      if (!(error instanceof TooFast) || attempt >= triesMax) throw error
    }
  }
}

const pause = (ms: number, limit: AbortSignal): Promise<void> =>
  ms <= 0
    ? Promise.resolve()
    : new Promise((resolve, reject) => {
        const stop = () => {
          clearTimeout(timer)
          reject(limit.reason as Error)
        }
        const timer = setTimeout(() => {
          limit.removeEventListener('abort', stop)
          resolve()
        }, ms)
        limit.addEventListener('abort', stop, { once: true })
      })

/** Pairs gathered by their pivot, in questions no larger than the service takes. */
export function questionsOf(
  service: Pick<MapService, 'many' | 'most'>,
  pairs: readonly Pair[],
): { pivot: number; others: number[] }[] {
  const byPivot = new Map<number, number[]>()
  for (const [from, to] of pairs) {
    const [pivot, other] = service.many === 'to' ? [from, to] : [to, from]
    const others = byPivot.get(pivot)
    if (others) others.push(other)
    else byPivot.set(pivot, [other])
  }
  return [...byPivot].flatMap(([pivot, others]) =>
    Array.from({ length: Math.ceil(others.length / service.most) }, (_, i) => ({
      pivot,
      others: others.slice(i * service.most, (i + 1) * service.most),
    })),
  )
}
