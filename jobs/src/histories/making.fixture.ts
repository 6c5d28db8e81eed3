import { addDays } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { ask, type Command, pictureOf, some, type World } from './world.fixture.ts'

const maker = (world: World) => world.kitchen

/** A lot in the maker's store of which some is left, by the code people scan. */
const storeLot = (world: World, skuId: string) =>
  some<{ id: string; code: string; onHand: number }>(
    world,
    `select l.id, l.code, l.on_hand as "onHand" from lots l join hubs h on h.id = l.hub_id
     where h.org_id = $1 and h.kind = 'store' and l.sku_id = $2 and l.on_hand > 0`,
    [maker(world).org.id, skuId],
  )
const someBatch = (world: World, status: string) =>
  some<{ id: string; quantity: number }>(
    world,
    'select id, planned_quantity as quantity from production_batches where org_id = $1 and status = $2',
    [maker(world).org.id, status],
  )

/** Flour comes from a market, now and then with a part refused. */
async function buyFlour(world: World): Promise<void> {
  const { org, lister, flourId } = maker(world)
  const quantity = world.dice.int(20, 90) * 1000
  const refused = world.dice.maybe(0.1) ? 1000 : 0
  await ask(
    world,
    'production.receiveMaterial',
    {
      params: { id: newId() },
      body: {
        orgId: org.id,
        accepted: quantity - refused,
        refused,
        refuseReason: refused > 0 ? '示例' : '',
        bought: {
          skuId: flourId,
          supplierName: '示例粮油行',
          supplierAddress: '示例市场1号',
          supplierContact: '19900000009',
          supplierLotCode: 'WB-1',
          useByDay: addDays(world.today, 60),
          certificate: 'CJ-1',
        },
      },
    },
    lister,
  )
}

/** The co-op sends a part of a made lot to the maker, which takes it in, whole or in part; or takes it back before. */
async function sendMaterial(world: World): Promise<void> {
  const { dice } = world
  const { org, lister } = maker(world)
  const sent = await some<{ id: string; quantity: number }>(
    world,
    "select id, quantity from base_receipts where org_id = $1 and status = 'sent'",
    [org.id],
  )
  if (sent && dice.maybe(0.1))
    return void (await ask(
      world,
      'production.cancelSending',
      { params: { id: sent.id }, body: { reason: '示例' } },
      world.suppliers[0]?.lister as World['admin'],
    ))
  if (sent && dice.maybe(0.7)) {
    const refused = dice.maybe(0.2) ? dice.int(1, sent.quantity) : 0
    const body = {
      orgId: org.id,
      accepted: sent.quantity - refused,
      refused,
      refuseReason: refused > 0 ? '示例' : '',
    }
    return void (await ask(world, 'production.receiveMaterial', { params: { id: sent.id }, body }, lister))
  }
  const lot = await some<{ id: string; free: number }>(
    world,
    `select id, quantity - promised as free from lots where org_id = $1 and sku_id = $2 and stage = 'made' and quantity > promised`,
    [world.suppliers[0]?.org.id, maker(world).fillingId],
  )
  if (!lot) return
  const body = { lotId: lot.id, toOrgId: org.id, quantity: dice.int(1, lot.free) }
  await ask(
    world,
    'production.sendMaterial',
    { params: { id: newId() }, body },
    world.suppliers[0]?.lister as World['admin'],
  )
}

/** Takes of flour or filling into a running batch what the recipe asks; now and then some goes back. */
async function take(world: World): Promise<void> {
  const { dice } = world
  const { lister, flourId, fillingId } = maker(world)
  const batch = await someBatch(world, 'running')
  if (!batch) return
  const skuId = dice.one([flourId, fillingId])
  const [row] = await world.t.sql<{ taken: number }[]>`
    select coalesce(sum(i.quantity), 0)::int as taken from batch_inputs i join lots l on l.id = i.lot_id
    where i.batch_id = ${batch.id} and l.sku_id = ${skuId}`
  const missing = Math.ceil((batch.quantity * (skuId === flourId ? 6 : 5)) / 10) - (row?.taken ?? 0)
  const lot = await storeLot(world, skuId)
  if (!lot) return
  const quantity = dice.maybe(0.05) ? -dice.int(1, 2000) : Math.min(missing, lot.onHand)
  if (quantity === 0) return
  await ask(
    world,
    'production.takeInput',
    {
      params: { id: batch.id, inputId: newId() },
      body: { lot: lot.code, quantity, reason: quantity < 0 ? '示例' : '' },
    },
    lister,
  )
}

async function finish(world: World): Promise<void> {
  const batch = await someBatch(world, 'running')
  if (!batch) return
  const quantity = Math.max(1, Math.round((batch.quantity * world.dice.int(80, 105)) / 100))
  await ask(
    world,
    'production.finishBatch',
    { params: { id: batch.id }, body: { quantity, madeOn: world.today, reason: '示例' } },
    maker(world).lister,
  )
}

async function inspect(world: World): Promise<void> {
  const batch = await someBatch(world, world.dice.one(['made', 'made', 'rejected']))
  if (!batch) return
  const passed = world.dice.maybe(0.85)
  await ask(
    world,
    'production.inspectBatch',
    {
      params: { id: batch.id, inspectionId: newId() },
      body: {
        items: [{ item: '净含量', limit: '≥ 10 kg', value: passed ? '10.02 kg' : '9.6 kg', passed }],
        inspectedOn: world.today,
        fileIds: [await pictureOf(world, maker(world).lister)],
      },
    },
    maker(world).lister,
  )
}

export const makingCommands: Command[] = [
  { name: 'buy flour', weight: 1, run: buyFlour },
  { name: 'send material', weight: 3, run: sendMaterial },
  {
    name: 'plan a batch',
    weight: 2,
    run: async (world) => {
      const { recipeId, lister } = maker(world)
      const body = {
        recipeId,
        hubId: world.main.id,
        quantity: world.dice.int(1, 6) * 10_000,
        day: world.today,
      }
      await ask(world, 'production.planBatch', { params: { id: newId() }, body }, lister)
    },
  },
  {
    name: 'start a batch',
    weight: 2,
    run: async (world) => {
      const batch = await someBatch(world, 'planned')
      if (batch)
        await ask(world, 'production.startBatch', { params: { id: batch.id }, body: {} }, maker(world).lister)
    },
  },
  { name: 'take into a batch', weight: 6, run: take },
  { name: 'finish a batch', weight: 2, run: finish },
  { name: 'inspect a batch', weight: 2, run: inspect },
  {
    name: 'cancel a batch',
    weight: 0.5,
    run: async (world) => {
      const batch = await someBatch(world, world.dice.one(['planned', 'running']))
      if (batch)
        await ask(
          world,
          'production.cancelBatch',
          { params: { id: batch.id }, body: { reason: '示例' } },
          maker(world).lister,
        )
    },
  },
]
