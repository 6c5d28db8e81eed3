import { deskMoves } from './desk.fixture.ts'
import type { House } from './house.fixture.ts'
import type { Life, Move } from './life.fixture.ts'

/** Moves of the desks for one of a buyer. */
const clerkShare = 0.6

type Playing = {
  readonly budget: number
  /** Is begun when half of it is done and the rest is still under way. */
  readonly late?: () => Promise<unknown>
}

/** Everybody acts until each buyer's people have acted so often. */
export async function play(
  house: House,
  lives: readonly Life[],
  moves: readonly Move[],
  { budget, late }: Playing,
): Promise<void> {
  const { dice } = house
  let acted = 0
  let begun: Promise<unknown> | undefined
  const act = async (life: Life) => {
    const open = moves.map((move) => ({ ...move, weight: move.weight(life, house) }))
    if (open.some((move) => move.weight > 0)) await dice.weighted(open).run(life, house)
    acted += 1
    if (late && acted > (lives.length * budget) / 2) begun ??= late()
  }
  const persons = lives.flatMap((life) => {
    let todo = budget
    const person = async () => {
      while (todo-- > 0) await act(life)
    }
    return Array.from({ length: dice.int(2, 3) }, person)
  })
  const clerk = async () => {
    for (let i = 0; i < lives.length * clerkShare; i += 1) {
      const open = deskMoves.map((move) => ({ ...move, weight: move.weight(house) }))
      await dice.weighted(open).run(house)
    }
  }
  await Promise.all([...persons, clerk()])
  await (begun ?? late?.())
}
