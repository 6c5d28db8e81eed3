import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import type { ServiceDay } from '@huming/shared/days'
import type { Customer } from '@huming/shared/pricing'
import { isCategoryId, withLeaves } from '@huming/shared/reference/categories'
import type { OfferedPack } from '../catalogue/packs.ts'
import { type SearchTerm, searchScore, searchTerms } from '../catalogue/search.ts'
import type { Catalogue } from '../catalogue/snapshot.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import { WrittenJson } from '../kernel/written-json.ts'
import { dayOf, type Frame, readMoment } from './frame.ts'
import { type Offers, pricesOf, readOffers, readOffersOfSkus, seasonRank, whereAvailable } from './offers.ts'
import { offerText } from './write-offers.ts'

type Route = Contracts['catalogue.browse']
type Query = ContractParsed<Route>['query']
type Packs = readonly OfferedPack[]

/** Pages deeper than this are not turned; whoever wants more searches more closely. */
const offsetMax = 10_000
const skuIdsMax = 200

/**
 * One page of the catalogue as offers for the customer, day and hub of the site. The cursor is a place in the
 * order: the catalogue changes slowly, and the order never leaves two packs equal.
 */
export async function browseCatalogue(ctx: Ctx, query: Query): Promise<WrittenJson<ContractReply<Route>>> {
  allow(ctx, 'catalogue.browse')
  if (query.category && !isCategoryId(query.category)) throw new Fault('unknown_category')
  const offset = offsetOf(query.cursor)
  const offers =
    query.skuIds === undefined
      ? await readPage(ctx, query, offset)
      : await readOffersOfSkus(ctx, query, idsOf(query.skuIds))
  return pageText(offers, query, offset)
}

/** Asked for one by one there is no next page: at most as many as a page may hold are asked for. */
function pageText({ frame, offers }: Offers, { skuIds, limit }: Query, offset: number) {
  const shown = skuIds === undefined ? offers.slice(0, limit) : offers
  const nextCursor = offers.length > shown.length ? `"${offset + limit}"` : 'null'
  const items = shown.map((offer) => offerText(offer)).join()
  return new WrittenJson<ContractReply<Route>>(
    `{"day":"${frame.day}","items":[${items}],"nextCursor":${nextCursor}}`,
  )
}

/** The offers of the page and one more, when there is one. */
async function readPage(ctx: Ctx, query: Query, offset: number): Promise<Offers> {
  const day = dayOf(ctx, query)
  const page = (packs: Packs): Packs => packs.slice(offset, offset + query.limit + 1)
  const { available, sort } = query
  if (available === undefined && sort !== 'price')
    return readOffers(ctx, query, (catalogue) => page(matching(catalogue, query, day)))
  // Who buys, and at which hub, is known only after a reading.
  const { frame } = await readMoment(ctx, query, [])
  return readOffers(ctx, query, async (catalogue) => {
    const found = matching(catalogue, query, day)
    const inOrder = sort === 'price' ? byPrice(found, frame) : found
    if (available === undefined) return page(inOrder)
    return page(await firstAvailable(ctx, frame, inOrder, { available, count: offset + query.limit + 1 }))
  })
}

/** So many packs at a time are looked at for what can be delivered of them. */
const looked = 200

/** The first so many of the packs that can be delivered, or that cannot. */
async function firstAvailable(
  ctx: Ctx,
  frame: Frame,
  packs: Packs,
  wanted: { available: boolean; count: number },
): Promise<Packs> {
  const found: OfferedPack[] = []
  for (let from = 0; from < packs.length && found.length < wanted.count; from += looked) {
    const some = packs.slice(from, from + looked)
    found.push(...(await whereAvailable(ctx, frame, some, wanted.available)))
  }
  return found
}

/** The packs that match, in the order asked for, before the price; among equals by name. */
function matching(catalogue: Catalogue, query: Query, day: ServiceDay): Packs {
  const byName = query.sort === 'name' || query.sort === 'price'
  const category = query.category && isCategoryId(query.category) ? withLeaves(query.category) : undefined
  const found = (byName ? catalogue.packs : bySeason(catalogue, day)).filter(
    ({ fixed, seasons }) =>
      (!query.countyCode || fixed.countyCode === query.countyCode) &&
      (!query.zone || fixed.zone === query.zone) &&
      (!category || category.some((one) => one === fixed.category)) &&
      (query.inSeason === undefined || seasonRank(seasons, day) < 2 === query.inSeason),
  )
  const terms = searchTerms(query.search ?? '')
  return terms.length === 0 ? found : searched(found, terms, query.sort === 'relevance')
}

function searched(packs: Packs, terms: readonly SearchTerm[], ranked: boolean): Packs {
  const hits = packs
    .map((pack) => ({ pack, score: searchScore(pack.words, terms) }))
    .filter(({ score }) => score > 0)
  if (ranked) hits.sort((a, b) => b.score - a.score)
  return hits.map(({ pack }) => pack)
}

/** Seasonal orders found so far, by catalogue: the copy in memory is sorted once a day, not for each page. */
const foundOrders = new WeakMap<Catalogue, Map<ServiceDay, Packs>>()

/** What is at its peak first, then what is in season, then the rest. */
function bySeason(catalogue: Catalogue, day: ServiceDay): Packs {
  const orders = foundOrders.get(catalogue) ?? new Map<ServiceDay, Packs>()
  foundOrders.set(catalogue, orders)
  const known = orders.get(day)
  if (known) return known
  const ranks = Map.groupBy(catalogue.packs, (pack) => seasonRank(pack.seasons, day))
  const order = ([0, 1, 2] as const).flatMap((rank) => ranks.get(rank) ?? [])
  // Days are asked for from the past to two months ahead: a few at a time.
  if (orders.size >= 100) orders.clear()
  orders.set(day, order)
  return order
}

/** By what the smallest order costs the customer per base unit, so that packs of any size compare. */
function byPrice(packs: Packs, customer: Customer): Packs {
  const priceOf = (pack: OfferedPack): number => {
    const [entry] = pricesOf(pack, customer).tiers
    return entry ? entry.centifen / pack.fixed.basePerPriceUnit : Number.MAX_SAFE_INTEGER
  }
  const priced = packs.map((pack) => ({ pack, price: priceOf(pack) }))
  return priced.sort((a, b) => a.price - b.price).map(({ pack }) => pack)
}

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  const offset = /^\d{1,6}$/.test(cursor) ? Number(cursor) : Number.NaN
  if (!(offset <= offsetMax)) throw badQuery('cursor')
  return offset
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function idsOf(text: string): string[] {
  const ids = [...new Set(text.split(',').filter((id) => id !== ''))]
  if (ids.length > skuIdsMax || !ids.every((id) => uuid.test(id))) throw badQuery('skuIds')
  return ids
}

const badQuery = (name: keyof Query) =>
  new Fault('bad_input', '', { pointers: [{ pointer: `/query/${name}`, reason: 'unknown' }] })
