import { newId } from '@huming/shared/ids'
import { planProposal } from '../planning/plan-proposal.ts'
import { quietLog } from '../relay.fixture.ts'
import { ask, type Command, some, type World } from './world.fixture.ts'

const someProposal = (world: World, statuses: readonly string[]) =>
  some<{ id: string }>(world, 'select id from plan_proposals where hub_id = any($1) and status = any($2)', [
    world.hubIds,
    [...statuses],
  ])

/** Proposals asked, planned, cancelled and adopted; stops locked; trucks that fail and come back. */
export const planningCommands: Command[] = [
  {
    name: 'ask for a plan',
    weight: 3,
    run: async (world) => {
      const wave = await some<{ id: string }>(
        world,
        `select id from waves where hub_id = any($1) and status in ('picking', 'picked')`,
        [world.hubIds],
      )
      if (!wave) return
      const body = { waveId: wave.id, seconds: 1, seed: world.dice.int(1, 1000) }
      await ask(world, 'routes.propose', { params: { id: newId() }, body }, world.main.lead)
    },
  },
  {
    name: 'plan a proposal',
    weight: 2,
    run: async (world) => {
      world.asked++
      const proposal = await someProposal(world, ['asked'])
      const { db, sql } = world.t
      if (proposal) await planProposal({ db, sql, log: quietLog }, proposal.id)
    },
  },
  {
    name: 'cancel a proposal',
    weight: 1,
    run: async (world) => {
      const proposal = await someProposal(world, ['asked', 'running', 'done', 'adopted'])
      if (proposal)
        await ask(world, 'routes.cancelProposal', { params: { id: proposal.id } }, world.main.lead)
    },
  },
  {
    name: 'adopt a proposal',
    weight: 4,
    run: async (world) => {
      const proposal = await someProposal(world, ['done', 'adopted'])
      if (proposal) await ask(world, 'routes.adoptProposal', { params: { id: proposal.id } }, world.main.lead)
    },
  },
  {
    name: 'lock a stop',
    weight: 2,
    run: async (world) => {
      const stop = await some<{ id: string; planId: string }>(
        world,
        `select s.id, r.plan_id as "planId" from stops s join runs r on r.id = s.run_id
         where r.hub_id = any($1) and r.status = 'planned'`,
        [world.hubIds],
      )
      if (!stop) return
      const body = { stopIds: [stop.id], locked: world.dice.maybe(0.5) }
      await ask(world, 'routes.lockStops', { params: { id: stop.planId }, body }, world.main.lead)
    },
  },
  {
    name: 'a truck fails or is well again',
    weight: 2,
    run: async (world) => {
      const truck = await some<{ id: string; broken: boolean }>(
        world,
        'select id, out_of_service is not null as broken from vehicles where hub_id = any($1)',
        [world.hubIds],
      )
      if (!truck) return
      const outOfService = truck.broken ? null : '示例：故障'
      await ask(
        world,
        'routes.setVehicleService',
        { params: { id: truck.id }, body: { outOfService } },
        world.main.lead,
      )
    },
  },
]
