import { addDays, inSeason, serviceDayOf, weekdayOf } from '@huming/shared/days'
import { flows } from '@huming/shared/flows'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { samplePacks, skuId } from '../cast/goods.ts'
import { buyerSites, centralHubId, hubRows } from '../cast/places.ts'
import { closedDayRows } from '../cast/terms.ts'
import type { Book } from './book.ts'
import { remainingDaysOf } from './lots.ts'
import { tellStory } from './story.ts'

const now = new Date('2026-11-24T08:30:00Z')
const today = serviceDayOf(now)
const book = tellStory(now)

/** The product may be started for the first time at any instant. */
const anyStart = fc.date({
  min: new Date('2026-01-02T00:00:00Z'),
  max: new Date('2034-12-30T00:00:00Z'),
  noInvalidDate: true,
})

test('the same start tells the same story, to the last id', () => {
  // A bank number is sealed with a nonce of its own each time.
  const unsealed = (told: typeof book) => ({
    ...told,
    orgBankAccounts: told.orgBankAccounts.map((row) => ({ ...row, numberSealed: '' })),
  })
  expect(unsealed(tellStory(new Date(now)))).toEqual(unsealed(book))
})

test('whenever it begins: nothing lies in the future, ids are unique, days are open and served', {
  timeout: 120_000,
}, () => {
  const sites = new Map(buyerSites().map(({ row }) => [row.id, row]))
  fc.assert(
    fc.property(anyStart, (start) => {
      const told = tellStory(start)
      const closed = new Set(closedDayRows(serviceDayOf(start)).map((row) => row.day))
      for (const event of told.events) expect(event.at <= start, event.type).toBe(true)
      for (const rows of Object.values(told)) {
        const ids = rows.flatMap((row) => ('id' in row && row.id ? [row.id] : []))
        expect(new Set(ids).size).toBe(ids.length)
      }
      for (const order of told.orders) {
        expect(order.placedAt <= start).toBe(true)
        expect(sites.get(order.siteId)?.deliveryWeekdays).toContain(weekdayOf(order.day as typeof today))
        expect(closed.has(order.day)).toBe(false)
      }
      const own = told.lots.filter((lot) => !lot.originLotId)
      expect(new Set(own.map((lot) => lot.code)).size).toBe(own.length)
    }),
    { numRuns: 12 },
  )
})

test('each event follows what it tells of: orders are placed before they freeze, delivered before they are accepted', () => {
  for (const order of book.orders) {
    const times = [order.placedAt, order.frozenAt, order.deliveredAt, order.acceptedAt].filter(
      (at) => at != null,
    )
    expect(times).toEqual([...times].sort((a, b) => a.getTime() - b.getTime()))
  }
  for (const one of book.consignments) {
    const times = [one.createdAt, one.departsAt, one.arrivedAt, one.receivedAt].filter((at) => at != null)
    expect(times).toEqual([...times].sort((a, b) => a.getTime() - b.getTime()))
  }
})

test('goods are made of what was there before them and still good', () => {
  const lots = new Map(book.lots.map((lot) => [lot.id, lot]))
  const made = book.traceEdges.filter((edge) => edge.kind === 'made_of')
  expect(made.length).toBeGreaterThan(5)
  for (const edge of made) {
    const [from, to] = [lots.get(edge.fromId), lots.get(edge.toId)]
    const day = to?.madeOn ?? serviceDayOf(edge.at)
    expect(from?.createdAt.getTime(), `${from?.code} in ${to?.code}`).toBeLessThanOrEqual(edge.at.getTime())
    expect((from?.madeOn ?? '') <= day, `${from?.code} in ${to?.code}`).toBe(true)
    expect((from?.useByDay ?? '') >= day, `${from?.code} in ${to?.code}`).toBe(true)
  }
})

