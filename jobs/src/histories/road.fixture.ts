import type { Guest } from '@huming/server/test-app'
import { newId } from '@huming/shared/ids'
import { ask, type Command, pictureOf, some, type World } from './world.fixture.ts'

const driverOf = (world: World, personId: string): Guest =>
  world.drivers.find((driver) => driver.personId === personId) ?? (world.drivers[0] as Guest)

const someRun = (world: World, status: string) =>
  some<{ id: string; driver: string }>(
    world,
    'select id, driver_person_id as driver from runs where hub_id = any($1) and status = $2',
    [world.hubIds, status],
  )

const someStop = (world: World, status: string) =>
  some<{ id: string; runId: string; driver: string }>(
    world,
    `select s.id, s.run_id as "runId", r.driver_person_id as driver from stops s join runs r on r.id = s.run_id
     where r.hub_id = any($1) and r.status = 'on_road' and s.status = $2`,
    [world.hubIds, status],
  )

/** Hands over what is aboard for a stop; now and then the buyer refuses a part of a line. */
async function deliver(world: World): Promise<void> {
  const { dice } = world
  const stop = await someStop(world, 'arrived')
  if (!stop) return
  const driver = driverOf(world, stop.driver)
  const run = await ask(world, 'delivery.readRun', { params: { id: stop.runId } }, driver)
  const goods = run.body.stops?.find(({ id }) => id === stop.id)?.goods ?? []
  const lines = goods
    .flatMap((order) => order.lines)
    .map(({ orderLineId, lotId, quantity }) => {
      const refused = dice.maybe(0.1) ? dice.int(1, quantity) : 0
      const refuseReason = refused > 0 ? ('damaged' as const) : null
      return { orderLineId, lotId, delivered: quantity - refused, refused, refuseReason }
    })
  const signatureFileId = await pictureOf(world, driver)
  const body = { lines, receiverName: '示例', signatureFileId, temperatureDeciC: 30 }
  await ask(world, 'delivery.deliver', { params: { id: stop.id }, body }, driver)
}

/** A door that failed is decided about; mostly its goods go there once more. */
async function decide(world: World): Promise<void> {
  const { dice } = world
  const stop = await someStop(world, 'failed')
  if (!stop) return
  const choice = dice.maybe(0.8) ? ('again' as const) : dice.one(['back' as const, 'tomorrow' as const])
  const other = choice === 'again' && dice.maybe(0.3) ? await someRun(world, 'on_road') : null
  const body = { stopId: stop.id, choice, toRunId: other?.id ?? null }
  await ask(world, 'live.decideDoor', { params: { id: newId() }, body }, world.main.lead)
}

/** A link for a run's driver, made anew or ended. */
async function link(world: World): Promise<void> {
  const { dice } = world
  const run = await someRun(world, dice.one(['loading', 'on_road']))
  if (!run) return
  const dispatcher = world.main.lead
  const made = await ask(
    world,
    'driverLinks.make',
    { params: { id: newId() }, body: { runId: run.id } },
    dispatcher,
  )
  if (made.status === 200 && dice.maybe(0.3))
    await ask(world, 'driverLinks.revoke', { params: { id: made.body.id } }, dispatcher)
}

/** Something is added to a stop that has closed. */
async function correct(world: World): Promise<void> {
  const stop = await someStop(world, world.dice.one(['delivered', 'partial', 'failed']))
  if (!stop) return
  const params = { id: stop.id, correctionId: newId() }
  await ask(world, 'delivery.correct', { params, body: { text: '示例更正' } }, driverOf(world, stop.driver))
}

export const roadCommands: Command[] = [
  { name: 'make a driver’s link', weight: 2, run: link },
  { name: 'correct a stop', weight: 2, run: correct },
  { name: 'decide about a failed door', weight: 2, run: decide },
  {
    name: 'depart',
    weight: 16,
    run: async (world) => {
      const run = await someRun(world, 'loading')
      if (run)
        await ask(
          world,
          'delivery.depart',
          { params: { id: run.id }, body: { preCoolDeciC: 20 } },
          driverOf(world, run.driver),
        )
    },
  },
  {
    name: 'arrive at a stop',
    weight: 20,
    run: async (world) => {
      const stop = await someStop(world, 'waiting')
      if (stop)
        await ask(
          world,
          'delivery.arrive',
          { params: { id: stop.id }, body: {} },
          driverOf(world, stop.driver),
        )
    },
  },
  { name: 'deliver', weight: 22, run: deliver },
  {
    name: 'fail a stop',
    weight: 1,
    run: async (world) => {
      const stop = await someStop(world, world.dice.one(['waiting', 'arrived']))
      if (stop)
        await ask(
          world,
          'delivery.fail',
          { params: { id: stop.id }, body: { reason: 'closed', note: '示例' } },
          driverOf(world, stop.driver),
        )
    },
  },
  {
    name: 'finish a run',
    weight: 6,
    run: async (world) => {
      const run = await someRun(world, 'on_road')
      if (run)
        await ask(
          world,
          'delivery.finishRun',
          { params: { id: run.id }, body: {} },
          driverOf(world, run.driver),
        )
    },
  },
]
