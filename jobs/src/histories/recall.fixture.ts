import { newId } from '@huming/shared/ids'
import { ask, type Command, pictureOf, some, type World } from './world.fixture.ts'

type Running = { id: string; status: string; drill: boolean }

/** A lot that may turn out to be bad; mostly some of it lies in a warehouse. */
const badLot = (world: World) =>
  some<{ id: string }>(
    world,
    `select id from lots where hub_id = any($1) and stage in ('made', 'shipped', 'received', 'used_up')
       and on_hand >= $2`,
    [world.hubIds, world.dice.maybe(0.7) ? 1 : 0],
  )

/** The next step of a running recall; mostly none is under way and a lot is found to be bad. */
async function recall(world: World): Promise<void> {
  const { dice } = world
  const found = await some<Running>(
    world,
    `select r.id, r.status, r.drill from recalls r where r.status not in ('closed', 'withdrawn') and exists (
       select 1 from recall_lots x join lots l on l.id = x.lot_id where x.recall_id = r.id and l.hub_id = any($1))`,
    [world.hubIds],
  )
  if (found && (dice.maybe(0.9) || ['draft', 'stop_sale', 'scope_computed'].includes(found.status)))
    return goOn(world, found)
  const lot = await badLot(world)
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

async function goOn(world: World, { id, status, drill }: Running): Promise<void> {
  const { dice, admin } = world
  const params = { id }
  if (status === 'draft') return void (await ask(world, 'recall.stop', { params }, admin))
  if (dice.maybe(0.12) && status !== 'reported' && status !== 'disposed')
    return void (await ask(world, 'recall.withdraw', { params, body: { reason: '示例' } }, admin))
  const other = dice.maybe(0.08) ? await badLot(world) : null
  if (other)
    return void (await ask(
      world,
      'recall.addLots',
      { params, body: { lotIds: [other.id], reason: '示例' } },
      admin,
    ))
  if (status === 'stop_sale') return void (await ask(world, 'recall.computeScope', { params }, admin))
  if (status === 'scope_computed') return void (await ask(world, 'recall.notify', { params }, admin))
  if (status === 'disposed' || (status === 'notified' && drill))
    return void (await ask(world, 'recall.report', { params, body: { conclusion: '示例' } }, admin))
  if (status === 'reported') return void (await ask(world, 'recall.close', { params }, admin))
  const body = {
    method: 'dye' as const,
    place: '示例',
    witnesses: '示例甲、示例乙',
    photoFileIds: [await pictureOf(world, admin)],
  }
  await ask(world, 'recall.dispose', { params, body }, admin)
}

/** A buyer or supplier who was told says how much it set aside and how much is gone. */
async function answer(world: World): Promise<void> {
  const { dice } = world
  const notice = await some<{ id: string; orgId: string }>(
    world,
    `select n.id, n.org_id as "orgId" from recall_notices n join recalls r on r.id = n.recall_id
     where r.status in ('notified', 'retrieving') and n.sent_at is not null and n.answered_at is null and n.org_id = any($1)`,
    [[...world.buyers, ...world.suppliers].map(({ org }) => org.id)],
  )
  if (!notice) return
  const rows = await world.t.sql<{ lotId: string; quantity: number }[]>`
    select lot_id as "lotId", quantity from recall_notice_goods where notice_id = ${notice.id}`
  const goods = rows.map(({ lotId, quantity }) => {
    const kept = dice.maybe(0.5) ? quantity : dice.int(0, quantity)
    return { lotId, kept, used: quantity - kept }
  })
  const who =
    world.buyers.find(({ org }) => org.id === notice.orgId)?.people[0] ??
    world.suppliers.find(({ org }) => org.id === notice.orgId)?.lister
  if (!who || goods.length === 0) return
  const body = { goods, photoFileIds: [await pictureOf(world, who)], note: '示例' }
  await ask(world, 'recall.answer', { params: { id: notice.id }, body }, who)
}

/** Fetches goods of a recall inside a warehouse. */
async function fetchTask(world: World): Promise<void> {
  const { dice } = world
  const task = await some<{ id: string; hubId: string; quantity: number }>(
    world,
    `select id, hub_id as "hubId", quantity from recall_tasks where hub_id = any($1) and status = 'open'`,
    [world.hubIds],
  )
  if (!task) return
  const { lead } = task.hubId === world.annex.id ? world.annex : world.main
  await ask(
    world,
    'recall.doTask',
    {
      params: { id: task.id },
      body: {
        quantity: dice.maybe(0.85) ? task.quantity : dice.int(0, task.quantity),
        note: '示例',
        photoFileIds: [await pictureOf(world, lead)],
      },
    },
    lead,
  )
}

export const recallCommands: Command[] = [
  { name: 'recall', weight: 3, run: recall },
  { name: 'answer a recall', weight: 2, run: answer },
  { name: 'fetch recalled goods', weight: 5, run: fetchTask },
]
