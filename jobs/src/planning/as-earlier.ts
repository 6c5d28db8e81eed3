import type { Around } from '@huming/server/routes/plan-around'
import type { RoutePlan } from '../solver/model.ts'
import type { Asked } from './as-problem.ts'

/** The plan in force as a start for the solver, which keeps of it what still holds. Times are not needed for that. */
export function asEarlier({ visits }: Asked, around: Around): RoutePlan {
  const placed = [...visits].flatMap(([stop, visit]) => {
    const places = visit.orderIds.flatMap((id) => around.places.get(id) ?? [])
    const place = places.find(({ vehicleId }) => vehicleId === visit.formerVehicleId)
    return place ? [{ stop, ...place }] : []
  })
  const byVehicle = Map.groupBy(placed, (place) => place.vehicleId)
  const runs = [...byVehicle].map(([vehicle, own]) => ({
    vehicle,
    trips: tripsOf(own),
    rests: [],
    cost: 0,
  }))
  return { runs, unserved: [], cost: 0 }
}

function tripsOf(own: readonly { stop: string; seq: number; trip: number }[]) {
  const sorted = own.toSorted((a, b) => a.seq - b.seq)
  return [...Map.groupBy(sorted, (place) => place.trip)]
    .toSorted(([a], [b]) => a - b)
    .map(([, stops]) => ({
      depart: 0,
      finish: 0,
      visits: stops.map(({ stop }) => ({ stop, arrive: 0, start: 0, leave: 0 })),
    }))
}
