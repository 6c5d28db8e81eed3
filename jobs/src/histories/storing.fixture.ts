import type { Guest } from '@huming/server/test-app'
import { newId } from '@huming/shared/ids'
import { ask, type Command, pictureOf, some, type World } from './world.fixture.ts'

type Stock = {
  lotId: string
  binId: string
  hubId: string
  zone: string
  kind: string
  quantity: number
  bin: string
}

const stockSql = `select s.lot_id as "lotId", s.bin_id as "binId", b.hub_id as "hubId", b.zone, b.kind, s.quantity,
  b.code as bin from bin_stock s join bins b on b.id = s.bin_id where b.hub_id = any($1) and s.quantity > 0`
const someStock = (world: World, kinds: readonly string[]) =>
  some<Stock>(world, `${stockSql} and b.kind = any($2)`, [world.hubIds, kinds])

const sellable = ['dock', 'pick_face', 'reserve', 'near_expiry']
const staffOf = (world: World, hubId: string): Guest[] => {
  const house = world.main.id === hubId ? world.main : world.annex
  return [house.lead, house.second]
}
const part = (world: World, quantity: number): number =>
  world.dice.maybe(0.4) ? quantity : world.dice.int(1, quantity)

/** Carries goods to another sellable bin of their zone; the first time it opens one. */
async function move(world: World): Promise<void> {
  const stock = await someStock(world, sellable)
  if (!stock) return
  const who = world.dice.one(staffOf(world, stock.hubId))
  const to = await some<{ id: string }>(
    world,
    `select id from bins where hub_id = $1 and zone = $2 and kind in ('pick_face', 'reserve') and id <> $3`,
    [stock.hubId, stock.zone, stock.binId],
  )
  const toBinId = to?.id ?? newId()
  if (!to) {
    const kind = world.dice.one(['pick_face', 'reserve'] as const)
    const body = {
      hubId: stock.hubId,
      code: `H-${toBinId.slice(-8).toUpperCase()}`,
      zone: stock.zone as never,
      kind,
      sequence: 10,
    }
    await ask(world, 'storing.writeBin', { params: { id: toBinId }, body }, who)
  }
  const body = { lotId: stock.lotId, fromBinId: stock.binId, toBinId, quantity: part(world, stock.quantity) }
  await ask(world, 'storing.move', { params: { id: newId() }, body }, who)
}

async function count(world: World): Promise<void> {
  const found = await some<{ id: string; hubId: string; binId: string }>(
    world,
    `select id, hub_id as "hubId", bin_id as "binId" from bin_counts where hub_id = any($1) and status in ('open', 'recount')`,
    [world.hubIds],
  )
  if (!found) {
    const stock = await someStock(world, [...sellable, 'quarantine'])
    if (!stock) return
    const body = { hubId: stock.hubId, counts: [{ id: newId(), binId: stock.binId }] }
    await ask(world, 'storing.openCounts', { body }, world.dice.one(staffOf(world, stock.hubId)))
    return
  }
  const startedAt = new Date().toISOString()
  const stock = await world.t.sql<{ lotId: string; quantity: number }[]>`
    select lot_id as "lotId", quantity from bin_stock where bin_id = ${found.binId} and quantity > 0`
  const lines = stock.map(({ lotId, quantity }) => ({
    lotId,
    quantity: world.dice.maybe(0.7) ? quantity : Math.max(0, quantity + world.dice.int(-2000, 500)),
  }))
  const who = world.dice.one(staffOf(world, found.hubId))
  await ask(world, 'storing.submitCount', { params: { id: found.id }, body: { startedAt, lines } }, who)
}

async function decideCount(world: World): Promise<void> {
  const found = await some<{ id: string; hubId: string }>(
    world,
    `select id, hub_id as "hubId" from bin_counts where hub_id = any($1) and status = 'review'`,
    [world.hubIds],
  )
  if (!found) return
  const body = { approve: world.dice.maybe(0.8), reason: '示例' }
  await ask(
    world,
    'storing.decideCount',
    { params: { id: found.id }, body },
    world.dice.one(staffOf(world, found.hubId)),
  )
}

async function transfer(world: World): Promise<void> {
  const { dice } = world
  const found = await some<{ id: string; status: string; fromHubId: string; toHubId: string }>(
    world,
    `select id, status, from_hub_id as "fromHubId", to_hub_id as "toHubId" from transfers
     where from_hub_id = any($1) and status in ('asked', 'shipped')`,
    [world.hubIds],
  )
  if (!found || dice.maybe(0.15)) {
    const sku = dice.one(world.suppliers.flatMap(({ skus }) => skus))
    const [fromHubId, toHubId] = dice.maybe(0.75)
      ? [world.main.id, world.annex.id]
      : [world.annex.id, world.main.id]
    const lines = [{ skuId: sku.id, quantity: dice.int(1, 8) * sku.basePerOrderUnit }]
    await ask(
      world,
      'storing.askTransfer',
      { params: { id: newId() }, body: { fromHubId, toHubId, lines } },
      dice.one(staffOf(world, toHubId)),
    )
    return
  }
  if (found.status === 'asked') return ship(world, found)
  const lots = await world.t.sql<{ id: string; quantity: number }[]>`
    select id, quantity from transfer_lots where transfer_id = ${found.id}`
  const body = {
    sealOk: true,
    airDeciC: 30,
    lots: lots.map(({ id, quantity }) => {
      const received = dice.maybe(0.8) ? quantity : dice.int(0, quantity)
      return { id, received, surfaceDeciC: 30, shortReason: received < quantity ? '示例' : '' }
    }),
  }
  await ask(
    world,
    'storing.receiveTransfer',
    { params: { id: found.id }, body },
    dice.one(staffOf(world, found.toHubId)),
  )
}

