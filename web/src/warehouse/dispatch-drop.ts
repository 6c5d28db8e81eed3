import { seqAt } from './dispatch-timeline.ts'
import type { Board, Place, Target } from './dispatch-types.ts'

/**
 * Where a held thing is: a run or free vehicle, and the place among its other stops; null: the cheapest one. Between
 * two trips a place is on either; without `trip` the better one is meant.
 */
export type Over = { key: string; seq: number | null; trip?: number }

export const keyOf = (target: Target): string => target.runId ?? target.vehicleId

/** What lies under the pointer: a row of the list, the track of the timetable, or a run or vehicle as a whole. */
export function overAt(x: number, y: number, movingId: string, board: Board | undefined): Over | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const spot = element.closest<HTMLElement>('[data-drop]')
    const key = spot?.dataset['drop']
    if (!spot || !key) continue
    const box = spot.getBoundingClientRect()
    const others = board?.runs
      .find((run) => run.runId === key)
      ?.stops.filter((stop) => stop.stopId !== movingId)
    const { dropStop, dropFrom, dropTo } = spot.dataset
    if (dropFrom && dropTo) {
      const at = Number(dropFrom) + ((x - box.left) / box.width) * (Number(dropTo) - Number(dropFrom))
      const starts = (others ?? []).map((stop) => stop.startAt)
      return { key, seq: seqAt(starts, at) }
    }
    if (dropStop && others) {
      const at = others.findIndex((stop) => stop.stopId === dropStop)
      // Over itself it stays where it is.
      if (at < 0) return { key, seq: 1 + indexIn(board, key, dropStop) }
      return { key, seq: at + 1 + (y > box.top + box.height / 2 ? 1 : 0) }
    }
    return { key, seq: null }
  }
  return null
}

const indexIn = (board: Board | undefined, runId: string, stopId: string): number =>
  board?.runs.find((run) => run.runId === runId)?.stops.findIndex((stop) => stop.stopId === stopId) ?? 0

/** The target and place meant, among those worked out; of a whole run the cheapest place. */
export function placeOf(
  targets: readonly Target[],
  over: Over | null,
): { target: Target | null; place: Place | null } {
  const target = targets.find((one) => over !== null && keyOf(one) === over.key) ?? null
  if (!target || !over) return { target: null, place: null }
  const there = target.places.filter(
    (one) => one.seq === over.seq && (over.trip === undefined || one.trip === over.trip),
  )
  const place = over.seq === null ? cheapest(target.places) : (cheapest(there) ?? target.places.at(-1))
  return { target, place: place ?? null }
}

/** Of places the product accepts, if there are such. */
const cheapest = (places: readonly Place[]): Place | undefined =>
  places.toSorted((a, b) => Number(a.refused) - Number(b.refused) || a.deltaFen - b.deltaFen)[0]

/** By keys: up and down over the places of a run, left and right over the runs. */
export function stepped(targets: readonly Target[], over: Over | null, key: string): Over | null {
  const { target, place } = placeOf(targets, over)
  const first = targets[0]
  // Not worked out yet: the step within the run is taken all the same.
  if (!first && over?.seq && (key === 'ArrowUp' || key === 'ArrowDown'))
    return { key: over.key, seq: Math.max(1, over.seq + (key === 'ArrowUp' ? -1 : 1)) }
  if (!target || !place) return first ? atCheapest(first) : over
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const next = target.places[target.places.indexOf(place) + (key === 'ArrowUp' ? -1 : 1)] ?? place
    return { key: keyOf(target), seq: next.seq, trip: next.trip }
  }
  const step = key === 'ArrowLeft' ? -1 : 1
  const next = targets[(targets.indexOf(target) + step + targets.length) % targets.length] as Target
  return atCheapest(next)
}

function atCheapest(target: Target): Over {
  const place = cheapest(target.places)
  return { key: keyOf(target), seq: place?.seq ?? 1, ...(place && { trip: place.trip }) }
}

/** Places worth trying first: those the product accepts, cheapest and least late first. */
export function bestPlaces(targets: readonly Target[], count: number): { target: Target; place: Place }[] {
  return targets
    .filter((target) => !target.refused)
    .flatMap((target) => {
      const place = cheapest(target.places)
      return place ? [{ target, place }] : []
    })
    .toSorted(
      (a, b) =>
        Number(a.target.troubles.length > 0) - Number(b.target.troubles.length > 0) ||
        a.place.deltaFen - b.place.deltaFen,
    )
    .slice(0, count)
}
