import { newId } from '@huming/shared/ids'
import { ask, type Command, some, type World } from './world.fixture.ts'

const someRun = (world: World, statuses: readonly string[]) =>
  some<{ id: string; planId: string; version: number }>(
    world,
    'select id, plan_id as "planId", version from runs where hub_id = any($1) and status = any($2)',
    [world.hubIds, [...statuses]],
  )
const someVehicle = (world: World) =>
  some<{ id: string }>(world, 'select id from vehicles where hub_id = any($1)', [world.hubIds])

/** A stop is drawn to another place of its run, another run or another vehicle. */
async function moveStop(world: World): Promise<void> {
  const { dice, hubIds } = world
  const stop = await some<{ id: string; planId: string; version: number }>(
    world,
    `select s.id, r.plan_id as "planId", r.version from stops s join runs r on r.id = s.run_id
     where r.hub_id = any($1) and r.status in ('planned', 'loading')`,
    [hubIds],
  )
  if (!stop) return
  const run = await some<{ id: string }>(world, 'select id from runs where plan_id = $1', [stop.planId])
  const vehicle = dice.maybe(0.3) ? await someVehicle(world) : null
  const target = vehicle ? { vehicleId: vehicle.id } : { runId: run?.id as string }
  const body = { ...target, seq: dice.int(1, 3), version: stop.version }
  await ask(world, 'routes.moveStop', { params: { id: stop.id }, body }, world.main.lead)
}

/** An order that no vehicle brings is put on one by hand. */
async function assignOrder(world: World): Promise<void> {
  const order = await some<{ id: string; planId: string }>(
    world,
    `select o.id, p.id as "planId" from orders o join wave_orders w on w.order_id = o.id join plans p on p.wave_id = w.wave_id
     where o.hub_id = any($1) and o.status in ('picking', 'picked')
       and not exists (select 1 from stop_orders s where s.order_id = o.id)`,
    [world.hubIds],
  )
  const vehicle = await someVehicle(world)
  if (!order || !vehicle) return
  const body = { orderId: order.id, vehicleId: vehicle.id }
  await ask(world, 'routes.assignOrder', { params: { id: order.planId }, body }, world.main.lead)
}

/** A truck on the road cannot go on: another comes for what is aboard. */
async function relay(world: World): Promise<void> {
  const { dice } = world
  const from = await someRun(world, ['on_road'])
  if (!from) return
  const to = dice.maybe(0.5) ? await someRun(world, ['loading', 'on_road']) : null
  const vehicle = to ? null : await someVehicle(world)
  if (!to && !vehicle) return
  const body = {
    fromRunId: from.id,
    reason: '示例：爆胎',
    ...(to
      ? { toRunId: to.id }
      : { vehicleId: vehicle?.id, driverPersonId: dice.one(world.drivers).personId }),
  }
  await ask(world, 'live.relay', { params: { id: newId() }, body }, world.main.lead)
}

/** Some districts of a wave are picked on their own. */
async function splitWave(world: World): Promise<void> {
  const wave = await some<{ id: string; district: string }>(
    world,
    `select w.id, s.district_code as district from waves w join wave_orders x on x.wave_id = w.id join orders o on o.id = x.order_id join sites s on s.id = o.site_id
     where w.hub_id = any($1) and w.status = 'planned'`,
    [world.hubIds],
  )
  if (!wave) return
  const body = { id: newId(), districts: [wave.district] }
  await ask(world, 'picking.splitWave', { params: { id: wave.id }, body }, world.main.lead)
}

/** What dispatchers change by hand while runs are planned, loaded and driven. */
export const changeCommands: Command[] = [
  { name: 'move a stop', weight: 3, run: moveStop },
  { name: 'put an order on a run', weight: 2, run: assignOrder },
  { name: 'relay a truck', weight: 1, run: relay },
  { name: 'split a wave', weight: 0.5, run: splitWave },
  {
    name: 'change the driver',
    weight: 1,
    run: async (world) => {
      const run = await someRun(world, ['planned', 'loading'])
      if (!run) return
      const body = { driverPersonId: world.dice.one(world.drivers).personId, version: run.version }
      await ask(world, 'routes.assignDriver', { params: { id: run.id }, body }, world.main.lead)
    },
  },
]
