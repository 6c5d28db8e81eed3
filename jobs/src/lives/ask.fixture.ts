import { Fault } from '@huming/server/kernel/fault'
import { sqlState } from '@huming/server/kernel/transaction'
import type { House } from './house.fixture.ts'

/** What a door would tell as `unavailable`: somebody waited too long for a lock. */
const outage = /^(55P03|40P01|40001)/

const count = (counts: Map<string, number>, key: string): void =>
  void counts.set(key, (counts.get(key) ?? 0) + 1)

async function once<T>(house: House, name: string, act: () => Promise<T>): Promise<T | null> {
  try {
    const answer = await act()
    count(house.done, name)
    return answer
  } catch (error) {
    const code =
      error instanceof Fault ? error.code : outage.test(sqlState(error) ?? '') ? 'unavailable' : null
    if (code === null) throw error
    count(house.refused, `${name} ${code}`)
    return null
  }
}

/**
 * Does what somebody asks for. A refusal is a fair answer, a fault of the product is not. Now and then the same request
 * comes twice at once, as from a phone that lost the answer: never is one of the two a fault.
 */
export async function ask<T>(house: House, name: string, act: () => Promise<T>): Promise<T | null> {
  if (!house.dice.maybe(0.1)) return once(house, name, act)
  const [first, second] = await Promise.all([once(house, name, act), once(house, name, act)])
  return first ?? second
}

/** The version somebody saw; now and then an old one. */
export const seen = (house: House, version: number): number => (house.dice.maybe(0.1) ? version - 1 : version)
