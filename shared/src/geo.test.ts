import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromWgs84, isPoint, metresBetween, type Point, pointOf, pointText, toWgs84 } from './geo.ts'

const inChina: fc.Arbitrary<Point> = fc.record({
  lngE6: fc.integer({ min: 74_000_000, max: 135_000_000 }),
  latE6: fc.integer({ min: 18_000_000, max: 53_000_000 }),
})

describe('reference systems', () => {
  it('matches published pairs of the algorithm', () => {
    // Tiananmen, the pair used by the public coordtransform implementations.
    const gcj = fromWgs84(pointOf(116.404, 39.915), 'GCJ02')
    expect(gcj).toEqual(pointOf(116.410244, 39.916404))
    const bd = fromWgs84(toWgs84(pointOf(116.404, 39.915), 'GCJ02'), 'BD09')
    // Rounded to a micro-degree on the way, so compared to the half metre.
    expect(metresBetween(bd, pointOf(116.410369, 39.921337))).toBe(0)
  })

  it('moves a Shanghai point by hundreds of metres, and nothing outside China', () => {
    const jiangqiao = pointOf(121.366, 31.263)
    expect(metresBetween(jiangqiao, fromWgs84(jiangqiao, 'GCJ02'))).toBeGreaterThan(300)
    const paris = pointOf(2.3522, 48.8566)
    expect(fromWgs84(paris, 'GCJ02')).toEqual(paris)
    expect(fromWgs84(jiangqiao, 'WGS84')).toEqual(jiangqiao)
  })

  it('comes back within a metre', () => {
    fc.assert(
      fc.property(inChina, fc.constantFrom('GCJ02' as const, 'BD09' as const), (point, system) => {
        expect(metresBetween(toWgs84(fromWgs84(point, system), system), point)).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('points and distances', () => {
  it('refuses places off the globe', () => {
    expect(() => pointOf(181, 0)).toThrow(RangeError)
    expect(() => pointOf(Number.NaN, 0)).toThrow(RangeError)
    expect(isPoint({ lngE6: 0.5, latE6: 0 })).toBe(false)
    expect(pointText(pointOf(121.266, 31.3745))).toBe('31.374500, 121.266000')
  })

  it('measures a degree of latitude and the way from Shaxian to Jiangqiao', () => {
    expect(metresBetween(pointOf(121, 31), pointOf(121, 32))).toBe(111_195)
    const km = metresBetween(pointOf(117.787, 26.4005), pointOf(121.366, 31.263)) / 1000
    expect(Math.abs(km - 642)).toBeLessThan(5)
  })

  it('is a distance', () => {
    fc.assert(
      fc.property(inChina, inChina, inChina, (a, b, c) => {
        expect(metresBetween(a, b)).toBe(metresBetween(b, a))
        expect(metresBetween(a, a)).toBe(0)
        expect(metresBetween(a, c)).toBeLessThanOrEqual(metresBetween(a, b) + metresBetween(b, c) + 2)
      }),
    )
  })
})
