import { makeLot, makeSku } from '@huming/db/factories'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { lineAmountFen } from '@huming/shared/money'
import { expect } from 'vitest'
import { planWave } from '../picking/plan-wave.ts'
import { askCallOffs } from '../supply/ask-call-offs.ts'
import type { Answer, TestApp } from '../test-app.ts'
import type { Parties } from './parties.fixture.ts'

export const today = serviceDayOf(new Date())
export const inDays = (count: number): string => addDays(today, count)

/** The answer's body; a refusal ends the test, for the world must stand before it is walked. */
export function well<A extends Answer<never> | { status: number; body: unknown }>(answer: A): A['body'] {
  expect(answer).toMatchObject({ status: 200 })
  return answer.body
}

type Sku = Awaited<ReturnType<typeof makeSku>>

/** Packs and lots of a side in every stage that a door asks for. */
export async function lotsOf(t: TestApp, { orgs, hub, guests }: Parties) {
  const pack = (over: object = {}) => makeSku(t.db, orgs.coop.id, over)
  const lot = async (stage: string, sku?: Sku) =>
    makeLot(t.db, sku ?? (await pack()), hub.id, 500_000, { stage })
  const held = await lot('made')
  well(await t.call('stock.holdLot', { params: { id: held.id }, body: { reason: '示例' } }, guests.quality))
  const declared = {
    skuId: (await pack()).id,
    hubId: hub.id,
    code: `DECLARED-${held.id.slice(-12).toUpperCase()}`,
    stage: 'planned' as const,
    quantity: 100_000,
    readyDay: inDays(3),
    useByDay: inDays(20),
  }
  const declaredId = newId()
  well(await t.call('stock.declareLot', { params: { id: declaredId }, body: declared }, guests.lister))
  const [ambient, chilled] = [await pack(), await pack({ zone: 'chilled' })]
  return {
    ambient,
    chilled,
    /** A pack that nobody orders, for its supplier to write. */
    idle: await pack(),
    stock: [await lot('received', ambient), await lot('received', chilled)],
    planned: await lot('planned'),
    made: await lot('made'),
    received: await lot('received'),
    held,
    declared: { id: declaredId, body: declared },
  }
}
export type Lots = Awaited<ReturnType<typeof lotsOf>>

/** Orders of a side's buyer from basket to wave, and what the hub and the supplier make of them. */
export async function ordersOf(t: TestApp, { orgs, hub, site, guests }: Parties, { ambient, chilled }: Lots) {
  const bodyOf = (day: string, units: number, sku: Sku = ambient) => ({
    siteId: site.id,
    day,
    windowFrom: site.windowFrom,
    windowTo: site.windowTo,
    expectedTotalFen: lineAmountFen({
      priceCentifen: 500_000,
      pricingBase: sku.basePerPriceUnit,
      quantity: units * sku.basePerOrderUnit,
    }),
    lines: [{ skuId: sku.id, units }],
  })
  const place = async (day: string, units = 1, sku = ambient): Promise<string> => {
    const id = newId()
    well(await t.call('orders.place', { params: { id }, body: bodyOf(day, units, sku) }, guests.purchaser))
    return id
  }
  const freeze = (day: string) =>
    t.sql`update orders set status = 'frozen', frozen_at = now() where hub_id = ${hub.id} and day = ${day}`
  const wave = async (day: string): Promise<string> => {
    await freeze(day)
    return (await planWave(t.system(), { hubId: hub.id, day })) as string
  }
  const open = await place(inDays(2))
  const toCancel = await place(inDays(2))
  const awaiting = await place(inDays(2), 25)
  await place(inDays(3))
  await freeze(inDays(3))
  await place(inDays(4))
  const planned = await wave(inDays(4))

  const farm = await makeSku(t.db, orgs.coop.id)
  await makeLot(t.db, farm, hub.id, 500_000, { stage: 'made' })
  await place(inDays(5), 2, farm)
  await freeze(inDays(5))
  await askCallOffs(t.system(), { hubId: hub.id, day: inDays(5) })
  const [callOff] = well(await t.call('supply.listCallOffs', {}, guests.lister)).items

  await place(inDays(6))
  await place(inDays(6))
  await place(inDays(6), 1, chilled)
  const picking = await wave(inDays(6))
  well(await t.call('picking.releaseWave', { params: { id: picking } }, guests.lead))
  const tasks = well(await t.call('picking.listTasks', { params: { id: picking } }, guests.picker)).items
  const done = tasks.find((task) => task.zone === 'chilled') as (typeof tasks)[number]
  const doneBody = { lot: done.lotCode, quantity: done.quantity }
  well(await t.call('picking.pick', { params: { id: done.id }, body: doneBody }, guests.picker))
  const [toPick, toShort] = tasks.filter((task) => task.zone === 'ambient')
  return {
    open: { id: open, change: bodyOf(inDays(2), 3) },
    toCancel,
    awaiting,
    callOff: callOff as NonNullable<typeof callOff>,
    waves: { planned, picking },
    tasks: { toPick: toPick as typeof done, toShort: toShort as typeof done, done },
  }
}
export type Orders = Awaited<ReturnType<typeof ordersOf>>
