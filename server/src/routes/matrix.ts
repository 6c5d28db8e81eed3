import { metresBetween, type Point, pointOf } from '@huming/shared/geo'

/** Travel between the points it was asked for, by index. A point to itself is 0. */
export type TravelTimes = {
  seconds: (from: number, to: number) => number
  metres: (from: number, to: number) => number
  /** Where the figures come from, with version; kept with the plan. */
  source: string
}

/** The port: a live map service or a road graph can stand behind it. `departHour` is an hour of the day. */
export type TravelTimeProvider = (
  points: readonly Point[],
  when: { departHour: number },
) => Promise<TravelTimes>

/**
 * Road over straight line by straight-line metres. The mean over 25 Chinese cities is 1.324, higher on short
 * trips (Annals of GIS 27(4), 2021, doi 10.1080/19475683.2021.1966503); the split into bands is our assumption.
 */
const detours = [
  { upToMetres: 2_000, percent: 145 },
  { upToMetres: 10_000, percent: 135 },
  { upToMetres: Number.POSITIVE_INFINITY, percent: 128 },
] as const

/** People's Square; the ring roads run about this far around it. */
const centre = pointOf(121.4737, 31.2304)
const ringMetres = [6_000, 10_000, 16_000] as const

/**
 * Delivery vans in Shanghai, km/h: within the inner, middle and outer ring, and beyond, from an hour on.
 * Assumption of 2026-11 (night 32–40 in the city, day peak 18–22), to be calibrated from drivers' arrivals.
 */
const speeds = [
  { fromHour: 0, kmh: [34, 37, 42, 50] },
  { fromHour: 5, kmh: [28, 32, 38, 46] },
  { fromHour: 7, kmh: [18, 20, 26, 38] },
  { fromHour: 10, kmh: [22, 25, 32, 42] },
  { fromHour: 16, kmh: [18, 20, 26, 38] },
  { fromHour: 20, kmh: [28, 32, 38, 46] },
] as const

/** Finding a place to stand and walking to the door, at each arrival. */
const parkingSeconds = 90
const version = '2026-11'

/** Great circle × detour, speed by ring and hour. Needs no network and gives the same answer always. */
export const greatCircleTimes: TravelTimeProvider = async (points, { departHour }) => {
  const kmh = points.map((point) => speedAt(point, departHour))
  const metres = (from: number, to: number): number =>
    from === to ? 0 : roadMetres(metresBetween(at(points, from), at(points, to)))
  return {
    metres,
    seconds: (from, to) => {
      const road = metres(from, to)
      if (road === 0) return 0
      const speed = (at(kmh, from) + at(kmh, to)) / 2
      return Math.ceil((road * 3.6) / speed) + parkingSeconds
    },
    source: `great-circle ${version}`,
  }
}

function roadMetres(straight: number): number {
  const band = detours.find((d) => straight < d.upToMetres)
  return Math.round((straight * (band?.percent ?? 100)) / 100)
}

function speedAt(point: Point, hour: number): number {
  const far = metresBetween(centre, point)
  const ring = ringMetres.filter((metres) => far >= metres).length
  const band = speeds.findLast((s) => s.fromHour <= hour) ?? speeds[0]
  return band.kmh[ring] as number
}

function at<T>(list: readonly T[], index: number): T {
  const value = list[index]
  if (value === undefined) throw new RangeError(`no point ${index}`)
  return value
}
