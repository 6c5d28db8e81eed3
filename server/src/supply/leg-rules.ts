import { ZONES, type Zone, type ZoneFacts } from '@huming/shared/reference/zones'

/** A part of the way as it is planned. */
export type PlannedLeg = {
  readonly mode: string
  readonly fromPlace: string
  readonly toPlace: string
  readonly departsAt: Date
  readonly arrivesAt: Date
}

/** The first leg that does not follow from the one before it, and why; null when the way holds together. */
export function legFlaw(legs: readonly PlannedLeg[]): { index: number; reason: string } | null {
  for (const [index, leg] of legs.entries()) {
    const before = legs[index - 1]
    if (leg.arrivesAt <= leg.departsAt) return { index, reason: 'arrives_before_departing' }
    if (leg.fromPlace === leg.toPlace) return { index, reason: 'same_place' }
    if (before && before.toPlace !== leg.fromPlace) return { index, reason: 'other_place' }
    if (before && leg.departsAt < before.arrivesAt) return { index, reason: 'departs_before_arrival' }
  }
  const [first, last] = [legs[0], legs.at(-1)]
  const days = first && last ? (last.arrivesAt.getTime() - first.departsAt.getTime()) / 86_400_000 : 0
  return days > wayDaysMax ? { index: legs.length - 1, reason: 'too_long' } : null
}
/** Nothing from Sanming is longer on the way, rail freight included. */
const wayDaysMax = 7

/** Zones on board that need a reading at each hand-over and have none. */
export function readingsMissing(zones: readonly Zone[], readings: readonly { zone: string }[]): Zone[] {
  const read = new Set(readings.map((one) => one.zone))
  return zones.filter((zone) => ZONES[zone].readingRequired && !read.has(zone))
}

/** May the vehicle's zone be set so? Within the zone's own target; goods that must not freeze have a least one. */
export function setPointFits(zone: Zone, deciC: number): boolean {
  const { target }: ZoneFacts = ZONES[zone]
  return deciC <= target.max && (target.min === null || deciC >= target.min)
}
