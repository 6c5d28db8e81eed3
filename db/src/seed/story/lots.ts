import { addDays, dayDiff, inSeason, instantAt, type ServiceDay } from '@huming/shared/days'
import { remainingDays, samplePacks } from '../cast/goods.ts'
import { centralHubId, hubRows, subHubId } from '../cast/places.ts'
import type { Pack, Product } from '../content/kinds.ts'
import { diceOf, sampleId } from '../ids.ts'

/** A lot of the story. Quantities in base units: what was picked of it, is promised of it, is left beside that. */
export type Lot = {
  readonly id: string
  readonly code: string
  readonly pack: Pack
  readonly product: Product
  readonly hubId: string
  readonly madeOn: ServiceDay
  readonly readyDay: ServiceDay
  readonly useByDay: ServiceDay
  readonly createdAt: Date
  stage:
    | 'planned'
    | 'made'
    | 'shipped'
    | 'received'
    | 'held'
    | 'recalled'
    | 'expired'
    | 'destroyed'
    | 'withdrawn'
  picked: number
  promised: number
  /** Received, made or expected beyond what was picked; promises are part of it. */
  left: number
  capBp: number
  holdReason: string | null
  /** Ordering units that were refused at the dock. */
  refused: number
}

/** How far back the story reaches, and how far ahead suppliers plan, days. */
export const storyDays = { past: 14, ahead: 14 } as const

/** Days between two lots of a pack: the shorter it keeps, the more often it is made. */
const rhythmOf = (lifeDays: number): number =>
  lifeDays <= 7 ? 1 : lifeDays <= 30 ? 2 : lifeDays <= 90 ? 7 : 14

/** Life that must remain at the door. */
export const remainingDaysOf = (pack: Pack): number => remainingDays(pack.lifeDays)

/** May the lot be delivered on the day? */
export const serves = (lot: Lot, day: ServiceDay): boolean =>
  lot.readyDay <= day && lot.useByDay >= addDays(day, remainingDaysOf(lot.pack))

/** Fresh goods are made within their season only, everything else all year. */
export const isMade = (product: Product, day: ServiceDay): boolean =>
  !product.freshOnly ||
  product.seasons.length === 0 ||
  product.seasons.some((season) => inSeason(day, season))

/** A lot made on a day: on its way that night, picked from the night after the next morning on. */
export function lotOf(
  pack: Pack,
  product: Product,
  hubId: string,
  madeOn: ServiceDay,
  now: Date,
  suffix = '',
): Lot {
  const code = `${pack.code}-${hubId === centralHubId ? 'J' : 'P'}${madeOn.slice(2).replaceAll('-', '')}${suffix}`
  const made = instantAt(madeOn, 14 * 60)
  // What is made or forecast today was declared a few hours ago, whatever the hour.
  const createdAt = new Date(Math.min(made.getTime(), now.getTime() - 4 * 3_600_000))
  return {
    id: sampleId(`lot ${code}`, createdAt),
    code,
    pack,
    product,
    hubId,
    madeOn,
    readyDay: addDays(madeOn, 2),
    useByDay: addDays(madeOn, pack.lifeDays),
    createdAt,
    stage: 'received',
    picked: 0,
    promised: 0,
    left: 0,
    capBp: 7000,
    holdReason: null,
    refused: 0,
  }
}

/** What the hub's usual day is of the whole city's, per cent. */
const sharePercent: Record<string, number> = { [centralHubId]: 100, [subHubId]: 25 }

/** So many usual days of a pack at a hub, in whole ordering units. */
export function daysOf(pack: Pack, hubId: string, days: number): number {
  const units = Math.ceil((pack.daily * (sharePercent[hubId] ?? 0) * days) / 100)
  return Math.max(1, units) * pack.order[1]
}

/**
 * All lots of all packs, from before the first past night to the last planned harvest. The newest received lot of a
 * pack has plenty left; older ones hold what the past nights will take of them.
 */
