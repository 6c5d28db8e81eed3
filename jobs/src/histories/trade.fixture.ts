import { newId } from '@huming/shared/ids'
import { ask, type Command, some, type World } from './world.fixture.ts'

/** What a buyer puts in a basket: a few packs, sometimes more than there is. */
async function basketOf(world: World, siteId: string, day: string, orderId?: string) {
  const { dice } = world
  const buyer = world.buyers.find(({ sites }) =>
    sites.some((site) => site.id === siteId),
  ) as World['buyers'][number]
  const skus = world.suppliers.flatMap((supplier) => supplier.skus).filter(() => dice.maybe(0.5))
  const lines = skus.map((sku) => ({ skuId: sku.id, units: dice.int(1, dice.maybe(0.1) ? 200 : 6) }))
  const who = dice.one(buyer.people)
  const quote = await ask(
    world,
    'orders.quote',
    { body: { siteId, day, lines, ...(orderId ? { orderId } : {}) } },
    who,
  )
  return {
    who,
    body: { siteId, day, windowFrom: 60, windowTo: 390, lines, expectedTotalFen: quote.body.totalFen ?? 0 },
  }
}

const openOrder = (world: World, status: string) =>
  some<{ id: string; siteId: string; day: string; version: number; orgId: string }>(
    world,
    `select id, site_id as "siteId", day::text as day, version, org_id as "orgId" from orders
     where hub_id = any($1) and status = $2`,
    [world.hubIds, status],
  )
const peopleOf = (world: World, orgId: string) =>
  (world.buyers.find(({ org }) => org.id === orgId) as World['buyers'][number]).people

/** A day to buy for: mostly one whose cut-off has not passed, while there is one. */
async function dayToBuy(world: World): Promise<World['days'][number]> {
  const { dice, days, hubIds } = world
  const closed = await world.t.sql<{ day: string }[]>`
    select day::text as day from waves where hub_id = any(${hubIds}::uuid[])`
  const open = days.filter((day) => !closed.some((wave) => wave.day === day))
  return dice.one(open.length > 0 && dice.maybe(0.85) ? open : days)
}

export const tradeCommands: Command[] = [
  {
    name: 'place',
    weight: 22,
    run: async (world) => {
      const { sites } = world.dice.one(world.buyers)
      const { who, body } = await basketOf(world, world.dice.one(sites).id, await dayToBuy(world))
      await ask(world, 'orders.place', { params: { id: newId() }, body }, who)
    },
  },
  {
    name: 'edit',
    weight: 6,
    run: async (world) => {
      const order = await openOrder(world, 'placed')
      if (!order) return
      const { who, body } = await basketOf(world, order.siteId, order.day, order.id)
      await ask(
        world,
        'orders.place',
        { params: { id: order.id }, body: { ...body, version: order.version } },
        who,
      )
    },
  },
  {
    name: 'cancel',
    weight: 2,
    run: async (world) => {
      const order = await openOrder(world, 'placed')
      if (order)
        await ask(
          world,
          'orders.cancel',
          { params: { id: order.id }, body: {} },
          world.dice.one(peopleOf(world, order.orgId)),
        )
    },
  },
  {
    name: 'accept',
    weight: 6,
    run: async (world) => {
      const order = await openOrder(world, 'delivered')
      if (order)
        await ask(
          world,
          'orders.accept',
          { params: { id: order.id }, body: {} },
          world.dice.one(peopleOf(world, order.orgId)),
        )
    },
  },
  {
    name: 'close the cut-off',
    weight: 1,
    run: async (world) => {
      // An empty night proves nothing: a day mostly closes once some have bought for it.
      const bought = await some<{ day: World['days'][number] }>(
        world,
        `select day from (select day::text as day from orders where hub_id = any($1) and status = 'placed'
           group by 1 having count(*) > 2) d`,
        [world.hubIds],
      )
      const day = bought?.day ?? (world.dice.maybe(0.1) ? world.dice.one(world.days) : null)
      if (!day) return
      await ask(world, 'orders.closeCutOff', { params: { hubId: world.main.id }, body: { day } }, world.admin)
    },
  },
]
