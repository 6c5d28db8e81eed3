/** What rides on a trip of a run: 1 for the first, a higher one follows a reload at the hub. Trips never go back. */
type OnTrip = { readonly trip: number }

/**
 * Trips that something put at a place among these stops can belong to: that of its neighbours, and at the end one trip
 * more as long as the vehicle may make it.
 */
export function tripsAt(stops: readonly OnTrip[], at: number, tripsMax: number): number[] {
  const before = stops[at - 1]?.trip ?? stops[0]?.trip ?? 1
  const after = stops[at]?.trip ?? (stops.length > 0 && before < tripsMax ? before + 1 : before)
  return Array.from({ length: after - before + 1 }, (_, i) => before + i)
}

/** Puts it at a place; without a trip on that of the stop before it: a newcomer does not part a trip. */
export const putAt = <T extends OnTrip>(stops: readonly T[], one: T, at: number, trip: number | null): T[] =>
  stops.toSpliced(at, 0, { ...one, trip: trip ?? (stops[at - 1] ?? stops[at])?.trip ?? 1 })

/** Trips counted from 1 without a gap, as they are after the last stop of one has left. */
export function renumbered<T extends OnTrip>(stops: readonly T[]): T[] {
  const trips = [...new Set(stops.map((stop) => stop.trip))]
  return stops.map((stop) => ({ ...stop, trip: trips.indexOf(stop.trip) + 1 }))
}

/** Is this the order in which trips can be driven? */
export const inOrder = (stops: readonly OnTrip[]): boolean =>
  stops.every((stop, i) => i === 0 || stop.trip >= (stops[i - 1]?.trip ?? 0))