export function plannedLots(today: ServiceDay, now: Date): Lot[] {
  return hubRows.flatMap(({ id: hubId }) =>
    samplePacks
      .filter(({ pack, product }) => !product.lapsed && (hubId === centralHubId || pack.atSubCentre))
      .flatMap(({ pack, product }) => lotsOfPack(pack, product, hubId, today, now)),
  )
}

function lotsOfPack(pack: Pack, product: Product, hubId: string, today: ServiceDay, now: Date): Lot[] {
  const rhythm = rhythmOf(pack.lifeDays)
  const shift = diceOf(`rhythm ${pack.code}`).whole(0, rhythm - 1)
  const first = addDays(today, -storyDays.past - rhythm - 2)
  const days = Array.from({ length: storyDays.past + rhythm + storyDays.ahead + 1 }, (_, i) =>
    addDays(first, i),
  )
  const made = days.filter((day) => (dayDiff('2024-01-01' as ServiceDay, day) + shift) % rhythm === 0)
  const lots = made.filter((day) => isMade(product, day)).map((day) => lotOf(pack, product, hubId, day, now))
  const received = lots.filter((lot) => lot.madeOn < today)
  for (const lot of lots) {
    if (lot.madeOn < today) continue
    lot.stage = lot.madeOn === today ? 'made' : 'planned'
    lot.left = daysOf(pack, hubId, rhythm * 1.3)
    // The nearer the harvest, the surer the forecast.
    lot.capBp = Math.max(5000, 9000 - dayDiff(today, lot.madeOn) * 300)
  }
  const newest = received.at(-1)
  const before = received.at(-2)
  if (newest) newest.left = daysOf(pack, hubId, Math.max(2.5, rhythm * 1.3))
  if (before && rhythm <= 2) before.left = daysOf(pack, hubId, 0.5)
  return lots
}

/** So much of a lot. */
export type Share = { readonly lot: Lot; readonly quantity: number }

/** Lots of a pack at a hub, oldest first. */
export type Shelf = (pack: Pack, hubId: string) => readonly Lot[]

export function shelfOf(lots: readonly Lot[]): Shelf {
  const by = Map.groupBy(lots, (lot) => `${lot.pack.code} ${lot.hubId}`)
  return (pack, hubId) => by.get(`${pack.code} ${hubId}`) ?? []
}

/** The lots a past night took from: the newest that was ready, now and then the last of the one before. */
export function pastShares(
  shelf: Shelf,
  pack: Pack,
  hubId: string,
  day: ServiceDay,
  quantity: number,
  split: boolean,
): Share[] {
  const ready = shelf(pack, hubId).filter((lot) => lot.madeOn < day && serves(lot, day))
  const [newest, before] = [ready.at(-1), ready.at(-2)]
  if (!newest) return []
  const unit = pack.order[1]
  if (!split || !before || quantity < 2 * unit) return [{ lot: newest, quantity }]
  return [
    { lot: before, quantity: unit },
    { lot: newest, quantity: quantity - unit },
  ]
}

/** How much of a lot may be promised: what is on hand, all that is declared, or the forecast up to its cap. */
export function promisableOf(lot: Lot): number {
  if (lot.stage === 'planned') return Math.floor((lot.left * lot.capBp) / 10_000)
  return ['made', 'shipped', 'received'].includes(lot.stage) ? lot.left : 0
}

/** Lots for a coming day, first expired first; null when there is not enough. Nothing is promised yet. */
export function futureShares(
  shelf: Shelf,
  pack: Pack,
  hubId: string,
  day: ServiceDay,
  quantity: number,
): Share[] | null {
  const lots = shelf(pack, hubId)
    .filter((lot) => serves(lot, day) && promisableOf(lot) > lot.promised)
    .sort((a, b) => compare(a.useByDay, b.useByDay) || compare(a.readyDay, b.readyDay) || compare(a.id, b.id))
  const shares: Share[] = []
  let rest = quantity
  for (const lot of lots) {
    const part = Math.min(rest, promisableOf(lot) - lot.promised)
    shares.push({ lot, quantity: part })
    rest -= part
    if (rest === 0) return shares
  }
  return null
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
