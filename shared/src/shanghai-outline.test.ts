import { expect, test } from 'vitest'
import { SHANGHAI_DISTRICTS } from './districts.ts'
import type { Point } from './geo.ts'
import { SHANGHAI_OUTLINES } from './shanghai-outline.ts'

/** Even–odd rule. */
function inside({ lngE6: x, latE6: y }: Point, ring: readonly Point[]): boolean {
  return ring.reduce((odd, a, i) => {
    const b = ring[(i + 1) % ring.length] as Point
    const spans = a.latE6 > y !== b.latE6 > y
    const at = ((b.lngE6 - a.lngE6) * (y - a.latE6)) / (b.latE6 - a.latE6) + a.lngE6
    return spans && x < at ? !odd : odd
  }, false)
}

test('every district has an outline, and its seat lies in its own and in no other', () => {
  for (const district of SHANGHAI_DISTRICTS) {
    const around = SHANGHAI_OUTLINES.filter(({ points }) => inside(district.point, points))
    expect([district.name.en, around.map(({ code }) => code)]).toEqual([district.name.en, [district.code]])
  }
})

test('outlines are closed rings without a step longer than an island', () => {
  for (const { code, points } of SHANGHAI_OUTLINES) {
    expect(points.length, code).toBeGreaterThan(4)
    const lngs = points.map((point) => point.lngE6)
    expect(Math.max(...lngs) - Math.min(...lngs), code).toBeLessThan(900_000)
  }
})
