import {
  answerDispute,
  confirmStatement,
  disputeLine,
  sendStatement,
} from '@huming/server/settlement/answer-statement'
import { newId } from '@huming/shared/ids'
import { ask, seen } from './ask.fixture.ts'
import type { House } from './house.fixture.ts'
import type { Life, Move } from './life.fixture.ts'

type Stated = Life['statements'][number]

const onOne = async (
  life: Life,
  house: House,
  name: string,
  act: (one: Stated) => Promise<{ version: number }>,
): Promise<boolean> => {
  const one = house.dice.one(life.statements)
  const moved = await ask(house, name, () => act(one))
  if (moved) one.version = moved.version
  return moved !== null
}

const some = (life: Life, weight: number): number => (life.statements.length > 0 ? weight : 0)

/** A statement is sent, objected to, answered and confirmed, in whatever order people come. */
export const stating: readonly Move[] = [
  {
    name: 'send',
    weight: (life) => (life.statements.some((one) => one.version === 1) ? 5 : 0),
    run: (life, house) =>
      onOne(life, house, 'send a statement', (one) =>
        sendStatement(house.finance(), one.id, seen(house, one.version)),
      ),
  },
  {
    name: 'confirm',
    weight: (life) => (life.statements.some((one) => one.version > 1) ? 1.5 : 0),
    run: (life, house) =>
      onOne(life, house, 'confirm a statement', (one) =>
        confirmStatement(life.who(), one.id, seen(house, one.version)),
      ),
  },
  {
    name: 'object',
    weight: (life) => some(life, 0.6),
    async run(life, house) {
      const input = { id: newId(), transferId: life.statements[0]?.transferId as string, reason: '示例' }
      const one = life.statements[0] as Stated
      const moved = await ask(house, 'object to a line', () => disputeLine(life.who(), one.id, input))
      if (moved) one.disputes.push(input.id)
      if (moved) one.version = moved.version
    },
  },
  {
    name: 'answer',
    weight: (life) => (life.statements.some((one) => one.disputes.length > 0) ? 2.5 : 0),
    async run(life, house) {
      const one = life.statements.find(({ disputes }) => disputes.length > 0) as Stated
      const disputeId = house.dice.one(one.disputes)
      const input = { disputeId, outcome: house.dice.one(['kept', 'corrected'] as const), answer: '示例' }
      const moved = await ask(house, 'answer an objection', () =>
        answerDispute(house.finance(), one.id, input),
      )
      if (moved) one.version = moved.version
    },
  },
]
