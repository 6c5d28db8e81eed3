import { addDays, serviceDay } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { ask, type Command, pictureOf, some, type World } from './world.fixture.ts'

const listerOf = (world: World, orgId: string) =>
  (world.suppliers.find(({ org }) => org.id === orgId) as World['suppliers'][number]).lister

const someLot = (world: World, stage: string) =>
  some<{ id: string; orgId: string; hubId: string; quantity: number; useByDay: string }>(
    world,
    `select id, org_id as "orgId", hub_id as "hubId", quantity, use_by_day::text as "useByDay" from lots
     where hub_id = any($1) and stage = $2`,
    [world.hubIds, stage],
  )

const consignmentIn = (world: World, status: string) =>
  some<{ id: string; orgId: string; version: number }>(
    world,
    'select id, org_id as "orgId", version from consignments where hub_id = any($1) and status = $2',
    [world.hubIds, status],
  )

/** Takes in one waiting line of a truck at the dock: mostly whole, now and then short or refused. */
async function receive(world: World): Promise<void> {
  const { dice } = world
  const line = await some<{ id: string; lineId: string; quantity: number; catchWeight: boolean }>(
    world,
    `select c.id, l.id as "lineId", l.quantity, k.catch_weight as "catchWeight" from consignments c
     join consignment_lines l on l.consignment_id = c.id join lots o on o.id = l.lot_id join skus k on k.id = o.sku_id
     where c.hub_id = any($1) and c.status = 'arrived' and l.received_at is null`,
    [world.hubIds],
  )
  if (!line) return
  const { lead } = world.main
  const destroyed = dice.maybe(0.3)
  const refused = dice.maybe(0.2) ? (dice.maybe(0.5) ? line.quantity : dice.int(1, line.quantity)) : 0
  if (line.catchWeight && line.quantity > refused)
    await ask(
      world,
      'receiving.weigh',
      {
        params: { id: line.id, lineId: line.lineId, weighingId: newId() },
        body: { grossGrams: line.quantity - refused + 800, otherTareGrams: 800 },
      },
      world.main.lead,
    )
  await ask(
    world,
    'receiving.receiveLine',
    {
      params: { id: line.id, lineId: line.lineId },
      body: {
        accepted: line.quantity - refused,
        refused,
        refuseReason: refused > 0 ? dice.one(['missing', 'temperature', 'papers'] as const) : null,
        refusedTo: refused > 0 ? (destroyed ? ('destroyed' as const) : ('driver' as const)) : null,
        disposal: destroyed ? '染色' : '',
        photoFileIds: refused > 0 && destroyed ? [await pictureOf(world, lead)] : [],
        surfaceDeciC: 30,
      },
    },
    lead,
  )
}

