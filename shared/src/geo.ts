/**
 * A place on earth in whole millionths of a degree (about 0.1 m), so that equal places are equal numbers.
 * Stored points are WGS-84; Chinese map SDKs speak GCJ-02, Baidu BD-09.
 */
export type Point = { readonly latE6: number; readonly lngE6: number }

export const REFERENCE_SYSTEMS = ['WGS84', 'GCJ02', 'BD09'] as const
export type ReferenceSystem = (typeof REFERENCE_SYSTEMS)[number]

const MICRO = 1_000_000

/** Decimal degrees → point; RangeError outside the globe. */
export function pointOf(lngDegrees: number, latDegrees: number): Point {
  const point = { latE6: Math.round(latDegrees * MICRO), lngE6: Math.round(lngDegrees * MICRO) }
  if (!isPoint(point)) throw new RangeError(`not a place on earth: ${lngDegrees}, ${latDegrees}`)
  return point
}

/** Whole micro-degrees on the globe? */
export function isPoint(point: Point): boolean {
  const { latE6, lngE6 } = point
  if (!Number.isInteger(latE6) || !Number.isInteger(lngE6)) return false
  return Math.abs(latE6) <= 90 * MICRO && Math.abs(lngE6) <= 180 * MICRO
}

/** "31.374500, 121.266000" → latitude first, as map links expect. */
export function pointText(point: Point): string {
  return `${(point.latE6 / MICRO).toFixed(6)}, ${(point.lngE6 / MICRO).toFixed(6)}`
}

const RADIANS = Math.PI / 180
const EARTH_METRES = 6_371_008.8

/** Great-circle distance in whole metres (haversine on the mean radius). */
export function metresBetween(a: Point, b: Point): number {
  const [lat1, lat2] = [(a.latE6 / MICRO) * RADIANS, (b.latE6 / MICRO) * RADIANS]
  const dLat = lat2 - lat1
  const dLng = ((b.lngE6 - a.lngE6) / MICRO) * RADIANS
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin(dLng / 2) ** 2
  return Math.round(2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(h))))
}

type Degrees = { readonly lng: number; readonly lat: number }

const degrees = (point: Point): Degrees => ({ lng: point.lngE6 / MICRO, lat: point.latE6 / MICRO })

/** The offset applies to the mainland's bounding box only, as in every public implementation. */
function isShifted({ lng, lat }: Degrees): boolean {
  return lng >= 72.004 && lng <= 137.8347 && lat >= 0.8293 && lat <= 55.8271
}

// Krasovsky 1940 ellipsoid of the published GCJ-02 algorithm.
const AXIS = 6_378_245
const ECCENTRICITY = 0.006_693_421_622_965_943

function wave(value: number): number {
  return (20 * Math.sin(6 * value * Math.PI) + 20 * Math.sin(2 * value * Math.PI)) * (2 / 3)
}

function waves(value: number, far: number, by: number): number {
  return (
    (20 * Math.sin(value * Math.PI) + 40 * Math.sin((value / 3) * Math.PI)) * (2 / 3) +
    (far * Math.sin((value / 12) * Math.PI) + 2 * far * Math.sin((value * Math.PI) / by)) * (2 / 3)
  )
}

function shiftLat(x: number, y: number): number {
  const plane = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x))
  return plane + wave(x) + waves(y, 160, 30)
}

function shiftLng(x: number, y: number): number {
  const plane = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x))
  return plane + wave(x) + waves(x, 150, 30)
}

function toGcj(at: Degrees): Degrees {
  if (!isShifted(at)) return at
  const [x, y] = [at.lng - 105, at.lat - 35]
  const lat = at.lat * RADIANS
  const magic = 1 - ECCENTRICITY * Math.sin(lat) ** 2
  const root = Math.sqrt(magic)
  const dLat = (shiftLat(x, y) * 180) / (((AXIS * (1 - ECCENTRICITY)) / (magic * root)) * Math.PI)
  const dLng = (shiftLng(x, y) * 180) / ((AXIS / root) * Math.cos(lat) * Math.PI)
  return { lng: at.lng + dLng, lat: at.lat + dLat }
}

const BAIDU = (Math.PI * 3000) / 180

function toBaidu(gcj: Degrees): Degrees {
  const radius = Math.hypot(gcj.lng, gcj.lat) + 0.00002 * Math.sin(gcj.lat * BAIDU)
  const angle = Math.atan2(gcj.lat, gcj.lng) + 0.000003 * Math.cos(gcj.lng * BAIDU)
  return { lng: radius * Math.cos(angle) + 0.0065, lat: radius * Math.sin(angle) + 0.006 }
}

/** Neither shift has a closed inverse; a fixed-point walk is below a micro-degree after a few steps. */
function inverse(shift: (at: Degrees) => Degrees, shifted: Degrees): Degrees {
  let guess = shifted
  for (let step = 0; step < 12; step += 1) {
    const there = shift(guess)
    guess = { lng: guess.lng + shifted.lng - there.lng, lat: guess.lat + shifted.lat - there.lat }
  }
  return guess
}

/** A point of any reference system as WGS-84, the one we store. */
export function toWgs84(point: Point, from: ReferenceSystem): Point {
  if (from === 'WGS84') return point
  const gcj = from === 'BD09' ? inverse(toBaidu, degrees(point)) : degrees(point)
  const wgs = inverse(toGcj, gcj)
  return pointOf(wgs.lng, wgs.lat)
}

/** A stored WGS-84 point for a map of another reference system. */
export function fromWgs84(point: Point, to: ReferenceSystem): Point {
  if (to === 'WGS84') return point
  const gcj = toGcj(degrees(point))
  const out = to === 'BD09' ? toBaidu(gcj) : gcj
  return pointOf(out.lng, out.lat)
}
