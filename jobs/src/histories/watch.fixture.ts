import { signatureOf } from '@huming/server/temperature/signature'
import { newId } from '@huming/shared/ids'
import { ask, type Command, some, type World } from './world.fixture.ts'

/** A device tells the last hour: mostly cold, now and then much too warm. */
async function sendReadings(world: World): Promise<void> {
  const { dice } = world
  const { serial, secret } = dice.one(world.devices)
  const warm = dice.maybe(0.25)
  const readings = [50, 40, 30, 20, 10, 1].map((minutes) => ({
    at: new Date(Date.now() - minutes * 60_000 - dice.int(0, 30_000)).toISOString(),
    deciC: warm ? dice.int(90, 160) : dice.int(10, 40),
  }))
  const signed = { serial, sentAt: new Date().toISOString(), nonce: newId(), readings }
  const body = { ...signed, signature: signatureOf(signed, secret) }
  await ask(world, 'temperature.send', { body }, world.admin)
}

const someAlarm = (world: World) =>
  some<{ id: string; status: string }>(
    world,
    `select a.id, a.status from temperature_alarms a where a.hub_id = any($1) and a.status <> 'decided'`,
    [world.hubIds],
  )

/** Somebody has seen an alarm; food safety decides on the goods that it holds. */
async function answerAlarm(world: World): Promise<void> {
  const { dice } = world
  const alarm = await someAlarm(world)
  if (!alarm) return
  const params = { id: alarm.id }
  if (dice.maybe(0.4))
    return void (await ask(
      world,
      'temperature.acknowledge',
      { params, body: { note: '示例' } },
      world.main.lead,
    ))
  const decision = dice.one(['release', 'release', 'return', 'dispose'] as const)
  await ask(world, 'temperature.decide', { params, body: { decision, reason: '示例' } }, world.admin)
}

/** A link by which others follow an order, or the end of one. */
async function trackLink(world: World): Promise<void> {
  const order = await some<{ id: string; orgId: string }>(
    world,
    `select id, org_id as "orgId" from orders where hub_id = any($1) and status in ('placed', 'picking', 'loaded')`,
    [world.hubIds],
  )
  const buyer = world.buyers.find(({ org }) => org.id === order?.orgId)
  if (!order || !buyer) return
  const token = `${newId()}${newId()}`.replaceAll('-', '').slice(0, 43)
  const made = await ask(
    world,
    'live.makeLink',
    { params: { id: newId() }, body: { orderId: order.id, token } },
    world.dice.one(buyer.people),
  )
  if (made.status === 200 && world.dice.maybe(0.4))
    await ask(world, 'live.endLink', { params: { id: made.body.id } }, world.dice.one(buyer.people))
}

/** Temperatures, whoever smells something wrong, and buyers who follow their order. */
export const watchCommands: Command[] = [
  { name: 'temperatures', weight: 4, run: sendReadings },
  { name: 'answer an alarm', weight: 4, run: answerAlarm },
  { name: 'follow an order', weight: 1, run: trackLink },
  {
    name: 'stop a lot at the hub',
    weight: 0.5,
    run: async (world) => {
      const lot = await some<{ id: string }>(
        world,
        "select id from lots where hub_id = $1 and stage = 'received'",
        [world.main.id],
      )
      if (lot)
        await ask(
          world,
          'stock.stopLot',
          { params: { id: lot.id }, body: { reason: '示例：异味' } },
          world.main.second,
        )
    },
  },
  {
    name: 'phone a place',
    weight: 0.5,
    run: async (world) => {
      const notice = await some<{ id: string }>(
        world,
        `select n.id from recall_notices n join recalls r on r.id = n.recall_id
         where n.sent_at is not null and n.answered_at is null and n.hub_id = any($1)`,
        [world.hubIds],
      )
      if (notice)
        await ask(world, 'recall.call', { params: { id: notice.id }, body: { note: '示例' } }, world.admin)
    },
  },
]
