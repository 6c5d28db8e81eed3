import { deliver } from '@huming/server/delivery/deliver'
import { pickTask } from '@huming/server/picking/pick-task'
import { shortTask } from '@huming/server/picking/short-task'
import { contracts } from '@huming/shared/contracts/all'
import { ask } from './ask.fixture.ts'
import type { House } from './house.fixture.ts'
import type { Handed, Life, Move, Task } from './life.fixture.ts'

/** Picks a task: weighed goods a little off, now and then far too heavy; two people may reach for the same. */
export async function pick(life: Life, house: House, task: Task): Promise<void> {
  const { dice } = house
  // Mostly nobody else reaches for it meanwhile.
  if (dice.maybe(0.85)) life.tasks = life.tasks.filter((one) => one.id !== task.id)
  const overweight = task.catchWeight && dice.maybe(0.3)
  const share = overweight ? dice.int(106, 140) : dice.int(96, 105)
  const quantity = task.catchWeight ? Math.floor((task.quantity * share) / 100) : task.quantity
  const body = { lot: task.lot, quantity, overweight, otherLotReason: '' }
  const who = dice.one([house.lead, house.picker])
  await ask(house, 'pick', () => pickTask(who(), task.id, body))
  life.tasks = life.tasks.filter((one) => one.id !== task.id)
}

async function short(life: Life, house: House, task: Task): Promise<void> {
  const { dice } = house
  const body = {
    quantity: dice.maybe(0.5) ? 0 : dice.int(0, task.quantity),
    reason: dice.one(['missing', 'damaged', 'misplaced'] as const),
  }
  const who = dice.one([house.lead, house.picker])
  const done = await ask(house, 'pick short', () => shortTask(who(), task.id, body))
  life.tasks = life.tasks.filter((one) => one.id !== task.id)
  const next = done?.replacement
  if (next) life.tasks.push({ ...task, id: next.id, lot: next.lotCode, quantity: next.quantity })
}

export const picking: readonly Move[] = [
  {
    name: 'pick',
    weight: (life) => life.tasks.length * 5,
    run: (life, house) => pick(life, house, house.dice.one(life.tasks)),
  },
  {
    name: 'pick short',
    weight: (life) => (life.tasks.length > 0 ? 0.7 : 0),
    run: (life, house) => short(life, house, house.dice.one(life.tasks)),
  },
]

/** Hands over what is aboard; something is refused at the door, seldom all of it. */
export async function handOver(life: Life, house: House): Promise<void> {
  const { dice, driver, signatureId, clock } = house
  const roll = dice.int(1, 100)
  const refused = ({ quantity }: Handed) =>
    roll <= 4 ? quantity : roll <= 18 && dice.maybe(0.6) ? dice.int(1, quantity) : 0
  const lines = life.aboard.map((one) => {
    const back = refused(one)
    const { orderLineId, lotId, quantity } = one
    const reason = back > 0 ? 'damaged' : null
    return { orderLineId, lotId, delivered: quantity - back, refused: back, reason }
  })
  const told = { lines, receiverName: '示例收货人', signatureFileId: signatureId, temperatureDeciC: 40 }
  const body = contracts['delivery.deliver'].body.parse(told)
  const id = life.stopId as string
  life.isAtDoor = true
  const done = await ask(house, 'deliver', () => deliver(driver(clock.now), { ...body, id }))
  if (!done) return
  life.isDelivered = true
  life.aboard = life.aboard
    .map((one, i) => ({ ...one, quantity: lines[i]?.delivered ?? 0 }))
    .filter((one) => one.quantity > 0)
}

export const delivering: readonly Move[] = [
  {
    name: 'deliver',
    weight: (life) =>
      life.stopId === null || life.isDelivered || life.aboard.length === 0 ? 0 : life.isAtDoor ? 0.4 : 8,
    run: handOver,
  },
]