async function ship(world: World, found: { id: string; fromHubId: string }): Promise<void> {
  const rows = await world.t.sql<{ lotId: string; quantity: number }[]>`
    select distinct on (t.id) o.id as "lotId", least(t.quantity, o.on_hand - o.promised) as quantity
    from transfer_lines t join lots o on o.sku_id = t.sku_id and o.hub_id = ${found.fromHubId} and o.stage = 'received'
    where t.transfer_id = ${found.id} and o.on_hand > o.promised order by t.id, o.use_by_day`
  if (rows.length === 0) return
  const lots = rows.map((row) => ({ ...row, id: newId(), surfaceDeciC: 30, laterLotReason: '示例' }))
  const body = { plate: '沪A00001', sealNumber: 'S-2', airDeciC: 30, lots }
  await ask(
    world,
    'storing.shipTransfer',
    { params: { id: found.id }, body },
    world.dice.one(staffOf(world, found.fromHubId)),
  )
}

async function keepApart(world: World): Promise<void> {
  const stock = await someStock(world, sellable)
  if (!stock) return
  const who = world.dice.one(staffOf(world, stock.hubId))
  const body = {
    lotId: stock.lotId,
    fromBinId: stock.binId,
    quantity: part(world, stock.quantity),
    reason: '示例',
  }
  const id = newId()
  if (world.dice.maybe(0.5)) await ask(world, 'storing.quarantine', { params: { id }, body }, who)
  else await ask(world, 'storing.setApart', { params: { id }, body }, who)
}

async function decideQuarantine(world: World): Promise<void> {
  const found = await some<{ id: string }>(
    world,
    `select id from quarantines where hub_id = any($1) and status in ('waiting', 'testing')`,
    [world.hubIds],
  )
  if (!found) return
  const body = { release: world.dice.maybe(0.6), reason: '示例' }
  await ask(world, 'storing.decideQuarantine', { params: { id: found.id }, body }, world.admin)
}

async function dispose(world: World): Promise<void> {
  const written = await some<{ id: string; hubId: string }>(
    world,
    `select id, hub_id as "hubId" from disposals where hub_id = any($1) and status = 'written'`,
    [world.hubIds],
  )
  if (written) {
    const who = world.dice.one(staffOf(world, written.hubId))
    await ask(world, 'storing.witnessDisposal', { params: { id: written.id }, body: {} }, who)
    return
  }
  const stock = await someStock(world, ['returns', 'destroy'])
  if (!stock) return
  const who = world.dice.one(staffOf(world, stock.hubId))
  const body = {
    lotId: stock.lotId,
    binId: stock.binId,
    quantity: part(world, stock.quantity),
    method: 'dye' as const,
    reason: '示例',
    place: '示例',
    doneAt: new Date().toISOString(),
    photoFileIds: [await pictureOf(world, who)],
  }
  await ask(world, 'storing.writeDisposal', { params: { id: newId() }, body }, who)
}

/** A buyer brings back some of what was delivered. */
async function takeBack(world: World): Promise<void> {
  const found = await some<{ lotId: string; hubId: string; quantity: number }>(
    world,
    `select d.lot_id as "lotId", o.hub_id as "hubId", d.quantity from deliveries d join orders o on o.id = d.order_id
     where o.hub_id = any($1) and d.quantity > 0`,
    [world.hubIds],
  )
  if (!found) return
  const body = {
    hubId: found.hubId,
    lotId: found.lotId,
    quantity: part(world, found.quantity),
    reason: '示例',
  }
  await ask(
    world,
    'storing.takeBack',
    { params: { id: newId() }, body },
    world.dice.one(staffOf(world, found.hubId)),
  )
}

/** Something under way is called off. */
async function callOff(world: World): Promise<void> {
  const { dice } = world
  const body = { reason: '示例' }
  const [id, table, hub, status] = dice.one([
    ['storing.cancelTransfer', 'transfers', 'to_hub_id', 'asked'],
    ['storing.cancelCount', 'bin_counts', 'hub_id', 'open'],
    ['storing.cancelDisposal', 'disposals', 'hub_id', 'written'],
  ] as const)
  const found = await some<{ id: string; hubId: string }>(
    world,
    `select id, ${hub} as "hubId" from ${table} where ${hub} = any($1) and status = $2`,
    [world.hubIds, status],
  )
  if (found) await ask(world, id, { params: { id: found.id }, body }, dice.one(staffOf(world, found.hubId)))
}

async function sampleQuarantine(world: World): Promise<void> {
  const found = await some<{ id: string }>(
    world,
    "select id from quarantines where hub_id = any($1) and status = 'waiting'",
    [world.hubIds],
  )
  if (found)
    await ask(
      world,
      'storing.testQuarantine',
      { params: { id: found.id }, body: { note: '示例送检' } },
      world.admin,
    )
}

export const storingCommands: Command[] = [
  { name: 'move goods', weight: 9, run: move },
  { name: 'count a bin', weight: 5, run: count },
  { name: 'decide a count', weight: 3, run: decideCount },
  { name: 'transfer goods', weight: 7, run: transfer },
  { name: 'keep goods apart', weight: 2, run: keepApart },
  { name: 'decide a quarantine', weight: 2, run: decideQuarantine },
  { name: 'send for a test', weight: 1, run: sampleQuarantine },
  { name: 'call something off', weight: 1, run: callOff },
  { name: 'destroy goods', weight: 4, run: dispose },
  { name: 'take goods back', weight: 2, run: takeBack },
]