describe('what there is to do', () => {
  const statuses = (rows: readonly { status: string }[]) => new Set(rows.map((row) => row.status))

  test('lots in every stage, all of them known to the flow', () => {
    const stages = new Set(book.lots.map((lot) => lot.stage))
    const wanted = [
      'planned',
      'made',
      'shipped',
      'received',
      'used_up',
      'held',
      'recalled',
      'expired',
      'destroyed',
      'withdrawn',
    ]
    expect([...stages].sort((a, b) => a.localeCompare(b))).toEqual(wanted.sort((a, b) => a.localeCompare(b)))
    for (const stage of stages) expect(Object.keys(flows.lot.moves).concat(flows.lot.ends)).toContain(stage)
  })

  test('loads being loaded, on the way, at the dock and taken in; one came partly broken', () => {
    expect(statuses(book.consignments)).toEqual(new Set(['draft', 'shipped', 'arrived', 'received']))
    expect(book.consignmentLines.filter((line) => (line.refusedQuantity ?? 0) > 0)).toHaveLength(1)
    expect(new Set(book.notices.map((notice) => notice.key))).toEqual(
      new Set(['notice.goods_refused', 'notice.recall', 'notice.stop_late']),
    )
  })

  test('a recall that shops have to answer, a finished drill, and uploads in every state', () => {
    expect(book.recalls.map((recall) => [recall.drill, recall.status])).toEqual([
      [false, 'retrieving'],
      [true, 'closed'],
    ])
    const open = book.recallNotices.filter((notice) => notice.sentAt)
    expect(open.some((notice) => notice.answeredAt)).toBe(true)
    expect(open.some((notice) => !notice.answeredAt)).toBe(true)
    expect(book.recallTasks).toHaveLength(1)
    expect(new Set(book.traceUploads.map((one) => `${one.kind} ${one.status}`)).size).toBeGreaterThanOrEqual(
      4,
    )
    const late = book.traceUploads.filter((one) => one.status === 'waiting' && one.dueAt < now)
    expect(late.length).toBeGreaterThan(0)
  })

  test('orders of the past, of tonight and of the days after', () => {
    for (const status of ['accepted', 'delivered', 'cancelled', 'placed', 'awaiting_approval'])
      expect(statuses(book.orders), status).toContain(status)
    const ahead = book.orders.filter((order) => order.status === 'placed').map((order) => order.day)
    expect(ahead.filter((day) => day === addDays(today, 1)).length).toBeGreaterThan(30)
    expect(ahead.some((day) => day > addDays(today, 1))).toBe(true)
    const past = book.orders.filter((order) => order.day <= today)
    expect(new Set(past.map((order) => order.day)).size).toBeGreaterThanOrEqual(14)
  })

  test('runs finished yesterday at both hubs, every stop with its orders', () => {
    const yesterday = book.runs.filter((run) => run.day === addDays(today, -1))
    expect(new Set(yesterday.map((run) => run.hubId)).size).toBe(2)
    expect(statuses(book.runs)).toEqual(new Set(['finished']))
    // Where a door was tried again its orders went over to the second stop.
    const again = book.doorDecisions.flatMap((one) => (one.newStopId ? [one.stopId] : []))
    const withOrders = new Set(book.stopOrders.map((one) => one.stopId))
    expect(book.stops.filter((stop) => !withOrders.has(stop.id)).map((stop) => stop.id)).toEqual(again)
  })

  test('the last night: a late door whose buyer was told before, a shut door tried again', () => {
    const last = new Set(book.runs.filter((run) => run.day === today).map((run) => run.id))
    const stops = book.stops.filter((stop) => last.has(stop.runId))
    const late = stops.filter((stop) => (stop.arrivedAt ?? 0) > stop.windowToAt)
    expect(late.length).toBeGreaterThan(0)
    expect(late.length * 5).toBeLessThan(stops.length)
    for (const stop of late)
      expect(stop.lateNoticedAt?.getTime()).toBeLessThan(stop.arrivedAt?.getTime() ?? 0)
    const decided = book.doorDecisions.filter((one) => stops.some((stop) => stop.id === one.stopId))
    const second = stops.find((stop) => stop.id === decided[0]?.newStopId)
    expect([decided.length, decided[0]?.choice, second?.status === 'failed']).toEqual([1, 'again', false])
  })
})

/** Ordering units of a pack that a delivery on the day could still have. */
function freeUnits(
  told: Book,
  pack: (typeof samplePacks)[number]['pack'],
  hubId: string,
  day: typeof today,
): number {
  const lots = told.lots.filter(
    (lot) =>
      lot.skuId === skuId(pack) &&
      lot.hubId === hubId &&
      lot.readyDay <= day &&
      lot.useByDay >= addDays(day, remainingDaysOf(pack)),
  )
  return lots.reduce((sum, lot) => sum + lot.promisable - (lot.promised ?? 0), 0) / pack.order[1]
}

describe('there is enough', () => {
  test('at the city warehouse every pack in season can be had on each of the next fourteen days', () => {
    for (const { pack, product } of samplePacks) {
      if (product.lapsed) continue
      for (let ahead = 1; ahead <= 14; ahead += 1) {
        const day = addDays(today, ahead)
        const fresh = !product.freshOnly || product.seasons.some((one) => inSeason(addDays(day, -3), one))
        if (!fresh || (product.freshOnly && !product.seasons.some((one) => inSeason(today, one)))) continue
        expect(freeUnits(book, pack, centralHubId, day), `${pack.code} ${day}`).toBeGreaterThanOrEqual(
          pack.daily * 0.5,
        )
      }
    }
  })

  test('what is out of season cannot', () => {
    const pear = samplePacks.find(({ pack }) => pack.code === 'JN-HHL-10')?.pack
    expect(pear && freeUnits(book, pear, centralHubId, addDays(today, 1))).toBe(0)
  })

  test('the snack shops’ goods lie at the sub-centre, too', () => {
    const sub = hubRows.find((hub) => hub.kind === 'sub_centre')?.id as string
    for (const { pack } of samplePacks.filter(
      (one) => one.pack.code.startsWith('SX-') && one.pack.atSubCentre,
    ))
      expect(freeUnits(book, pack, sub, addDays(today, 1)), pack.code).toBeGreaterThan(5)
  })
})
