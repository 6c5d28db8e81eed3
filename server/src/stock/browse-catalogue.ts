import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { isCategoryId, withLeaves } from '@huming/shared/reference/categories'
import { searchScore, searchTerms } from '../catalogue/search.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Sql } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import { type Frame, readFrame } from './frame.ts'
import { freeLots, offersOf, offersOfSkus, onOffer, pricesFor } from './offers.ts'

type Route = Contracts['catalogue.browse']
type Query = ContractParsed<Route>['query']

/** Pages deeper than this are not turned; whoever wants more searches more closely. */
const offsetMax = 10_000
const skuIdsMax = 200

/**
 * One page of the catalogue as offers for the customer, day and hub of the site. The cursor is a place in the
 * order: the catalogue changes slowly, and the order ends in the pack's id.
 */
export async function browseCatalogue(ctx: Ctx, query: Query): Promise<ContractReply<Route>> {
  allow(ctx, 'catalogue.browse')
  if (query.category && !isCategoryId(query.category)) throw new Fault('unknown_category')
  const frame = await readFrame(ctx, query)
  if (query.skuIds !== undefined)
    return { day: frame.day, items: await offersOfSkus(ctx, frame, idsOf(query.skuIds)), nextCursor: null }
  const offset = offsetOf(query.cursor)
  const offers = await offersOf(ctx, frame, picked(ctx.sql, query, frame, offset))
  return {
    day: frame.day,
    items: offers.slice(0, query.limit),
    nextCursor: offers.length > query.limit ? String(offset + query.limit) : null,
  }
}

/** Ids of the packs on the page and one more, numbered in order. */
function picked(sql: Sql, query: Query, frame: Frame, offset: number): ReturnType<Sql> {
  const terms = searchTerms(query.search ?? '')
  const ranked = terms.length > 0
  return sql`
    select s.id, row_number() over (order by ${order(sql, query.sort, ranked)}) as nr
    from skus s join products p on p.id = s.product_id join organisations o on o.id = s.org_id
    cross join lateral (select ${ranked ? searchScore(sql, terms) : sql`0`} as score) m
    cross join lateral (select ${season(sql, frame)} as season) z
    ${query.sort === 'price' || query.available !== undefined ? sql`left join lateral (${entryPrice(sql, frame)}) e on true` : sql``}
    where ${onOffer(sql)} ${filters(sql, query, frame, ranked)}
    order by nr limit ${query.limit + 1} offset ${offset}`
}

function filters(sql: Sql, query: Query, frame: Frame, ranked: boolean) {
  const category = query.category && isCategoryId(query.category) ? query.category : undefined
  return sql`
    ${ranked ? sql`and m.score > 0` : sql``}
    ${category ? sql`and p.category = any(${[...withLeaves(category)]})` : sql``}
    ${query.countyCode ? sql`and p.county_code = ${query.countyCode}` : sql``}
    ${query.zone ? sql`and s.zone = ${query.zone}` : sql``}
    ${query.inSeason === undefined ? sql`` : sql`and (z.season < 2) = ${query.inSeason}`}
    ${query.available === undefined ? sql`` : sql`and (${available(sql, frame)}) = ${query.available}`}`
}

/** Ends in the id, so that pages never overlap. Chinese names sort by their sound. */
function order(sql: Sql, sort: Query['sort'], ranked: boolean) {
  const byName = sql`p.pinyin_full, p.name, s.base_per_order_unit, s.id`
  if (sort === 'price') return sql`e.price nulls last, ${byName}`
  if (sort === 'season') return sql`z.season, ${byName}`
  if (sort === 'name') return byName
  return ranked ? sql`m.score desc, z.season, ${byName}` : sql`z.season, ${byName}`
}

/** 0 at the peak of the season, 1 in season or all the year, 2 out of it. */
function season(sql: Sql, frame: Frame) {
  const here = frame.day.slice(5)
  return sql`case when p.seasons = '[]' then 1 else coalesce((
    select min(case when (w->>'peak')::boolean then 0 else 1 end) from jsonb_array_elements(p.seasons) w
    where case when w->>'from' <= w->>'to' then ${here}::text between w->>'from' and w->>'to'
      else ${here}::text >= w->>'from' or ${here}::text <= w->>'to' end), 2) end`
}

/**
 * The customer's prices of a pack: the smallest quantity that has one, and what the smallest order costs per base
 * unit, so that packs of any size compare. Mirrors `priceFor`: the list begun last of the most specific audience.
 */
const entryPrice = (sql: Sql, frame: Frame) => sql`
  select min(r.from_units) as first_units,
    (array_agg(r.centifen order by r.audience, r.from_units desc)
      filter (where r.from_units <= ${smallest(sql)}))[1]::numeric / s.base_per_price_unit as price
  from (
    select r.from_units, r.centifen, r.valid_from,
      case when r.buyer_org_id is not null then 1 when r.buyer_class is not null then 2 else 3 end as audience,
      max(r.valid_from) over (partition by r.buyer_org_id, r.buyer_class) as latest
    from prices r where r.sku_id = s.id and ${pricesFor(sql, frame)}) r
  where r.valid_from = r.latest`

/** Can the smallest order be delivered on the day? Mirrors `availabilityOf` and the offer's smallest order. */
const available = (sql: Sql, frame: Frame) => sql`
  e.first_units is not null and ceil(greatest(${smallest(sql)}, e.first_units)::numeric / s.step_units)
    * s.step_units * s.base_per_order_unit <= (
    select coalesce(sum(l.promisable - l.promised), 0) from lots l
    where l.sku_id = s.id and ${freeLots(sql, frame)} and l.ready_day <= ${frame.day}
    and l.use_by_day >= to_char(${frame.day}::date + s.min_remaining_days, 'YYYY-MM-DD'))`

/** Mirrors `smallestOrder`. */
const smallest = (sql: Sql) => sql`(ceil(s.min_units::numeric / s.step_units) * s.step_units)`

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
