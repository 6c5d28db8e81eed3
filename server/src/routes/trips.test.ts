import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inOrder, putAt, renumbered, tripsAt } from './trips.ts'

const on = (...trips: number[]) => trips.map((trip) => ({ trip }))

test('a place belongs to its neighbours’ trips; only the end opens a new one, while the vehicle may', () => {
  expect(tripsAt([], 0, 2)).toEqual([1])
  expect([0, 1, 2, 3].map((at) => tripsAt(on(1, 1, 2), at, 2))).toEqual([[1], [1], [1, 2], [2]])
  expect(tripsAt(on(1, 1), 2, 2)).toEqual([1, 2])
  expect(tripsAt(on(1, 1), 2, 1)).toEqual([1])
  // A run that makes more trips than its vehicle may is not made worse.
  expect(tripsAt(on(1, 2), 2, 1)).toEqual([2])
})

test('whatever is put at any place on any of its trips can be driven, and taking out leaves no gap', () => {
  const trips = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 8 })
  fc.assert(
    fc.property(trips, fc.nat(8), fc.integer({ min: 1, max: 4 }), (list, place, tripsMax) => {
      const stops = renumbered(on(...list.toSorted((a, b) => a - b)))
      expect([...new Set(stops.map((stop) => stop.trip))]).toEqual(
        Array.from({ length: new Set(list).size }, (_, i) => i + 1),
      )
      const at = Math.min(place, stops.length)
      for (const trip of [null, ...tripsAt(stops, at, tripsMax)]) {
        const put = putAt(stops, { trip: 0 }, at, trip)
        expect(inOrder(put)).toBe(true)
        expect(put).toHaveLength(stops.length + 1)
      }
    }),
  )
})

test('a stop on a trip of the wrong side of its neighbours is told', () => {
  expect(inOrder(putAt(on(1, 2), { trip: 0 }, 0, 2))).toBe(false)
  expect(inOrder(putAt(on(1, 2), { trip: 0 }, 2, 1))).toBe(false)
})
