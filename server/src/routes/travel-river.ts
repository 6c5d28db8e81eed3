import type { Point } from '@huming/shared/geo'

/**
 * The Huangpu from its mouth to Minhang as a rough line, [longitude, latitude]; read off a map to some 300 m, which
 * is enough to tell which bank a place is on.
 */
const huangpu: readonly (readonly [number, number])[] = [
  [121.506, 31.398],
  [121.5, 31.36],
  [121.515, 31.325],
  [121.548, 31.3],
  [121.563, 31.27],
  [121.53, 31.251],
  [121.502, 31.247],
  [121.491, 31.236],
  [121.507, 31.215],
  [121.498, 31.19],
  [121.466, 31.181],
  [121.457, 31.155],
  [121.468, 31.12],
  [121.452, 31.08],
  [121.43, 31.035],
  [121.37, 31.0],
  [121.3, 30.985],
]

/** Bridges and tunnels are some way off and busy; assumption of 2026-11, to be calibrated by arrivals. */
export const crossing = { seconds: 180, metres: 1200 } as const

type Vertex = readonly [number, number]
const vertex = ({ lngE6, latE6 }: Point): Vertex => [lngE6 / 1e6, latE6 / 1e6]
const turn = (a: Vertex, b: Vertex, c: Vertex): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
const cross = (a: Vertex, b: Vertex, c: Vertex, d: Vertex): boolean =>
  turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b)

/** Does the straight line between two places cross the river to the other bank? Twice over is no crossing. */
export function crossesRiver(from: Point, to: Point): boolean {
  const [a, b] = [vertex(from), vertex(to)]
  let times = 0
  for (let i = 1; i < huangpu.length; i++) {
    if (cross(a, b, huangpu[i - 1] as Vertex, huangpu[i] as Vertex)) times++
  }
  return times % 2 === 1
}
