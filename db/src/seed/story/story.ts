import { addDays, minutesOf, type ServiceDay, serviceDayOf, weekdayOf } from '@huming/shared/days'
import { priceRows } from '../cast/goods.ts'
import { type BuyerSite, buyerSites, hubRows } from '../cast/places.ts'
import { contractRows } from '../cast/price-contracts.ts'
import { forcesOn } from '../cast/settlement.ts'
import { closedDayRows, cutOffRuleRows } from '../cast/terms.ts'
import { diceOf } from '../ids.ts'
import { type Book, newBook, tell } from './book.ts'
import { noteCallOffs } from './call-offs.ts'
import { noteClaims } from './claims.ts'
import { isShortOfCredit, noteComing } from './coming.ts'
import { noteCrates } from './crates.ts'
import { cutOffOf, type Draft, draftOrder } from './draft.ts'
import { noteForecasts } from './forecasts.ts'
import { noteKitchen } from './kitchen.ts'
import { type Lot, pastShares, plannedLots, type Shelf, serves, shelfOf, storyDays } from './lots.ts'
import { noteNight } from './night.ts'
import { noteOpenCallOffs } from './open-call-offs.ts'
import { noteCancelled, type Scene } from './orders.ts'
import { notePayments } from './payments.ts'
import { notePayouts } from './payouts.ts'
import { type PriceList, priceListOf } from './pricing.ts'
import { noteRecalls } from './recalls.ts'
import { noteSpecialLots } from './special-lots.ts'
import { oneOf, staffOf } from './staff.ts'
import { noteStatements } from './statements.ts'
import { noteStores } from './stores.ts'
import { noteLots } from './supply.ts'
import { noteUploads } from './uploads.ts'

/** Two weeks of nights that are over, tonight's orders, and all the goods behind them, as of `now`. */
export function tellStory(now: Date): Book {
  const today = serviceDayOf(now)
  const scene: Scene = { book: newBook(), now, crewOf, inForce: forcesOn(today), lean: false }
  const lots = plannedLots(today, now)
  const shelf = shelfOf(lots)
  const prices = priceListOf(
    [...priceRows(today), ...contractRows(today).prices].map((row) => ({
      buyerOrgId: null,
      buyerClass: null,
      fromUnits: 1,
      ...row,
    })),
  )
  const sites = buyerSites()
  const closed = new Set(closedDayRows(today).map((row) => row.day))
  for (let ago = storyDays.past; ago >= 0; ago -= 1) {
    const day = addDays(today, -ago)
    for (const hub of hubRows) pastNight(scene, { day, hubId: hub.id, shelf, prices, sites, today })
  }
  noteComing(scene, { today, sites, closed, shelf, prices })
  const told = worthTelling(lots, today)
  noteLots(scene, told)
  noteForecasts(scene, told, today)
  noteSpecialLots(scene, today)
  noteStores(scene, told)
  noteCallOffs(scene, lots, today)
  noteOpenCallOffs(scene, told, today)
  noteCrates(scene)
  noteRecalls(scene)
  noteUploads(scene)
  noteKitchen(scene)
  noteClaims(scene)
  notePayouts(scene)
  // After all that is owed: its lines are all entries of the story.
  noteStatements(scene)
  notePayments(scene)
  return scene.book
}

/** Old lots of which nothing was ever taken are left out. */
function worthTelling(lots: readonly Lot[], today: ServiceDay): Lot[] {
  const told = lots.filter((lot) => lot.picked + lot.left > 0)
  // Part of one load came broken.
  const broken = told.findLast((lot) => lot.pack.code === 'SY-JD-36' && lot.madeOn < today)
  if (broken) broken.refused = 2
  return told
}

function crewOf({ row }: BuyerSite) {
  return {
    purchaser: oneOf(row.orgId, 'purchaser'),
    approver: staffOf(row.orgId, 'approver')[0] ?? null,
    acceptors: staffOf(row.orgId, 'acceptor'),
  }
}

type PastNight = {
  readonly day: ServiceDay
  readonly hubId: string
  readonly shelf: Shelf
  readonly prices: PriceList
  readonly sites: readonly BuyerSite[]
  readonly today: ServiceDay
}

/** One hub's night; of today only what was delivered by now. */
function pastNight(scene: Scene, night: PastNight): void {
  const { day, hubId, shelf, today } = night
  const dice = diceOf(`night ${hubId} ${day}`)
  const drafts = draftsOf(scene, night)
  const cancelled = drafts.filter(() => dice.chance(3))
  for (const draft of cancelled) noteCancelled(scene, draft)
  const going = drafts.filter((draft) => !cancelled.includes(draft))
  noteNight(scene, {
    hubId,
    day,
    drafts: going,
    dice,
    isLast: day >= addDays(today, -1),
    stopsPerRun: 8,
    waveSeq: 1,
    sharesOf: (line, quantity) => pastShares(shelf, line.pack, hubId, day, quantity, dice.chance(7)),
  })
  noteCutOffs(scene, night, going)
}

function draftsOf(scene: Scene, { day, hubId, shelf, prices, sites, today }: PastNight): Draft[] {
  const clock = minutesOf(scene.now)
  return sites.flatMap((site) => {
    const dice = diceOf(`past ${site.row.name} ${day}`)
    const { row } = site
    const over = day < today || row.windowTo + 45 <= clock
    const served = row.hubId === hubId && row.deliveryWeekdays.includes(weekdayOf(day))
    if (!over || !served || isShortOfCredit(site)) return []
    if (!isRegular(site) && !dice.chance(26)) return []
    const draft = draftOrder({
      name: `${row.name} ${day}`,
      site,
      day,
      dice,
      prices,
      isOnShelf: (pack) => shelf(pack, hubId).some((lot) => lot.madeOn < day && serves(lot, day)),
      now: scene.now,
    })
    return draft ? [draft] : []
  })
}

/** The buyers offered for signing in order every day that they are served. */
const isRegular = ({ buyer, row }: BuyerSite): boolean =>
  row.name.startsWith(buyer.name) && ['凉城沙县小吃店', '杨浦示范大学食堂'].includes(buyer.name)

/** The cut-offs of the day, closed by the clock on their minute. */
function noteCutOffs({ book }: Scene, { day, hubId, sites }: PastNight, frozen: readonly Draft[]): void {
  for (const rule of cutOffRuleRows().filter((one) => one.hubId === hubId)) {
    const { buyerClass } = rule
    const site = sites.find((one) => one.row.hubId === hubId && one.buyer.buyerClass === buyerClass)
    const count = frozen.filter((draft) => draft.site.buyer.buyerClass === buyerClass).length
    const like = site ?? { row: { hubId }, buyer: { buyerClass } }
    const closedAt = cutOffOf(like as BuyerSite, day)
    book.cutOffs.push({
      hubId,
      day,
      buyerClass,
      closedAt,
      closedBy: null,
      frozenOrders: count,
      summary: { lapsedOrders: 0 },
    })
    if (count === 0) continue
    const payload = { hubId, day, buyerClass, frozenOrders: count, lapsedOrders: 0 }
    tell(book, {
      type: 'cutoff.closed',
      at: closedAt,
      subjectId: hubId,
      hubId,
      key: `${day} ${buyerClass}`,
      payload,
    })
  }
}
