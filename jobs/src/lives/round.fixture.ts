import { makeLot } from '@huming/db/factories'
import { closeCutOff } from '@huming/server/orders/close-cut-off'
import { makeStatements } from '@huming/server/settlement/make-statements'
import { addDays, instantAt, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { newLives, roundDays } from './buyers.fixture.ts'
import { buying, deliveryDay, receiving } from './buying.fixture.ts'
import { breachesOf, partyBreaches } from './check.fixture.ts'
import { claiming } from './claiming.fixture.ts'
import { hearAll } from './desk.fixture.ts'
import { delivering, handOver } from './handling.fixture.ts'
import type { House } from './house.fixture.ts'
import type { Life } from './life.fixture.ts'
import { pickAll } from './night.fixture.ts'
import { paying } from './paying.fixture.ts'
import { play } from './play.fixture.ts'
import { stating } from './stating.fixture.ts'

/**
 * Two weeks of so many new buyers, from the first basket to the second statement: they, the hub and the desks act at
 * the same moments, two or three people for each buyer. Gives what is wrong at the end; the clock stands two weeks later.
 */
export async function playRound(house: House, count: number) {
  const { clock } = house
  const first = serviceDayOf(clock.opened)
  const at = (days: number, hour: number): void => {
    const next = instantAt(addDays(first, days), hour)
    if (next > clock.now) clock.now = next
  }
  at(0, 9)
  await stockUp(house)
  const lives = await newLives(house, count)
  const day = deliveryDay(house)
  const close = () => closeCutOff(house.admin(), house.hub.id, { day, buyerClass: 'snack_shop' })
  await play(house, lives, [...buying, ...paying], { budget: 5, late: close })
  at(2, 1)
  await pickAll(house, lives, day)
  at(2, 5)
  await play(house, lives, [...delivering, ...receiving, ...claiming, ...paying], { budget: 3 })
  for (const one of lives)
    if (one.aboard.length > 0 && !one.isDelivered && house.dice.maybe(0.9)) await handOver(one, house)
  at(7, 1)
  await stateAccounts(house, lives)
  await play(house, lives, [...stating, ...claiming, ...paying, ...receiving], { budget: 4 })
  await hearAll(house)
  at(roundDays, 1)
  await makeStatements(house.system('clock'))
  clock.opened = instantAt(addDays(first, roundDays), 9)
  return [...(await breachesOf(house, lives)), ...(await partyBreaches(house))]
}

/** Fresh lots for what the round will buy. */
async function stockUp({ t, hub, skus, clock }: House): Promise<void> {
  const today = serviceDayOf(clock.now)
  const over = { madeOn: today, readyDay: today, useByDay: addDays(today, 20), createdAt: clock.now }
  for (const sku of [...skus, ...skus.slice(0, 1)])
    await makeLot(t.db, sku, hub.id, 60 * sku.basePerOrderUnit, over)
}

/** The week is over: statements are made, and what was paid ahead goes to them once they are sent. */
async function stateAccounts(house: House, lives: readonly Life[]): Promise<void> {
  await makeStatements(house.system('clock'))
  const rows = await house.t.sql<
    { orgId: string; id: string; version: number; closingFen: number; transferId: string | null }[]
  >`
    select s.org_id as "orgId", s.id, s.version, s.closing_fen as "closingFen",
      (select min(x.transfer_id::text) from statement_lines x where x.statement_id = s.id) as "transferId"
    from statements s where s.org_id = any(${lives.map((one) => one.orgId)})`
  for (const { orgId, transferId, ...row } of rows)
    lives
      .find((life) => life.orgId === orgId)
      ?.statements.push({ ...row, transferId: transferId ?? newId(), disputes: [] })
}
