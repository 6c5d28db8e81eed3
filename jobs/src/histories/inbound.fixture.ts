import { addDays, weekdayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { ask, type Command, some, type World } from './world.fixture.ts'

const listerOf = (world: World, orgId: string) =>
  (world.suppliers.find(({ org }) => org.id === orgId) as World['suppliers'][number]).lister

/** An open offer is decided or taken back; else a supplier offers another lot for what it cannot deliver. */
async function offer(world: World): Promise<void> {
  const { dice } = world
  const open = await some<{ id: string; orgId: string }>(
    world,
    `select f.id, c.org_id as "orgId" from call_off_offers f join call_offs c on c.id = f.call_off_id
     where c.hub_id = any($1) and f.status = 'offered'`,
    [world.hubIds],
  )
  if (open && dice.maybe(0.2))
    return void (await ask(
      world,
      'offers.withdraw',
      { params: { id: open.id } },
      listerOf(world, open.orgId),
    ))
  if (open && dice.maybe(0.7))
    return void (await ask(
      world,
      'offers.decide',
      { params: { id: open.id }, body: { accept: dice.maybe(0.6), note: '示例' } },
      world.admin,
    ))
  const found = await some<{ id: string; orgId: string; lotId: string; quantity: number }>(
    world,
    `select c.id, c.org_id as "orgId", l.id as "lotId", least(c.quantity, l.quantity - l.promised)::int as quantity
     from call_offs c join lots l on l.org_id = c.org_id and l.hub_id = c.hub_id and l.stage in ('planned', 'made')
       and l.quantity > l.promised and l.id is not null
     where c.hub_id = any($1) and c.status = 'asked'`,
    [world.hubIds],
  )
  if (found)
    await ask(
      world,
      'offers.make',
      {
        params: { id: newId() },
        body: { callOffId: found.id, lotId: found.lotId, quantity: dice.int(1, found.quantity) },
      },
      listerOf(world, found.orgId),
    )
}

/** Next week's harvest, from a phone. */
async function forecast(world: World): Promise<void> {
  const { org, skus, lister } = world.dice.one(world.suppliers)
  const monday = addDays(world.today, 8 - weekdayOf(world.today))
  const cell = {
    lotId: newId(),
    skuId: world.dice.one(skus).id,
    week: monday,
    quantity: world.dice.int(1, 20) * 10_000,
    harvestDay: addDays(monday, world.dice.int(0, 5)),
  }
  const before = await some<{ lotId: string; version: number; skuId: string }>(
    world,
    `select f.lot_id as "lotId", l.version, l.sku_id as "skuId" from forecasts f join lots l on l.id = f.lot_id
     where l.org_id = $1 and l.stage = 'planned' and f.week = $2`,
    [org.id, monday],
  )
  const { dice } = world
  const cells =
    before && dice.maybe(0.5)
      ? [
          {
            ...cell,
            lotId: before.lotId,
            skuId: before.skuId,
            version: before.version,
            quantity: dice.maybe(0.2) ? 0 : cell.quantity,
          },
        ]
      : [cell]
  await ask(world, 'forecasts.write', { body: { orgId: org.id, hubId: world.main.id, cells } }, lister)
}

/** A truck asks for a place at the dock; the warehouse confirms or notes that it did not come. */
async function appointment(world: World): Promise<void> {
  const { dice } = world
  const open = await some<{ id: string; orgId: string; day: string; fromMinute: number; version: number }>(
    world,
    `select id, org_id as "orgId", day::text as day, from_minute as "fromMinute", version from dock_appointments
     where hub_id = any($1) and status in ('requested', 'confirmed')`,
    [world.hubIds],
  )
  if (open && dice.maybe(0.2))
    return void (await ask(world, 'docks.cancel', { params: { id: open.id } }, listerOf(world, open.orgId)))
  if (open && dice.maybe(0.6)) {
    const { day, fromMinute, version } = open
    const body = {
      decision: dice.one(['confirm', 'confirm', 'miss'] as const),
      dock: '1号',
      day: day as never,
      fromMinute,
      version,
    }
    return void (await ask(
      world,
      'receiving.decideAppointment',
      { params: { id: open.id }, body },
      world.main.lead,
    ))
  }
  const load = await some<{ id: string; orgId: string }>(
    world,
    `select id, org_id as "orgId" from consignments where hub_id = any($1) and status in ('draft', 'shipped')`,
    [world.hubIds],
  )
  if (load)
    await ask(
      world,
      'docks.request',
      {
        params: { id: newId() },
        body: { consignmentId: load.id, day: dice.one(world.days), fromMinute: 480 },
      },
      listerOf(world, load.orgId),
    )
}

/** What lies at the dock goes to a bin of its zone. */
async function putAway(world: World): Promise<void> {
  const found = await some<{
    lotId: string
    hubId: string
    fromBin: string
    toBin: string
    quantity: number
  }>(
    world,
    `select s.lot_id as "lotId", f.hub_id as "hubId", f.code as "fromBin", t.code as "toBin", s.quantity
     from bin_stock s join bins f on f.id = s.bin_id and f.kind = 'dock'
     join bins t on t.hub_id = f.hub_id and t.zone = f.zone and t.kind in ('pick_face', 'reserve') and t.closed_at is null
     where f.hub_id = any($1) and s.quantity > 0`,
    [world.hubIds],
  )
  if (!found) return
  const { hubId, lotId, fromBin, toBin, quantity } = found
  const part = world.dice.maybe(0.7) ? quantity : world.dice.int(1, quantity)
  const house = world.main.id === hubId ? world.main : world.annex
  await ask(
    world,
    'receiving.putAway',
    { params: { id: newId() }, body: { hubId, lotId, fromBin, toBin, quantity: part } },
    house.second,
  )
}

export const inboundCommands: Command[] = [
  { name: 'offer another lot', weight: 2, run: offer },
  { name: 'forecast a harvest', weight: 1.5, run: forecast },
  { name: 'an appointment', weight: 3, run: appointment },
  { name: 'put away', weight: 4, run: putAway },
  {
    name: 'cancel a truck',
    weight: 0.5,
    run: async (world) => {
      const found = await some<{ id: string; orgId: string }>(
        world,
        `select id, org_id as "orgId" from consignments where hub_id = any($1) and status = 'draft'`,
        [world.hubIds],
      )
      if (found)
        await ask(
          world,
          'supply.cancelConsignment',
          { params: { id: found.id }, body: {} },
          listerOf(world, found.orgId),
        )
    },
  },
]
