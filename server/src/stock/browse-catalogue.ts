import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { tiersFor } from '@huming/shared/pricing'
import { isCategoryId, withLeaves } from '@huming/shared/reference/categories'
import type { OfferedPack } from '../catalogue/packs.ts'
import { type SearchTerm, searchScore, searchTerms } from '../catalogue/search.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import { smallestOrder } from './availability.ts'
import { type Frame, readFrame } from './frame.ts'
import { type Offer, offersOfSkus, readOffers, seasonRank, whereAvailable } from './offers.ts'

type Route = Contracts['catalogue.browse']
type Query = ContractParsed<Route>['query']

/** Pages deeper than this are not turned; whoever wants more searches more closely. */
const offsetMax = 10_000
const skuIdsMax = 200

/**
 * One page of the catalogue as offers for the customer, day and hub of the site. The cursor is a place in the
 * order: the catalogue changes slowly, and the order never leaves two packs equal.
 */
export async function browseCatalogue(ctx: Ctx, query: Query): Promise<ContractReply<Route>> {
  allow(ctx, 'catalogue.browse')
  if (query.category && !isCategoryId(query.category)) throw new Fault('unknown_category')
  const wanted = query.skuIds === undefined ? undefined : idsOf(query.skuIds)
  const offset = offsetOf(query.cursor)
  const frame = await readFrame(ctx, query)
  if (wanted) return { day: frame.day, items: await offersOfSkus(ctx, frame, wanted), nextCursor: null }
  const offers = await readPage(ctx, query, frame, offset)
  return {
    day: frame.day,
    items: offers.slice(0, query.limit),
    nextCursor: offers.length > query.limit ? String(offset + query.limit) : null,
  }
}

/** The offers of the page and one more, when there is one. */
function readPage(ctx: Ctx, query: Query, frame: Frame, offset: number): Promise<Offer[]> {
  const terms = searchTerms(query.search ?? '')
  return readOffers(ctx, frame, async ({ packs }) => {
    const all = sorted(packs, query, frame, terms)
    const { available } = query
    const wanted = available === undefined ? all : await whereAvailable(ctx, frame, all, available)
    return wanted.slice(offset, offset + query.limit + 1)
  })
}

/** The packs that match, in the order asked for; among equals by name, as they come from the catalogue. */
function sorted(
  packs: readonly OfferedPack[],
  query: Query,
  frame: Frame,
  terms: readonly SearchTerm[],
): readonly OfferedPack[] {
  const ranked = terms.length > 0
  const matching = packs.filter((pack) => matches(pack, query, frame))
  const scored = matching.map((pack) => ({
    pack,
    score: ranked ? searchScore(pack.words, terms) : 1,
    season: seasonRank(pack.seasons, frame.day),
    price: query.sort === 'price' ? entryPrice(pack, frame) : 0,
  }))
  const found = ranked ? scored.filter((one) => one.score > 0) : scored
  type One = (typeof scored)[number]
  const orders: Record<Query['sort'], (a: One, b: One) => number> = {
    relevance: (a, b) => b.score - a.score || a.season - b.season,
    season: (a, b) => a.season - b.season,
    price: (a, b) => a.price - b.price,
    name: () => 0,
  }
  return found.sort(orders[query.sort]).map((one) => one.pack)
}

function matches(pack: OfferedPack, query: Query, frame: Frame): boolean {
  const { fixed, seasons } = pack
  if (query.countyCode && fixed.countyCode !== query.countyCode) return false
  if (query.zone && fixed.zone !== query.zone) return false
  if (query.category && !inCategory(fixed.category, query.category)) return false
  return query.inSeason === undefined || seasonRank(seasons, frame.day) < 2 === query.inSeason
}

const inCategory = (id: string, wanted: string): boolean =>
  isCategoryId(wanted) && withLeaves(wanted).some((one) => one === id)

/** What the smallest order costs the customer per base unit, so that packs of any size compare. */
function entryPrice({ fixed, prices }: OfferedPack, frame: Frame): number {
  const [entry] = tiersFor(prices, frame, smallestOrder(fixed))
  return entry ? entry.centifen / fixed.basePerPriceUnit : Number.MAX_SAFE_INTEGER
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
