import type { Problem, Stop, Vehicle } from './model.ts'
import { Random } from './random.ts'

const METRES_PER_KM = 1000
const DETOUR = 1.32

/**
 * 示例: a made-up night of deliveries in a city the size of Shanghai: stops in 25 districts, windows of
 * 90 to 240 minutes, vans of 2.8 t, one warehouse. For measuring, not for planning.
 */
export function sampleCity(count: number, seed: number): Problem {
  const random = new Random(seed)
  const spread = () => random.unit() + random.unit() + random.unit() - 1.5
  const centres = Array.from({ length: 25 }, () => [spread() * 22, spread() * 22] as const)
  const points: [number, number][] = [[-12, 4]]
  for (let i = 0; i < count; i++) {
    const [x, y] = centres[random.below(centres.length)]!
    points.push([x + spread() * 4, y + spread() * 4])
  }
  const places = points.length
  const metres = new Int32Array(places * places)
  const seconds = new Int32Array(places * places)
  points.forEach(([ax, ay], a) => {
    points.forEach(([bx, by], b) => {
      const km = Math.hypot(ax - bx, ay - by) * DETOUR
      metres[a * places + b] = Math.round(km * METRES_PER_KM)
      seconds[a * places + b] = a === b ? 0 : Math.round((km / 28) * 3600 + 60)
    })
  })
  const stops = Array.from({ length: count }, (_, i): Stop => {
    const from = (90 + random.below(300)) * 60
    const kg = 20 + random.below(120)
    return {
      id: `S${i + 1}`,
      place: i + 1,
      loads: [{ zone: 'chilled', kg, m3: kg / 250 }],
      windows: [{ from, to: from + (90 + random.below(151)) * 60 }],
      serviceSeconds: 240 + random.below(360),
    }
  })
  const vehicles = Array.from(
    { length: Math.ceil(count / 14) + 10 },
    (_, v): Vehicle => ({
      id: `V${v + 1}`,
      start: 0,
      end: 0,
      shift: { from: 0, to: 11 * 3600 },
      fixedCost: 0,
      layouts: [[{ zones: ['chilled'], kg: 2800, m3: 14 }]],
    }),
  )
  // Cost in seconds driven, so that figures compare across changes of price.
  return { places, metres, seconds, stops, vehicles, weights: { metre: 0, second: 1, unserved: 1e7 } }
}
