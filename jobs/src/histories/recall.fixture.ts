import { newId } from '@huming/shared/ids'
import { ask, type Command, pictureOf, some, type World } from './world.fixture.ts'

/** The next step of a running recall; mostly none is under way and a lot is found to be bad. */
async function recall(world: World): Promise<void> {
  const { dice } = world
  const found = await some<{ id: string; status: string }>(
    world,
    `select r.id, r.status from recalls r where r.status in ('draft', 'stop_sale', 'scope_computed') and exists (
       select 1 from recall_lots x join lots l on l.id = x.lot_id where x.recall_id = r.id and l.hub_id = any($1))`,
    [world.hubIds],
  )
  if (found?.status === 'draft')
    return void (await ask(world, 'recall.stop', { params: { id: found.id } }, world.admin))
  if (found && dice.maybe(0.4))
    return void (await ask(
      world,
      'recall.withdraw',
      { params: { id: found.id }, body: { reason: '示例' } },
      world.admin,
    ))
  if (found?.status === 'stop_sale')
    return void (await ask(world, 'recall.computeScope', { params: { id: found.id } }, world.admin))
  if (found) return void (await ask(world, 'recall.notify', { params: { id: found.id } }, world.admin))
  const lot = await some<{ id: string }>(
    world,
    `select id from lots where hub_id = any($1) and stage in ('made', 'shipped', 'received', 'used_up')`,
    [world.hubIds],
  )
  if (!lot) return
  const body = {
    level: dice.int(1, 3),
    cause: dice.one(['contamination', 'spoilage'] as const),
    reason: '示例',
    knownAt: new Date(Date.now() - 60_000).toISOString(),
    lotIds: [lot.id],
    drill: dice.maybe(0.3),
  }
  await ask(world, 'recall.open', { params: { id: newId() }, body }, world.admin)
}

/** Fetches goods of a recall inside a warehouse. */
async function fetchTask(world: World): Promise<void> {
  const { items } = (
    await ask(
      world,
      'recall.tasks',
      { query: { hubId: world.main.id, show: 'open', limit: 20 } },
      world.main.lead,
    )
  ).body
  if (!items || items.length === 0) return
  const task = world.dice.one(items)
  await ask(
    world,
    'recall.doTask',
    {
      params: { id: task.id },
      body: {
        quantity: task.quantity,
        note: '示例',
        photoFileIds: [await pictureOf(world, world.main.lead)],
      },
    },
    world.main.lead,
  )
}

export const recallCommands: Command[] = [
  { name: 'recall', weight: 1.5, run: recall },
  { name: 'fetch recalled goods', weight: 2, run: fetchTask },
]
