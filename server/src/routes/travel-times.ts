import type { Point } from '@huming/shared/geo'
import type { Base } from '../kernel/ctx.ts'
import { hourBand, reckonedTimes, type TravelTimes, type When } from './matrix.ts'
import { knownPairs, type Reader } from './travel-cache.ts'
import { learnedFor } from './travel-learn.ts'
import { liveTimes, mixed, wantedPairs } from './travel-live.ts'
import { type MapService, type MapServiceName, mapServices, serviceOf } from './travel-services.ts'

type Asking = { hubId: string; points: readonly Point[]; when: When; signal?: AbortSignal }

/**
 * Travel times for a plan of a hub, point 0 being the hub: by the map service that is set (`TRAVEL_TIMES`), else
 * reckoned, corrected by our own arrivals. Never call it inside a transaction: it may ask over the network.
 */
export async function travelTimes(base: Base, { hubId, points, when, signal }: Asking): Promise<TravelTimes> {
  const reckoned = reckonedTimes(points, when, await learnedFor(base.db, hubId, when))
  const service = serviceSet()
  return service ? liveTimes(base, service, points, when, reckoned, signal ? { signal } : {}) : reckoned
}

/** The same from what is known already, without asking anybody: for changes of a plan by hand. */
export async function knownTimes(db: Reader, { hubId, points, when }: Asking): Promise<TravelTimes> {
  const reckoned = reckonedTimes(points, when, await learnedFor(db, hubId, when))
  const service = serviceSet()
  if (!service) return reckoned
  const wanted = wantedPairs(points)
  const place = { source: service.source, hourBand: hourBand(when.departHour) }
  return mixed(await knownPairs(db, place, points, wanted), reckoned, wanted.length, service.source)
}

const defaultUrls: Record<MapServiceName, string> = {
  osrm: 'http://127.0.0.1:5000',
  amap: 'https://restapi.amap.com',
  tencent: 'https://apis.map.qq.com',
}

/** The map service named by the environment: `TRAVEL_TIMES`, `TRAVEL_TIMES_URL`, `TRAVEL_TIMES_KEY`. */
export function serviceSet(env: NodeJS.ProcessEnv = process.env): MapService | null {
  const name = mapServices.find((one) => one === env['TRAVEL_TIMES'])
  if (!name) return null
  const key = env['TRAVEL_TIMES_KEY']
  return serviceOf(name, { url: env['TRAVEL_TIMES_URL'] || defaultUrls[name], ...(key ? { key } : {}) })
}
