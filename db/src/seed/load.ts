import { addDays, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import type { PriceRow } from '@huming/shared/pricing'
import { openDb } from '../client.ts'
import { centralHubId } from './cast/places.ts'
import { forcesOn } from './cast/settlement.ts'
import type { Pack, Product } from './content/kinds.ts'
import { diceOf } from './ids.ts'
import { ensureLoadBuyers, loadPersonId, loadSite } from './load-buyers.ts'
import { newBook, writeBook } from './story/book.ts'
import { notePlaced } from './story/coming.ts'
import { cutOffOf, type Draft, draftOrder } from './story/draft.ts'
import { isMade, type Lot, lotOf } from './story/lots.ts'
import { noteNight } from './story/night.ts'
import type { Crew, Scene } from './story/orders.ts'
import { type PriceList, priceListOf } from './story/pricing.ts'
import { noteLots } from './story/supply.ts'

/** Past orders spread over so many nights, one in ten orders over so many coming days. */
const spread = { pastNights: 28, comingDays: 3, comingShare: 0.1 } as const
/** Orders of one transaction. */
const ordersAtOnce = 1200

export type LoadAsk = {
  readonly orders: number
  readonly now?: Date
  /** Told after each transaction. */
  readonly onProgress?: (done: number) => void
}

/** One part of the work: so many orders of one day. */
type Part = {
  readonly day: ServiceDay
  readonly from: number
  readonly count: number
  readonly past: boolean
}

/**
 * Adds past and present orders for load beside the sample data: delivered nights with all they leave behind, and
 * orders of the coming days with goods promised and credit held. Each part commits by itself. Gives how many orders
 * and buyers were added.
 */
export async function loadOrders(url: string, ask: LoadAsk): Promise<{ orders: number; buyers: number }> {
  const now = ask.now ?? new Date()
  const today = serviceDayOf(now)
  const { sql, close } = openDb(url, { max: 1, applicationName: 'huming-load', statementTimeout: 0 })
  try {
    const closed = new Set(
      (await sql`select day from closed_days where hub_id = ${centralHubId}`).map((row) => row['day']),
    )
    const coming = Array.from({ length: spread.comingDays + 4 }, (_, i) => addDays(today, i + 1))
      .filter(
        (day) => !closed.has(day) && [loadSite(0), loadSite(9)].every((site) => cutOffOf(site, day) > now),
      )
      .slice(0, spread.comingDays)
    const past = Array.from({ length: spread.pastNights }, (_, i) => addDays(today, i - spread.pastNights))
    const placed = Math.floor(ask.orders * spread.comingShare)
    const parts = [...shareOut(ask.orders - placed, past, true), ...shareOut(placed, coming, false)]
    const most = Math.max(1, ...parts.map((part) => part.from + part.count))
    const buyers = await sql.begin((tx) => ensureLoadBuyers(tx, most))
    const prices = priceListOf(
      await sql<(PriceRow & { skuId: string })[]>`
      select sku_id as "skuId", buyer_org_id as "buyerOrgId", buyer_class as "buyerClass", from_units as "fromUnits",
        centifen, valid_from as "validFrom", valid_to as "validTo" from prices where buyer_org_id is null`,
    )
    let done = 0
    for (const part of parts) {
      const batch = `${now.getTime().toString(36).toUpperCase()}${done.toString(36).toUpperCase()}`
      await sql.begin(async (tx) => {
        const [seq] = await tx<{ next: number }[]>`
          select coalesce(max(seq), 0) + 1 as next from waves where hub_id = ${centralHubId} and day = ${part.day}`
        const [totes] = await tx<{ n: number }[]>`select count(*)::int4 as n from totes`
        const means = { now, batch, prices, waveSeq: seq?.next ?? 1, totesBefore: totes?.n ?? 0 }
        await writeBook(tx, tellPart(part, means))
      })
      done += part.count
      ask.onProgress?.(done)
    }
    return { orders: done, buyers }
  } finally {
    await close()
  }
}

/** Splits a number over days, and each day into transactions. */
function shareOut(count: number, days: readonly ServiceDay[], past: boolean): Part[] {
  return days.flatMap((day, i) => {
    const here = Math.floor((count * (i + 1)) / days.length) - Math.floor((count * i) / days.length)
    const pieces = Math.ceil(here / ordersAtOnce)
    return Array.from({ length: pieces }, (_, piece) => ({
      day,
      past,
      from: piece * ordersAtOnce,
      count: Math.min(ordersAtOnce, here - piece * ordersAtOnce),
    }))
  })
}

type Means = {
  readonly now: Date
  readonly batch: string
  readonly prices: PriceList
  readonly waveSeq: number
  readonly totesBefore: number
}

function tellPart(part: Part, { now, batch, prices, waveSeq, totesBefore }: Means) {
  const scene: Scene = {
    book: newBook(),
    now,
    crewOf: (site): Crew => {
      const personId = loadPersonId(site)
      return { purchaser: personId, approver: null, acceptors: [personId] }
    },
    inForce: forcesOn(serviceDayOf(now)),
    lean: true,
    totesBefore,
  }
  const shelf = shelfOnDemand(part.day, now, batch)
  const drafts = Array.from({ length: part.count }, (_, i) =>
    draftFor(part, part.from + i, { now, batch, prices, waveSeq, totesBefore }),
  )
  if (part.past) {
    noteNight(scene, {
      hubId: centralHubId,
      day: part.day,
      drafts,
      dice: diceOf(`load ${batch}`),
      isLast: false,
      stopsPerRun: 24,
      waveSeq,
      sharesOf: (line, quantity) => [{ lot: shelf.lotOf(line.pack, line.product), quantity }],
    })
  } else {
    for (const draft of drafts) {
      notePlaced(scene, draft, ({ pack, product, quantity }) => {
        const lot = shelf.lotOf(pack, product)
        lot.left += quantity
        return [{ lot, quantity }]
      })
    }
  }
  noteLots(scene, shelf.all())
  return scene.book
}

function draftFor(part: Part, n: number, { now, batch, prices }: Means): Draft {
  const site = loadSite(n)
  const draft = draftOrder({
    name: `load ${batch} ${n}`,
    site,
    day: part.day,
    dice: diceOf(`load ${batch} ${n}`),
    prices,
    isOnShelf: (_, product, __, day) => isMade(product, addDays(day, -2)),
    now,
  })
  if (!draft) throw new Error(`nothing to order for ${site.buyer.name} on ${part.day}`)
  return draft
}

/** Lots made for one part: each holds exactly what its orders take. What is not made yet is planned for certain. */
function shelfOnDemand(day: ServiceDay, now: Date, batch: string) {
  const lots = new Map<string, Lot>()
  const madeOn = addDays(day, -2)
  const today = serviceDayOf(now)
  const stage = madeOn < today ? 'received' : madeOn === today ? 'made' : 'planned'
  return {
    lotOf(pack: Pack, product: Product): Lot {
      const made = () => ({
        ...lotOf(pack, product, centralHubId, madeOn, now, `-${batch}`),
        stage,
        capBp: 10_000,
      })
      const lot = lots.get(pack.code) ?? (made() as Lot)
      lots.set(pack.code, lot)
      return lot
    },
    all: (): Lot[] => [...lots.values()],
  }
}
