/** Chances of a history: the same seed throws the same dice (mulberry32). */
export function diceOf(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  /** A whole number from `from` to `to`, both counted. */
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  const maybe = (share: number): boolean => next() < share
  const one = <T>(list: readonly T[]): T => list[int(0, list.length - 1)] as T
  const weighted = <T extends { weight: number }>(list: readonly T[]): T => {
    let left = next() * list.reduce((sum, item) => sum + item.weight, 0)
    for (const item of list) {
      left -= item.weight
      if (left < 0) return item
    }
    return list.at(-1) as T
  }
  return { int, maybe, one, weighted }
}
export type Dice = ReturnType<typeof diceOf>
