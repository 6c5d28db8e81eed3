import { expect, test } from 'vitest'
import { newId, sayableNumber } from './ids.ts'

test('ids are valid UUIDv7, unique and in the order made', () => {
  const ids = Array.from({ length: 20_000 }, () => newId())
  for (const id of ids.slice(0, 500))
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(ids).size).toBe(ids.length)
  expect([...ids].sort()).toEqual(ids)
})

test('an id carries its time', () => {
  const at = Date.UTC(2030, 0, 1)
  expect(Number.parseInt(newId(at).replaceAll('-', '').slice(0, 12), 16)).toBeGreaterThanOrEqual(at)
})

test('sayable numbers of many ids do not collide', () => {
  const numbers = Array.from({ length: 20_000 }, () => sayableNumber('D', newId()))
  expect(new Set(numbers).size).toBe(numbers.length)
  for (const n of numbers.slice(0, 100)) expect(n).toMatch(/^D[0-9A-HJ-NP-Z]{9}$/)
})
