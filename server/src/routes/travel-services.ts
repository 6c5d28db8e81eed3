import { fromWgs84, type Point, type ReferenceSystem } from '@huming/shared/geo'

/** Travel between two places; null where the service knows no way. */
export type Leg = { seconds: number; metres: number } | null

/** A map service that tells travel between one place and many, within its limits. */
export type MapService = {
  /** Name and version, kept with every figure. */
  source: string
  /** The many are where the way starts (`from`) or ends (`to`). */
  many: 'from' | 'to'
  /** Most places of one question. */
  most: number
  /** Questions a second. */
  perSecond: number
  ask: (pivot: Point, others: readonly Point[], signal: AbortSignal) => Promise<Leg[]>
}

export type ServiceSettings = { url: string; key?: string; perSecond?: number }
export const mapServices = ['osrm', 'amap', 'tencent'] as const
export type MapServiceName = (typeof mapServices)[number]

/** A question asked too fast: worth asking again after a moment. */
export class TooFast extends Error {}

const degrees = (e6: number): string => (e6 / 1e6).toFixed(6)
const lngLat = (point: Point, crs: ReferenceSystem): string => {
  const there = fromWgs84(point, crs)
  return `${degrees(there.lngE6)},${degrees(there.latE6)}`
}
const latLng = (point: Point, crs: ReferenceSystem): string =>
  lngLat(point, crs).split(',').toReversed().join(',')

async function json(url: URL, signal: AbortSignal): Promise<Record<string, unknown>> {
  const reply = await fetch(url, { signal })
  if (reply.status === 429) throw new TooFast('429')
  if (!reply.ok) throw new Error(`map service answered ${reply.status}`)
  return (await reply.json()) as Record<string, unknown>
}

const legOf = (seconds: unknown, metres: unknown): Leg => {
  if (seconds === null || seconds === '' || metres === null || metres === '') return null
  const [s, m] = [Math.ceil(Number(seconds)), Math.round(Number(metres))]
  return Number.isSafeInteger(s) && Number.isSafeInteger(m) && s >= 0 && m >= 0
    ? { seconds: s, metres: m }
    : null
}

/** OSRM `/table`: WGS-84, 100 places a question unless the server allows more. */
export const osrm = ({ url, perSecond = 50 }: ServiceSettings): MapService => ({
  source: 'osrm v1',
  many: 'to',
  most: 99,
  perSecond,
  async ask(pivot, others, signal) {
    const places = [pivot, ...others].map((point) => lngLat(point, 'WGS84')).join(';')
    const ask = new URL(`${url.replace(/\/+$/, '')}/table/v1/driving/${places}`)
    ask.searchParams.set('sources', '0')
    ask.searchParams.set('destinations', others.map((_, i) => i + 1).join(';'))
    ask.searchParams.set('annotations', 'duration,distance')
    const reply = await json(ask, signal)
    if (reply['code'] !== 'Ok') throw new Error(`OSRM: ${String(reply['code'])}`)
    const [seconds, metres] = [reply['durations'], reply['distances']] as (number | null)[][][]
    return others.map((_, i) => legOf(seconds?.[0]?.[i] ?? null, metres?.[0]?.[i] ?? null))
  },
})

/** Amap 距离测量 `/v3/distance`, type 1 (driving): GCJ-02, at most 100 origins to one destination. */
export const amap = ({ url, key = '', perSecond = 3 }: ServiceSettings): MapService => ({
  source: 'amap v3',
  many: 'from',
  most: 100,
  perSecond,
  async ask(pivot, others, signal) {
    const ask = new URL(`${url.replace(/\/+$/, '')}/v3/distance`)
    ask.searchParams.set('origins', others.map((point) => lngLat(point, 'GCJ02')).join('|'))
    ask.searchParams.set('destination', lngLat(pivot, 'GCJ02'))
    ask.searchParams.set('type', '1')
    ask.searchParams.set('key', key)
    const reply = await json(ask, signal)
    // 10021: too many questions a second.
    if (reply['infocode'] === '10021') throw new TooFast('10021')
    if (reply['status'] !== '1') throw new Error(`Amap: ${String(reply['info'])}`)
    const results = reply['results'] as { origin_id: string; distance: string; duration: string }[]
    const byId = new Map(results.map((one) => [Number(one.origin_id), one]))
    return others.map((_, i) => {
      const found = byId.get(i + 1)
      return found ? legOf(found.duration, found.distance) : null
    })
  },
})

/** Tencent 距离矩阵 `/ws/distance/v1/matrix`: GCJ-02, latitude first, one to at most 200. */
export const tencent = ({ url, key = '', perSecond = 4 }: ServiceSettings): MapService => ({
  source: 'tencent v1',
  many: 'to',
  most: 200,
  perSecond,
  async ask(pivot, others, signal) {
    const ask = new URL(`${url.replace(/\/+$/, '')}/ws/distance/v1/matrix`)
    ask.searchParams.set('mode', 'driving')
    ask.searchParams.set('from', latLng(pivot, 'GCJ02'))
    ask.searchParams.set('to', others.map((point) => latLng(point, 'GCJ02')).join(';'))
    ask.searchParams.set('key', key)
    const reply = await json(ask, signal)
    // 120: too many questions a second.
    if (reply['status'] === 120) throw new TooFast('120')
    if (reply['status'] !== 0) throw new Error(`Tencent: ${String(reply['message'])}`)
    const { rows } = reply['result'] as { rows: { elements: { distance: number; duration: number }[] }[] }
    return others.map((_, i) => {
      const found = rows[0]?.elements[i]
      return found ? legOf(found.duration, found.distance) : null
    })
  },
})

export const serviceOf = (name: MapServiceName, settings: ServiceSettings): MapService =>
  ({ osrm, amap, tencent })[name](settings)
