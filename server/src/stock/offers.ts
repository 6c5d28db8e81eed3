import type { offerShape } from '@huming/shared/contracts/catalogue'
import { inSeason, type SeasonWindow, type ServiceDay } from '@huming/shared/days'
import { type PriceRow, tiersFor } from '@huming/shared/pricing'
import type { z } from 'zod'
import type { Ctx, Sql } from '../kernel/ctx.ts'
import { availabilityOf, type FreeLot, smallestOrder } from './availability.ts'
import type { Frame } from './frame.ts'

export type Offer = z.output<typeof offerShape>

/** What the statement gives of a pack: the offer's fixed part, and what the rest is reckoned from. */
type Row = {
  offer: Omit<
    Offer,
    'tiers' | 'inSeason' | 'availableUnits' | 'unavailableReason' | 'nextDay' | 'lifeLeftDays'
  > & { minRemainingDays: number; seasons: SeasonWindow[]; prices: PriceRow[]; lots: FreeLot[] }
}

/** Stages in which a lot may be promised. */
export const promisableStages = ['planned', 'made', 'shipped', 'received'] as const

/**
 * Offers of packs in the order in which `picked`, a query of (id, nr), puts them. One statement reads packs,
 * prices for the customer and free lots at the hub; the pure rules reckon the rest.
 */
export async function offersOf(
  ctx: Pick<Ctx, 'sql'>,
  frame: Frame,
  picked: ReturnType<Sql>,
): Promise<Offer[]> {
  const { sql } = ctx
  const rows = await sql<Row[]>`
    with picked as (${picked})
    select json_build_object(
      'skuId', s.id, 'productId', p.id, 'code', s.code, 'name', p.name, 'nameEn', p.name_en, 'spec', s.spec,
      'supplier', o.short_name, 'supplierOrgId', o.id, 'category', p.category, 'countyCode', p.county_code,
      'picture', p.picture, 'photoUrl', '/api/files/' || p.photo_file_id, 'zone', s.zone,
      'allergens', s.allergens, 'marks', p.marks, 'shelfLifeDays', s.shelf_life_days,
      'baseUnit', s.base_unit, 'orderUnit', s.order_unit, 'basePerOrderUnit', s.base_per_order_unit,
      'priceUnit', s.price_unit, 'basePerPriceUnit', s.base_per_price_unit, 'catchWeight', s.catch_weight,
      'minUnits', s.min_units, 'stepUnits', s.step_units, 'maxUnits', s.max_units, 'isSample', s.is_sample,
      'minRemainingDays', s.min_remaining_days, 'seasons', p.seasons,
      'prices', (select coalesce(json_agg(json_build_object(
          'buyerOrgId', r.buyer_org_id, 'buyerClass', r.buyer_class, 'fromUnits', r.from_units,
          'centifen', r.centifen, 'validFrom', r.valid_from, 'validTo', r.valid_to)), '[]')
        from prices r where r.sku_id = s.id and ${pricesFor(sql, frame)}),
      'lots', (select coalesce(json_agg(json_build_object(
          'free', l.promisable - l.promised, 'readyDay', l.ready_day, 'useByDay', l.use_by_day)), '[]')
        from lots l where l.sku_id = s.id and ${freeLots(sql, frame)})
    ) as offer
    from picked k join skus s on s.id = k.id join products p on p.id = s.product_id
    join organisations o on o.id = s.org_id
    order by k.nr`
  return rows.map((row) => offerOf(row, frame))
}

/** Offers of just these packs, in the order given; withdrawn ones are left out. */
export function offersOfSkus(
  ctx: Pick<Ctx, 'sql'>,
  frame: Frame,
  skuIds: readonly string[],
): Promise<Offer[]> {
  return offersOf(
    ctx,
    frame,
    ctx.sql`select s.id, w.nr from unnest(${[...skuIds]}::uuid[]) with ordinality as w(id, nr)
      join skus s on s.id = w.id join products p on p.id = s.product_id join organisations o on o.id = s.org_id
      where ${onOffer(ctx.sql)}`,
  )
}

/** Packs `s` of products `p` of suppliers `o` that are on offer at all. */
export const onOffer = (sql: Sql) =>
  sql`s.archived_at is null and p.archived_at is null and o.suspended_at is null`

/** Price rows `r` valid for the customer on the day. */
export const pricesFor = (sql: Sql, frame: Frame) => sql`
  r.valid_from <= ${frame.day} and r.valid_to >= ${frame.day}
  and (r.buyer_org_id = ${frame.buyerOrgId}::uuid or (r.buyer_org_id is null
    and (r.buyer_class is null or r.buyer_class = ${frame.buyerClass}::text)))`

/** Lots `l` at the hub of which something is left that lives to the day. */
export const freeLots = (sql: Sql, frame: Frame) => sql`
  l.hub_id = ${frame.hubId} and l.use_by_day >= ${frame.day} and l.promisable > l.promised
  and l.stage = any(${[...promisableStages]})`

function offerOf(row: Row, frame: Frame): Offer {
  const { minRemainingDays, seasons, prices, lots, ...fixed } = row.offer
  const tiers = tiersFor(prices, frame, smallestOrder(fixed))
  // Where no price holds for the smallest order, one may still order from the first priced quantity on.
  const minUnits = smallestOrder({ ...fixed, minUnits: Math.max(fixed.minUnits, tiers[0]?.fromUnits ?? 1) })
  const now = isInSeason(seasons, frame.day)
  const availability = availabilityOf(lots, {
    day: frame.day,
    laterDays: frame.laterDays,
    minRemainingDays,
    basePerOrderUnit: fixed.basePerOrderUnit,
    minUnits,
    inSeason: now,
    priced: tiers.length > 0,
  })
  return { ...fixed, tiers, inSeason: now, ...availability }
}

/** A product without seasons is there all year. */
export const isInSeason = (seasons: readonly SeasonWindow[], day: ServiceDay): boolean =>
  seasons.length === 0 || seasons.some((season) => inSeason(day, season))
