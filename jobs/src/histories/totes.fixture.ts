import { newId } from '@huming/shared/ids'
import { ask, type Command, some, type World } from './world.fixture.ts'

const openTote = (world: World) =>
  some<{ id: string; code: string }>(
    world,
    `select t.id, t.code from totes t join waves w on w.id = t.wave_id where w.hub_id = any($1) and t.status = 'open'`,
    [world.hubIds],
  )
const picker = (world: World) => world.dice.one([world.main.lead, world.main.second])

const someBatch = (world: World, where: string) =>
  some<{ id: string; lot: string; quantity: number }>(
    world,
    `select b.id, l.code as lot, b.quantity from put_batches b join lots l on l.id = b.lot_id
     join waves w on w.id = b.wave_id where w.hub_id = any($1) and ${where}`,
    [world.hubIds],
  )

export const toteCommands: Command[] = [
  {
    name: 'take or pass a tote',
    weight: 3,
    run: async (world) => {
      const tote = await openTote(world)
      if (!tote) return
      const params = { code: tote.code }
      if (world.dice.maybe(0.6))
        await ask(world, 'picking.takeTote', { params, body: { id: newId() } }, picker(world))
      else
        await ask(
          world,
          'picking.passTote',
          { params, body: { id: newId(), place: '示例交接点' } },
          picker(world),
        )
    },
  },
  {
    name: 'check a tote',
    weight: 2,
    run: async (world) => {
      const tote = await openTote(world)
      if (tote)
        await ask(
          world,
          'picking.checkTote',
          { params: { code: tote.code }, body: { id: newId(), grossGrams: world.dice.int(2000, 60_000) } },
          picker(world),
        )
    },
  },
  {
    name: 'choose how to pick',
    weight: 3,
    run: async (world) => {
      const wave = await some<{ id: string }>(
        world,
        "select id from waves where hub_id = any($1) and status = 'planned'",
        [world.hubIds],
      )
      if (wave)
        await ask(
          world,
          'picking.chooseMethod',
          {
            params: { id: wave.id, choiceId: newId() },
            body: {
              method: world.dice.one(['put_to_store', 'put_to_store', 'by_order'] as const),
              orderId: null,
              skuId: null,
              reason: '示例',
            },
          },
          world.main.lead,
        )
    },
  },
  {
    name: 'fetch for stores',
    weight: 12,
    run: async (world) => {
      const batch = await someBatch(world, "b.status = 'open'")
      if (!batch) return
      const quantity = world.dice.maybe(0.9) ? batch.quantity : world.dice.int(1, batch.quantity)
      await ask(
        world,
        'picking.fetchBatch',
        { params: { id: batch.id }, body: { lot: batch.lot, quantity } },
        picker(world),
      )
    },
  },
  {
    name: 'put the rest back',
    weight: 3,
    run: async (world) => {
      const batch = await someBatch(world, "b.status <> 'open'")
      if (batch) await ask(world, 'picking.putBack', { params: { id: batch.id }, body: {} }, picker(world))
    },
  },
]
