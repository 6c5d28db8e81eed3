import { parseArgs } from 'node:util'
import { buyEverything } from './night/buy.ts'
import { Chance } from './night/chance.ts'
import { Client, type Who } from './night/client.ts'
import { Clock } from './night/clock.ts'
import { putAwayAll } from './night/dock.ts'
import { emptyTally, type Night } from './night/night.ts'
import { calledOff, openNight, signInDrivers } from './night/open.ts'
import { registerBuyers } from './night/parties.ts'
import { planTonight } from './night/plans.ts'
import { startProduct } from './night/product.ts'
import { auditNight, printTable, readOutcome, reportOf } from './night/report.ts'
import { acceptEverything, driveEverything } from './night/road.ts'
import { answerCallOffs, declareLots, receiveAll, shipAll } from './night/supply.ts'
import { keepTrucks, pickEverything, plannedWave } from './night/warehouse.ts'

const usage = 'Usage: pnpm night [--orders 700] [--trucks 40] [--seed 1] [--url http://…]'

const options = {
  orders: { type: 'string', default: '700' },
  trucks: { type: 'string', default: '40' },
  seed: { type: 'string', default: '1' },
  url: { type: 'string' },
} as const

const values = readWords()

function readWords() {
  try {
    return parseArgs({ options }).values
  } catch {
    console.error(usage)
    return process.exit(2)
  }
}

/** `pnpm night`: one night through the running product over HTTP; exits 1 when the audit finds a breach. */
async function main(): Promise<number> {
  const started = performance.now()
  const say = (text: string) =>
    console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${text}`)
  const numbers = { orders: wholeOf('orders'), trucks: wholeOf('trucks'), seed: wholeOf('seed') }
  const own = values.url ? null : await startProduct(say)
  const client = new Client(values.url ?? own?.url ?? '')
  try {
    const { staff, listerPhones, samplePassword, hubId, day } = await openNight(client)
    const night: Night = {
      client,
      clock: own?.clock ?? new Clock(null),
      chance: new Chance(numbers.seed),
      ...numbers,
      hubId,
      day,
      staff,
      tally: emptyTally(),
      receivers: new Map(),
      say,
    }
    const enter = (phone: string): Promise<Who> => client.signIn(phone, samplePassword)
    const fleetGrams = await keepTrucks(night)
    say(`night of ${day}: ${numbers.trucks} trucks carry ${Math.round(fleetGrams / 1_000_000)} t`)
    const buyers = await registerBuyers(night)
    const listers = await Promise.all(listerPhones.map(async (phone) => ({ who: await enter(phone) })))
    say(
      `${buyers.reduce((sum, one) => sum + one.sites.length, 0)} doors of ${buyers.length} classes; ${listers.length} suppliers`,
    )
    const declared = await declareLots(night, listers, Math.ceil((numbers.orders * 9) / 60))
    say(`${declared} lots declared`)
    const placed = await buyEverything(night, buyers, fleetGrams)
    say(
      `${night.tally.placed} orders placed, refused: ${JSON.stringify(night.tally.refused)}; cut-off closes`,
    )
    await client.call('orders.closeCutOff', { params: { hubId }, body: { day } }, staff.admin)
    const wave = await plannedWave(night)
    await calledOff(night)
    await answerCallOffs(night, listers)
    await receiveAll(night, await shipAll(night, listers))
    await putAwayAll(night)
    await pickEverything(night, wave)
    const plan = await planTonight(night, wave.id)
    const { items: vehicles } = await client.call(
      'routes.listVehicles',
      { params: { hubId } },
      staff.dispatcher,
    )
    const drivers = await signInDrivers(
      night,
      [...plan.runs, ...vehicles].map((one) => one.driverPersonId),
      enter,
    )
    await driveEverything(night, plan, drivers)
    await acceptEverything(night, placed)
    await readOutcome(night, placed)
    const audit = await auditNight(night)
    const report = reportOf(night, audit)
    printTable(night, report, audit, (performance.now() - started) / 1000)
    console.log(JSON.stringify(report))
    return report.audit.breaches === 0 ? 0 : 1
  } finally {
    await client.close()
    await own?.stop()
  }
}

function wholeOf(name: 'orders' | 'trucks' | 'seed'): number {
  const value = Number(values[name])
  if (!Number.isSafeInteger(value) || value < 1 || value > 1_000_000)
    throw new Error(`--${name} must be a whole number from 1`)
  return value
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 1
})
