import { reconcile } from '@huming/server/reports/run-audit'
import { type TestApp, testApp } from '@huming/server/test-app'
import { afterAll, expect, test } from 'vitest'
import { changeCommands } from './changes.fixture.ts'
import { claimCommands } from './claims.fixture.ts'
import { crateCommands } from './crates.fixture.ts'
import { diceOf } from './dice.fixture.ts'
import { eventCommands, relaySome } from './events.fixture.ts'
import { inboundCommands } from './inbound.fixture.ts'
import { makingCommands } from './making.fixture.ts'
import { moneyCommands } from './money.fixture.ts'
import { nightCommands } from './night.fixture.ts'
import { planningCommands } from './planning.fixture.ts'
import { recallCommands } from './recall.fixture.ts'
import { roadCommands } from './road.fixture.ts'
import { storingCommands } from './storing.fixture.ts'
import { supplyCommands } from './supply.fixture.ts'
import { toteCommands } from './totes.fixture.ts'
import { tradeCommands } from './trade.fixture.ts'
import { watchCommands } from './watch.fixture.ts'
import { type World, worldOf } from './world.fixture.ts'

/** How many commands in all; `pnpm test:long` asks for 200,000 and more. */
const total = Number(process.env['COMMANDS'] ?? 1000)
const perHistory = 2500
/** People acting at the same moment. */
const atOnce = 8
/** Histories at the same moment, each in a database of its own: while one waits for a lock, another goes on. */
const lanes = total < 4 * perHistory ? 1 : 3
const firstSeed = Number(process.env['SEED'] ?? 1)

const commands = [
  ...tradeCommands,
  ...supplyCommands,
  ...inboundCommands,
  ...makingCommands,
  ...storingCommands,
  ...nightCommands,
  ...planningCommands,
  ...toteCommands,
  ...crateCommands,
  ...roadCommands,
  ...recallCommands,
  ...changeCommands,
  ...watchCommands,
  ...moneyCommands,
  ...claimCommands,
  ...eventCommands,
]

// A fault of the server is told with its stack.
const apps = await Promise.all(Array.from({ length: lanes }, () => testApp({ logger: { level: 'error' } })))
afterAll(() => Promise.all(apps.map((app) => app.close())))

/** Lets people act at random until so many commands are done, then everything that waits is relayed. */
async function play(world: World, count: number): Promise<void> {
  const person = async () => {
    while (world.asked < count) await world.dice.weighted(commands).run(world)
  }
  await Promise.all(Array.from({ length: atOnce }, person))
  while ((await relaySome(world, 500)) > 0);
}

/** Plays one seed to its end and audits everything that its database holds. */
async function history(t: TestApp, seed: number, count: number): Promise<World> {
  const world = await worldOf(t, diceOf(seed))
  await play(world, count)
  const breached = (await reconcile(t)).filter((check) => check.breachCount > 0)
  if (process.env['SHOW']) {
    const told = [world.done, world.refused].map((counts) => JSON.stringify([...counts])).join(' ')
    process.stdout.write(`${seed}: ${world.asked} commands, ${JSON.stringify(breached)} breached ${told}\n`)
  }
  expect(breached, `seed ${seed}: ${breached.map(({ name }) => name).join()}`).toEqual([])
  return world
}

test(
  `no sequence of ${total} commands breaks the audit`,
  async () => {
    const sums = new Map<string, number>()
    let unavailable = 0
    const seeds = Array.from({ length: Math.ceil(total / perHistory) }, (_, i) => firstSeed + i).values()
    const lane = async (t: TestApp) => {
      for (const seed of seeds) {
        const world = await history(t, seed, Math.min(perHistory, total - (seed - firstSeed) * perHistory))
        for (const [key, n] of world.refused) if (key.endsWith(' unavailable')) unavailable += n
        for (const [id, n] of world.done) sums.set(id, (sums.get(id) ?? 0) + n)
      }
    }
    await Promise.all(apps.map(lane))
    // Hardly anybody waits so long for a lock that the door gives up, even on a machine that has much else to do.
    expect(unavailable).toBeLessThanOrEqual(Math.ceil(total / 20_000))
    // A history in which nothing gets to its end proves little.
    const ends = ['orders.place', 'receiving.receiveLine', 'storing.move', 'production.takeInput']
    const longEnds = ['picking.pick', 'delivery.deliver', 'orders.accept', 'recall.doTask', 'recall.close']
    for (const id of total < 4 * perHistory ? ends : [...ends, ...longEnds])
      expect(sums.get(id) ?? 0, id).toBeGreaterThanOrEqual(Math.max(1, Math.floor(total / perHistory)))
  },
  total * 100 + 60_000,
)
