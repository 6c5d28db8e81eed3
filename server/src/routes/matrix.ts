import { metresBetween, type Point, pointOf } from '@huming/shared/geo'
import { crossesRiver, crossing } from './travel-river.ts'

/** Travel between the points it was asked for, by index. A point to itself is 0. */
export type TravelTimes = {
  seconds: (from: number, to: number) => number
  metres: (from: number, to: number) => number
  /** Where the figures come from, with version; kept with the plan. */
  source: string
}

/** When the trips begin: an hour of the day in Shanghai. */
export type When = { departHour: number }

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
 * Assumption of 2026-11 (night 32–40 in the city, day peak 18–22); our drivers' arrivals correct it by ratio.
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

const bandOf = (hour: number) => speeds.findLast((band) => band.fromHour <= hour) ?? speeds[0]
/** The hour from which traffic is taken to be as at this hour. */
export const hourBand = (hour: number): number => bandOf(hour).fromHour

/** 0 within the inner ring road … 3 beyond the outer one. */
export const ringOf = (point: Point): number =>
  ringMetres.filter((metres) => metresBetween(centre, point) >= metres).length

/** Taken over reckoned driving time to a ring, basis points; 10,000 where nothing is known. */
export type Learned = { readonly ratioBp: (ring: number) => number; readonly asOf: string }

/** Great circle × detour, river, speed by ring and hour, corrected by what was learned. Needs no network. */
export function reckonedTimes(
  points: readonly Point[],
  { departHour }: When,
  learned?: Learned,
): TravelTimes {
  const kmh = points.map((point) => bandOf(departHour).kmh[ringOf(point)] as number)
  const ratio = points.map((point) => learned?.ratioBp(ringOf(point)) ?? 10_000)
  const crossings = (from: number, to: number): number =>
    crossesRiver(at(points, from), at(points, to)) ? 1 : 0
  const metres = (from: number, to: number): number => {
    if (from === to) return 0
    const road = roadMetres(metresBetween(at(points, from), at(points, to)))
    return road === 0 ? 0 : road + crossings(from, to) * crossing.metres
  }
  return {
    metres,
    seconds: (from, to) => {
      const road = metres(from, to)
      if (road === 0) return 0
      const speed = (at(kmh, from) + at(kmh, to)) / 2
      const driven = (road * 3.6) / speed + crossings(from, to) * crossing.seconds
      return Math.ceil((driven * at(ratio, to)) / 10_000) + parkingSeconds
    },
    source: `great-circle ${version}${learned ? ` + learned ${learned.asOf}` : ''}`,
  }
}

function roadMetres(straight: number): number {
  const band = detours.find((d) => straight < d.upToMetres)
  return Math.round((straight * (band?.percent ?? 100)) / 100)
}

function at<T>(list: readonly T[], index: number): T {
  const value = list[index]
  if (value === undefined) throw new RangeError(`no point ${index}`)
  return value
}