export const supplyCommands: Command[] = [
  {
    name: 'declare a lot',
    weight: 9,
    run: async (world) => {
      const { dice } = world
      const { org, skus, lister } = dice.one(world.suppliers)
      const made = dice.maybe(0.6)
      const sku = dice.one(skus)
      await ask(
        world,
        'stock.declareLot',
        {
          params: { id: newId() },
          body: {
            skuId: sku.id,
            hubId: world.main.id,
            stage: made ? 'made' : 'planned',
            quantity: dice.int(5, 60) * sku.basePerOrderUnit,
            madeOn: made ? world.today : null,
            readyDay: made ? world.today : dice.one(world.days),
            useByDay: addDays(world.today, dice.int(19, 29)),
            certificate: made ? `示例${org.id.slice(-6)}` : '',
          },
        },
        lister,
      )
    },
  },
  {
    name: 'make a lot',
    weight: 4,
    run: async (world) => {
      const lot = await someLot(world, 'planned')
      if (!lot) return
      const quantity = Math.max(1, Math.round((lot.quantity * world.dice.int(60, 120)) / 100))
      await ask(
        world,
        'stock.makeLot',
        {
          params: { id: lot.id },
          body: {
            quantity,
            madeOn: world.today,
            useByDay: serviceDay(lot.useByDay),
            certificate: '示例合格证',
          },
        },
        listerOf(world, lot.orgId),
      )
    },
  },
  {
    name: 'withdraw a lot',
    weight: 1,
    run: async (world) => {
      const lot = await someLot(world, world.dice.one(['planned', 'made']))
      if (lot)
        await ask(
          world,
          'stock.withdrawLot',
          { params: { id: lot.id }, body: { reason: '示例' } },
          listerOf(world, lot.orgId),
        )
    },
  },
  {
    name: 'answer a call-off',
    weight: 2,
    run: async (world) => {
      const found = await some<{ id: string; orgId: string; quantity: number }>(
        world,
        `select id, org_id as "orgId", quantity from call_offs where hub_id = any($1) and status = 'asked'`,
        [world.hubIds],
      )
      if (!found) return
      const confirmedQuantity = world.dice.maybe(0.7) ? found.quantity : world.dice.int(0, found.quantity)
      await ask(
        world,
        'supply.answerCallOff',
        { params: { id: found.id }, body: { confirmedQuantity, note: '示例' } },
        listerOf(world, found.orgId),
      )
    },
  },
  {
    name: 'load a truck',
    weight: 6,
    run: async (world) => {
      const { org, lister } = world.dice.one(world.suppliers)
      const lots = await world.t.sql<{ id: string; quantity: number }[]>`
        select id, quantity from lots where hub_id = ${world.main.id} and org_id = ${org.id} and stage = 'made'
        order by random() limit 4`
      const lines = lots.map((lot) => ({ lotId: lot.id, quantity: lot.quantity }))
      if (lines.length > 0)
        await ask(
          world,
          'supply.writeConsignment',
          { params: { id: newId() }, body: { orgId: org.id, hubId: world.main.id, lines } },
          lister,
        )
    },
  },
  {
    name: 'ship a truck',
    weight: 6,
    run: async (world) => {
      const found = await consignmentIn(world, 'draft')
      if (!found) return
      const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
      await ask(
        world,
        'supply.shipConsignment',
        {
          params: { id: found.id },
          body: {
            plate: '闽G00001',
            sealNumber: 'S-1',
            setPointDeciC: 20,
            departsAt: at(-1),
            expectedAt: at(10),
            version: found.version,
          },
        },
        listerOf(world, found.orgId),
      )
    },
  },
  {
    name: 'a truck arrives',
    weight: 6,
    run: async (world) => {
      const found = await consignmentIn(world, 'shipped')
      if (found)
        await ask(
          world,
          'receiving.arrive',
          { params: { id: found.id }, body: { sealOk: 'ok', airDeciC: 30 } },
          world.main.lead,
        )
      if (found)
        await ask(
          world,
          'receiving.addTripLog',
          {
            params: { id: found.id, logId: newId() },
            body: { zone: 'chilled', manual: { minDeciC: 20, maxDeciC: 60 } },
          },
          world.main.lead,
        )
    },
  },
  { name: 'receive', weight: 16, run: receive },
  {
    name: 'close a receipt',
    weight: 5,
    run: async (world) => {
      const found = await consignmentIn(world, 'arrived')
      if (found) await ask(world, 'receiving.finish', { params: { id: found.id }, body: {} }, world.main.lead)
    },
  },
  {
    name: 'hold a lot',
    weight: 2,
    run: async (world) => {
      const lot = await someLot(world, world.dice.one(['made', 'shipped', 'received', 'received']))
      if (lot)
        await ask(world, 'stock.holdLot', { params: { id: lot.id }, body: { reason: '示例' } }, world.admin)
    },
  },
  {
    name: 'release a lot',
    weight: 2,
    run: async (world) => {
      const lot = await someLot(world, 'held')
      if (lot)
        await ask(
          world,
          'stock.releaseLot',
          { params: { id: lot.id }, body: { reason: '示例' } },
          world.admin,
        )
    },
  },
]
