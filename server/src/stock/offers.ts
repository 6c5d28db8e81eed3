import type { offerShape } from '@huming/shared/contracts/catalogue'
import { addDays, inSeason as isInSeason, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { marksOn } from '@huming/shared/gates'
import { type Customer, type PriceTier, tiersFor } from '@huming/shared/pricing'
import type { z } from 'zod'
import type { OfferedPack, Season } from '../catalogue/packs.ts'
import { type Catalogue, catalogueAt, onSaleOn } from '../catalogue/snapshot.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { type Availability, availabilityOf, type FreeLot, smallestOrder } from './availability.ts'
import { dayOf, type Frame, freeLots, type Moment, readMoment, type Wish } from './frame.ts'

export type Offer = z.output<typeof offerShape>
/** An offer in its parts: what is the same for everybody, what for many, and what is reckoned for this page. */
export type Offered = {
  readonly fixed: OfferedPack['fixed']
  readonly marks: readonly { readonly type: string; readonly text: string }[]
  readonly tiers: readonly PriceTier[]
  readonly inSeason: boolean
  readonly availability: Availability
}
export type Offers = { readonly frame: Frame; readonly offers: readonly Offered[] }
type Packs = readonly OfferedPack[]

/**
 * Offers of the packs that `pick` takes from what may be sold on the day by its papers, in its order. When the copy in memory proves older than
 * what was committed before the request, what changed is read and picked from again.
 */
export async function readOffers(
  ctx: Ctx,
  wish: Wish,
  pick: (catalogue: Catalogue) => Packs | Promise<Packs>,
): Promise<Offers> {
  const day = dayOf(ctx, wish)
  const attempt = async (catalogue: Catalogue) => {
    const packs = await pick(onSaleOn(catalogue, serviceDayOf(ctx.now), day))
    const moment = await readMoment(
      ctx,
      wish,
      packs.map((pack) => pack.fixed.skuId),
    )
    return { packs, moment }
  }
  const catalogue = await catalogueAt(ctx.sql)
  const first = await attempt(catalogue)
  const { version } = first.moment
  if (version <= catalogue.version) return offersOf(first.packs, first.moment)
  const second = await attempt(await catalogueAt(ctx.sql, version))
  return offersOf(second.packs, second.moment)
}

const offersOf = (packs: Packs, { frame, lots }: Moment): Offers => ({
  frame,
  offers: packs.map((pack) => offerOf(pack, lots.get(pack.fixed.skuId) ?? [], frame)),
})

/** Offers of just these packs, in the order given; what is not on offer is left out. */
export function readOffersOfSkus(ctx: Ctx, wish: Wish, skuIds: readonly string[]): Promise<Offers> {
  return readOffers(ctx, wish, ({ byId }) =>
    skuIds.map((id) => byId.get(id)).filter((pack) => pack !== undefined),
  )
}

/** Those of the packs of which the smallest order can be delivered on the day, or with `false` the others. */
export async function whereAvailable(
  { sql }: Pick<Ctx, 'sql'>,
  frame: Frame,
  packs: Packs,
  available: boolean,
): Promise<OfferedPack[]> {
  const needs = packs.map((pack) => {
    const { minUnits, tiers } = pricesOf(pack, frame)
    // Without a price nothing is enough.
    const quantity = tiers.length > 0 ? minUnits * pack.fixed.basePerOrderUnit : null
    return { quantity, useBy: addDays(frame.day, pack.minRemainingDays) }
  })
  const rows = await sql<{ nr: number }[]>`
    select w.nr::int4 as nr
    from unnest(${bareArray(packs.map((pack) => pack.fixed.skuId))}::uuid[],
      ${bareArray(needs.map((need) => need.quantity))}::int8[],
      ${bareArray(needs.map((need) => need.useBy))}::text[]) with ordinality as w(id, quantity, use_by, nr)
    join lots l on l.sku_id = w.id
    where l.hub_id = ${frame.hubId} and ${freeLots(sql, frame.day)}
      and l.ready_day <= ${frame.day} and l.use_by_day >= w.use_by
    group by w.nr, w.quantity having sum(l.promisable - l.promised) >= w.quantity`
  const enough = new Set(rows.map((row) => row.nr - 1))
  return packs.filter((_, index) => enough.has(index) === available)
}

type Prices = { readonly tiers: readonly PriceTier[]; readonly minUnits: number }
/** Prices of a pack found so far, by customer, and the buyers who have prices of their own. */
type Found = { readonly owners: ReadonlySet<string | null>; readonly byCustomer: Map<string, Prices> }

/** A changed pack is a new object, so what was found for the old one goes with it. */
const found = new WeakMap<OfferedPack, Found>()
const customersMax = 200

/**
 * The customer's tiers of a pack, and the smallest order: where no price holds for it, the first that has one.
 * Buyers without prices of their own see those of their class, so they are reckoned once for all of them.
 */
export function pricesOf(pack: OfferedPack, customer: Customer): Prices {
  const { owners, byCustomer } = foundOf(pack)
  const owner = owners.has(customer.buyerOrgId) ? customer.buyerOrgId : ''
  const key = `${customer.day} ${customer.buyerClass} ${owner}`
  const known = byCustomer.get(key)
  if (known) return known
  if (byCustomer.size >= customersMax) byCustomer.clear()
  const prices = reckonPrices(pack, customer)
  byCustomer.set(key, prices)
  return prices
}

function foundOf(pack: OfferedPack): Found {
  const known = found.get(pack)
  if (known) return known
  const owners = new Set(pack.prices.map((row) => row.buyerOrgId))
  owners.delete(null)
  const fresh = { owners, byCustomer: new Map<string, Prices>() }
  found.set(pack, fresh)
  return fresh
}

function reckonPrices({ fixed, prices }: OfferedPack, customer: Customer): Prices {
  const tiers = tiersFor(prices, customer, smallestOrder(fixed))
  const from = Math.max(fixed.minUnits, tiers[0]?.fromUnits ?? 1)
  return { tiers, minUnits: smallestOrder({ minUnits: from, stepUnits: fixed.stepUnits }) }
}

function offerOf(pack: OfferedPack, lots: readonly FreeLot[], frame: Frame): Offered {
  const { fixed, minRemainingDays, seasons } = pack
  const { tiers, minUnits } = pricesOf(pack, frame)
  const now = seasonRank(seasons, frame.day) < 2
  const availability = availabilityOf(lots, {
    day: frame.day,
    laterDays: frame.laterDays,
    minRemainingDays,
    basePerOrderUnit: fixed.basePerOrderUnit,
    minUnits,
    inSeason: now,
    priced: tiers.length > 0,
  })
  return { fixed, marks: marksOn(pack.marks, frame.day), tiers, inSeason: now, availability }
}

/** The offer as one object, for replies that are checked as a whole. */
export const offerObject = ({ fixed, marks, tiers, inSeason, availability }: Offered): Offer => ({
  ...fixed,
  marks: marks.map(({ type, text }) => ({ type, text })),
  tiers: [...tiers],
  inSeason,
  ...availability,
})

/** 0 at the peak of the season, 1 in season or without one, 2 out of it. */
export function seasonRank(seasons: readonly Season[], day: ServiceDay): 0 | 1 | 2 {
  if (seasons.length === 0) return 1
  const now = seasons.filter((season) => isInSeason(day, season))
  if (now.length === 0) return 2
  return now.some((season) => season.peak) ? 0 : 1
}
