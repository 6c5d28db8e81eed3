import { hash } from 'node:crypto'

/** Rows that were always there are dated from here, so that everything made later is newer. */
export const sampleEpoch = new Date('2024-01-01T00:00:00Z')

/**
 * An id in the form of a UUIDv7 that follows from a name: the same sample thing has the same id in every
 * database. Ids sort by `at`, like those made at run time.
 */
export function sampleId(name: string, at: Date = sampleEpoch): string {
  const time = at.getTime().toString(16).padStart(12, '0')
  const tail = hash('sha256', `huming sample ${name}`, 'hex')
  const variant = ((Number.parseInt(tail.slice(3, 4), 16) & 0x3) | 0x8).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-${variant}${tail.slice(4, 7)}-${tail.slice(8, 20)}`
}

/** Numbers that look random and are the same in every run. */
export type Dice = {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number
  /** One of the list, which must not be empty. */
  one<T>(list: readonly T[]): T
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean
}

/** Dice that fall the same way whenever they are made with the same word (mulberry32). */
export function diceOf(word: string): Dice {
  let state = Number.parseInt(hash('sha256', word, 'hex').slice(0, 8), 16)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    one: (list) => list[Math.floor(next() * list.length)] as (typeof list)[number],
    chance: (percent) => next() * 100 < percent,
  }
}
