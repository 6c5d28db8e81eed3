import type { offerShape } from '@huming/shared/contracts/catalogue'
import type { DatedMark } from '@huming/shared/gates'
import type { PriceRow } from '@huming/shared/pricing'
import type { z } from 'zod'
import type { Sql } from '../kernel/ctx.ts'
import type { Words } from './search.ts'

type Offer = z.output<typeof offerShape>
export type Season = { readonly from: string; readonly to: string; readonly peak: boolean }

/** A pack on offer: what is the same for every buyer and day, and what the rest is reckoned from. */
export type OfferedPack = {
  readonly fixed: Omit<
    Offer,
    'marks' | 'tiers' | 'inSeason' | 'availableUnits' | 'unavailableReason' | 'nextDay' | 'lifeLeftDays'
  >
  readonly minRemainingDays: number
  readonly seasons: readonly Season[]
  /** By the certificates in force, each with its days. */
  readonly marks: readonly DatedMark[]
  /** Days on which the papers on file let it be sold. */
  readonly saleFrom: string
  readonly saleUntil: string
  readonly prices: readonly PriceRow[]
  readonly words: Words
}

/** What changed since a version, up to `version`; with rows deleted since then, `changed` holds everything. */
export type Changes = {
  readonly version: number
  readonly deletedIn: number
  readonly changed: readonly { readonly id: string; readonly pack: OfferedPack | null }[]
}

/**
 * Packs that changed after a version, themselves or by their prices, product or supplier; null is what is not on
 * offer any more. One statement sees one state of the database, so version and packs belong together.
 */
export async function readChangedPacks(sql: Sql, since: number): Promise<Changes> {
  const [row] = await sql<Changes[]>`
    select c.version, c.deleted_in as "deletedIn", (
      select coalesce(json_agg(json_build_object('id', s.id, 'pack',
        case when s.archived_at is null and p.archived_at is null and o.suspended_at is null
          and not exists (select 1 from materials m where m.sku_id = s.id) then ${pack(sql)} end)), '[]')
      from skus s join products p on p.id = s.product_id join organisations o on o.id = s.org_id
      where greatest(s.changed_in, p.changed_in, o.changed_in) > case when c.deleted_in > ${since} then -1 else ${since} end
    ) as changed
    from catalogue_state c`
  return row as Changes
}

/** An `OfferedPack` of pack `s`, product `p` and supplier `o`. */
const pack = (sql: Sql) => sql`
  json_build_object(
    'fixed', json_build_object(
      'skuId', s.id, 'productId', p.id, 'code', s.code, 'name', p.name, 'nameEn', p.name_en, 'spec', s.spec,
      'supplier', o.short_name, 'supplierOrgId', o.id, 'category', p.category, 'countyCode', p.county_code,
      'picture', p.picture, 'photoUrl', '/api/files/' || p.photo_file_id, 'zone', s.zone,
      'allergens', s.allergens, 'shelfLifeDays', s.shelf_life_days,
      'baseUnit', s.base_unit, 'orderUnit', s.order_unit, 'basePerOrderUnit', s.base_per_order_unit,
      'priceUnit', s.price_unit, 'basePerPriceUnit', s.base_per_price_unit, 'catchWeight', s.catch_weight,
      'minUnits', s.min_units, 'stepUnits', s.step_units, 'maxUnits', s.max_units, 'isSample', s.is_sample),
    'minRemainingDays', s.min_remaining_days, 'seasons', p.seasons, 'marks', p.marks,
    'saleFrom', s.sale_from, 'saleUntil', s.sale_until,
    'prices', (select coalesce(json_agg(json_build_object(
        'buyerOrgId', r.buyer_org_id, 'buyerClass', r.buyer_class, 'fromUnits', r.from_units,
        'centifen', r.centifen, 'validFrom', r.valid_from, 'validTo', r.valid_to, 'kind', r.kind)), '[]')
      from prices r where r.sku_id = s.id),
    'words', json_build_object('name', lower(p.name), 'nameEn', lower(p.name_en), 'code', lower(s.code),
      'spec', lower(s.spec), 'supplier', lower(o.name), 'aliases', p.aliases, 'shortCodes', p.short_codes,
      'full', p.pinyin_full, 'initials', p.pinyin_initials))`
