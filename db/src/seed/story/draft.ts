import { cutOffAt, type ServiceDay } from '@huming/shared/days'
import { sayableNumber } from '@huming/shared/ids'
import { sumFen } from '@huming/shared/money'
import { BUYER_CLASSES } from '@huming/shared/reference/buyer-classes'
import { samplePacks } from '../cast/goods.ts'
import { type BuyerSite, subHubId } from '../cast/places.ts'
import { tasteOf, tastes } from '../cast/taste.ts'
import type { Pack, Product } from '../content/kinds.ts'
import { type Dice, sampleId } from '../ids.ts'
import type { Priced, PriceList } from './pricing.ts'

export type DraftLine = Priced & {
  readonly id: string
  readonly pack: Pack
  readonly product: Product
  readonly units: number
}

/** An order as a buyer wrote it, before anything happened to it. */
export type Draft = {
  readonly id: string
  readonly number: string
  readonly site: BuyerSite
  readonly day: ServiceDay
  readonly cutOffAt: Date
  readonly placedAt: Date
  readonly lines: readonly DraftLine[]
  readonly totalFen: number
}

export type DraftAsk = {
  readonly name: string
  readonly site: BuyerSite
  readonly day: ServiceDay
  readonly dice: Dice
  readonly prices: PriceList
  /** Can the pack be had at the hub for the day? */
  readonly isOnShelf: (pack: Pack, product: Product, hubId: string, day: ServiceDay) => boolean
  /** Not later than this. */
  readonly now: Date
}

/** When ordering for the site closes. */
export function cutOffOf({ row, buyer }: BuyerSite, day: ServiceDay): Date {
  const { daysBefore, minutes } = BUYER_CLASSES[buyer.buyerClass].cutOff
  // As in the hubs' terms: shops and all others across the river close half an hour earlier.
  return cutOffAt(day, { daysBefore, minutes: minutes - (row.hubId === subHubId ? 30 : 0) })
}

/** What a buyer of this class may order for the day; null when the shelves give too little. */
export function draftOrder(ask: DraftAsk): Draft | null {
  const { site, day, dice, now } = ask
  const until = cutOffOf(site, day)
  const wished = new Date(until.getTime() - dice.whole(10, 540) * 60_000)
  const placedAt = wished <= now ? wished : new Date(now.getTime() - dice.whole(5, 240) * 60_000)
  const lines = enough(ask, chosen(ask))
  if (lines.length === 0) return null
  const id = sampleId(`order ${ask.name}`, placedAt)
  const withIds = lines.map((line, i) => ({ ...line, id: sampleId(`line ${ask.name} ${i}`, placedAt) }))
  const totalFen = sumFen(lines.map((line) => line.amountFen))
  return {
    id,
    number: sayableNumber('D', id),
    site,
    day,
    cutOffAt: until,
    placedAt,
    lines: withIds,
    totalFen,
  }
}

type Line = Omit<DraftLine, 'id'>

/** Packs drawn by taste, each at most once. */
function chosen(ask: DraftAsk): Line[] {
  const { site, day, dice } = ask
  const { buyer } = site
  const taste = tastes[buyer.buyerClass]
  const wanted = samplePacks.flatMap(({ pack, product }) => {
    const weight = tasteOf(buyer.buyerClass, pack, product)
    if (weight === 0 || !ask.isOnShelf(pack, product, site.row.hubId, day)) return []
    return [{ pack, product, luck: dice.next() ** (1 / weight) }]
  })
  const count = Math.max(2, Math.round(dice.whole(...taste.lines) * (buyer.appetite ?? 1)))
  return wanted
    .sort((a, b) => b.luck - a.luck)
    .slice(0, count)
    .flatMap(({ pack, product }) => priced(ask, pack, product, unitsOf(ask, pack)) ?? [])
}

/** Dear packs are bought singly. */
function unitsOf({ site, dice }: DraftAsk, pack: Pack): number {
  const [least, most] = tastes[site.buyer.buyerClass].units
  const perUnit = pack.price * (pack.per ? pack.order[1] / pack.per[1] : 1)
  const units = perUnit > 600 ? dice.whole(1, 2) : dice.whole(least, most)
  return Math.max(pack.min ?? 1, units)
}

function priced({ prices, site, day }: DraftAsk, pack: Pack, product: Product, units: number): Line | null {
  const who = { buyerOrgId: site.row.orgId, buyerClass: site.buyer.buyerClass, day }
  const price = prices(pack, product, units, who)
  return price && { ...price, pack, product, units }
}

/** Adds to the order until it reaches the minimum of its class. */
function enough(ask: DraftAsk, lines: readonly Line[]): Line[] {
  const { minimumOrderFen } = BUYER_CLASSES[ask.site.buyer.buyerClass]
  const all = [...lines]
  for (let turn = 0; turn < 60; turn += 1) {
    if (sumFen(all.map((line) => line.amountFen)) >= minimumOrderFen) return all
    const i = turn % Math.max(1, all.length)
    const line = all[i]
    const more = line && priced(ask, line.pack, line.product, line.units + 1)
    if (more) all[i] = more
  }
  return []
}
