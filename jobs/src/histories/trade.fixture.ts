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

export const tradeCommands: Command[] = [
  {
    name: 'place',
    weight: 22,
    run: async (world) => {
      const { sites } = world.dice.one(world.buyers)
      const { who, body } = await basketOf(world, world.dice.one(sites).id, world.dice.one(world.days))
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
      const day = world.dice.one(world.days)
      await ask(world, 'orders.closeCutOff', { params: { hubId: world.main.id }, body: { day } }, world.admin)
    },
  },
]
