import { ask, type Command, some, type World } from './world.fixture.ts'

const waveIn = (world: World, status: string) =>
  some<{ id: string }>(world, 'select id from waves where hub_id = any($1) and status = $2', [
    world.hubIds,
    status,
  ])

type Task = { id: string; lot: string; tote: string; quantity: number }
/** An open task with the lot's and the tote's code. */
const openTask = (world: World) =>
  some<Task>(
    world,
    `select p.id, l.code as lot, t.code as tote, p.quantity from pick_tasks p join lots l on l.id = p.lot_id
     join totes t on t.id = p.tote_id join waves w on w.id = p.wave_id
     where w.hub_id = any($1) and p.status = 'open'`,
    [world.hubIds],
  )

const someTote = (world: World, status: string) =>
  some<{ code: string; runId: string | null }>(
    world,
    `select t.code, s.run_id as "runId" from totes t join waves w on w.id = t.wave_id
     left join stop_orders x on x.order_id = t.order_id left join stops s on s.id = x.stop_id
     where w.hub_id = any($1) and t.status = $2`,
    [world.hubIds, status],
  )

export const nightCommands: Command[] = [
  {
    name: 'release a wave',
    weight: 6,
    run: async (world) => {
      const wave = await waveIn(world, 'planned')
      if (wave) await ask(world, 'picking.releaseWave', { params: { id: wave.id } }, world.main.lead)
    },
  },
  {
    name: 'pick',
    weight: 60,
    run: async (world) => {
      const task = await openTask(world)
      if (!task) return
      const who = world.dice.one([world.main.lead, world.main.second])
      const body = { lot: task.lot, quantity: task.quantity, tote: task.tote }
      await ask(world, 'picking.pick', { params: { id: task.id }, body }, who)
    },
  },
  {
    name: 'pick short',
    weight: 4,
    run: async (world) => {
      const task = await openTask(world)
      if (!task) return
      const quantity = world.dice.maybe(0.5) ? 0 : world.dice.int(0, task.quantity)
      const reason = world.dice.one(['missing', 'damaged', 'misplaced'] as const)
      await ask(
        world,
        'picking.short',
        { params: { id: task.id }, body: { quantity, reason } },
        world.main.lead,
      )
    },
  },
  {
    name: 'seal a tote',
    weight: 30,
    run: async (world) => {
      const tote = await someTote(world, 'open')
      if (tote)
        await ask(world, 'picking.sealTote', { params: { code: tote.code }, body: {} }, world.main.lead)
    },
  },
  {
    name: 'plan routes',
    weight: 4,
    run: async (world) => {
      const wave = await waveIn(world, world.dice.one(['picking', 'picked']))
      if (wave) await ask(world, 'routes.plan', { params: { waveId: wave.id } }, world.main.lead)
    },
  },
  {
    name: 'dispatch',
    weight: 10,
    run: async (world) => {
      const run = await some<{ id: string; planId: string }>(
        world,
        `select id, plan_id as "planId" from runs where hub_id = any($1) and status = 'planned'`,
        [world.hubIds],
      )
      if (run)
        await ask(
          world,
          'routes.dispatch',
          { params: { id: run.planId }, body: { runId: run.id } },
          world.main.lead,
        )
    },
  },
  {
    name: 'load a tote',
    weight: 45,
    run: async (world) => {
      const tote = await someTote(world, 'sealed')
      if (tote?.runId)
        await ask(
          world,
          'delivery.loadTote',
          { params: { id: tote.runId }, body: { code: tote.code } },
          world.main.lead,
        )
    },
  },
]
