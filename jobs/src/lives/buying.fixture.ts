import { acceptOrder } from '@huming/server/orders/accept-order'
import { answerWeight } from '@huming/server/orders/answer-weight'
import { cancelOrder } from '@huming/server/orders/cancel-order'
import { placeOrder } from '@huming/server/orders/place-order'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { lineAmountFen } from '@huming/shared/money'
import { ask, seen } from './ask.fixture.ts'
import type { House } from './house.fixture.ts'
import type { Life, Move } from './life.fixture.ts'

/** The day for which a round buys. */
export const deliveryDay = (house: House) => addDays(serviceDayOf(house.clock.opened), 2)

/** One to three packs, each a few units, with the sum the buyer sees: list price 50.00 yuan. */
function basket(house: House, life: Life) {
  const { dice, skus } = house
  const lines = skus
    .filter((_, i) => i === 0 || dice.maybe(0.35))
    .map((sku) => ({ sku, units: dice.int(1, 4) }))
    .slice(dice.maybe(0.2) ? 1 : 0)
  const wanted = lines.length > 0 ? lines : [{ sku: dice.one(skus), units: 1 }]
  const expectedTotalFen = wanted.reduce(
    (sum, { sku, units }) =>
      sum +
      lineAmountFen({
        priceCentifen: 500_000,
        pricingBase: sku.basePerPriceUnit,
        quantity: units * sku.basePerOrderUnit,
      }),
    0,
  )
  return {
    siteId: life.siteId,
    day: deliveryDay(house),
    windowFrom: 60,
    windowTo: 390,
    expectedTotalFen,
    shortageRule: dice.maybe(0.8) ? ('partial' as const) : ('cancel_line' as const),
    note: '',
    lines: wanted.map(({ sku, units }) => ({ skuId: sku.id, units })),
  }
}

async function put(life: Life, house: House, order: Life['orders'][number], version: number): Promise<void> {
  const body = { ...basket(house, life), version }
  const name = version === 0 ? 'place' : 'edit'
  const placed = await ask(house, name, () => placeOrder(life.who(), order.id, body))
  if (placed) order.version = placed.version
}

/** What a buyer does until the cut-off; some of it goes on being tried afterwards, and is refused. */
export const buying: readonly Move[] = [
  {
    name: 'place',
    weight: (life) => [12, 0.4][life.orders.length] ?? 0,
    run(life, house) {
      const order = { id: newId(), version: 0 }
      life.orders.push(order)
      return put(life, house, order, 0)
    },
  },
  {
    name: 'edit',
    weight: (life) => (life.orders.length > 0 ? 2.5 : 0),
    run(life, house) {
      const order = house.dice.one(life.orders)
      return put(life, house, order, Math.max(1, seen(house, order.version)))
    },
  },
  {
    name: 'cancel',
    weight: (life) => (life.orders.length > 0 ? 1 : 0),
    run: (life, house) =>
      ask(house, 'cancel', () => cancelOrder(life.who(), house.dice.one(life.orders).id, '')),
  },
]

/** What a buyer says of goods that are there. */
export const receiving: readonly Move[] = [
  {
    name: 'accept',
    weight: (life) => (life.isDelivered ? 0.7 : 0),
    run: (life, house) =>
      ask(house, 'accept', () => acceptOrder(life.who(), house.dice.one(life.orders).id, '')),
  },
  {
    name: 'answer a weight',
    weight: (life) => (life.isDelivered && life.aboard.some((one) => one.catchWeight) ? 2 : 0),
    run(life, house) {
      const line = house.dice.one(life.aboard.filter((one) => one.catchWeight))
      const agree = house.dice.maybe(0.7)
      return ask(house, 'answer a weight', () =>
        answerWeight(life.who(), line.orderId, line.orderLineId, agree),
      )
    },
  },
]
