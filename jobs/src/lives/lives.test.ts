import { reconcile } from '@huming/server/reports/run-audit'
import { serviceDayOf } from '@huming/shared/days'
import { expect, test } from 'vitest'
import { diceOf } from '../histories/dice.fixture.ts'
import { openHouse } from './house.fixture.ts'
import { playRound } from './round.fixture.ts'

/** Histories of money in all; `pnpm test:long` asks for 100,000. */
const total = Number(process.env['HISTORIES'] ?? 200)
/** Buyers whose histories are lived at the same time, and rounds in one database. */
const atOnce = 20
const perChapter = 250
/** Databases at the same moment: while people of one wait for a lock, those of another go on. */
const lanes = Math.min(3, Math.ceil(total / perChapter))
const firstSeed = Number(process.env['SEED'] ?? 1)

const say = (line: string): void => {
  if (process.env['SHOW'] || total > 1000) process.stdout.write(`${line}\n`)
}

/** Rounds of one seed in a database of its own; what breaks names the seed that plays it again. */
async function chapter(seed: number, count: number, sums: Map<string, number>): Promise<void> {
  const house = await openHouse(diceOf(seed), serviceDayOf(new Date()))
  try {
    for (let lived = 0; lived < count; lived += atOnce) {
      const breaches = await playRound(house, Math.min(atOnce, count - lived))
      expect(breaches, `seed ${seed}, after ${lived} histories`).toEqual([])
    }
    const breached = (await reconcile(house.t)).filter((check) => check.breachCount > 0)
    expect(breached, `seed ${seed}`).toEqual([])
    for (const counts of [house.done, house.refused])
      for (const [name, n] of counts) sums.set(name, (sums.get(name) ?? 0) + n)
  } finally {
    await house.close()
  }
}

test(
  `no history of ${total} leaves the ledger uneven or a statement other than its entries`,
  async () => {
    const sums = new Map<string, number>()
    const began = Date.now()
    let done = 0
    const starts = Array.from({ length: Math.ceil(total / perChapter) }, (_, i) => i).values()
    const lane = async () => {
      for (const i of starts) {
        const count = Math.min(perChapter, total - i * perChapter)
        await chapter(firstSeed + i, count, sums)
        done += count
        say(`${done} histories, ${((done * 1000) / (Date.now() - began)).toFixed(1)}/s`)
      }
    }
    await Promise.all(Array.from({ length: lanes }, lane))
    say(JSON.stringify(Object.fromEntries([...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)))))
    const most = [
      'place',
      'pick',
      'deliver',
      'claim',
      'decide a claim',
      'import a bank statement',
      'hear a webhook',
    ]
    const some = [
      'edit',
      'cancel',
      'decide a refund',
      'send payouts',
      'confirm a payout',
      'return a payout',
      'confirm a statement',
    ]
    for (const name of most) expect(sums.get(name) ?? 0, name).toBeGreaterThan(total / 50)
    for (const name of some) expect(sums.get(name) ?? 0, name).toBeGreaterThanOrEqual(Math.floor(total / 200))
  },
  60_000 + total * 400,
)
