import type { offerShape } from '@huming/shared/contracts/catalogue'
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
    'tiers' | 'inSeason' | 'availableUnits' | 'unavailableReason' | 'nextDay' | 'lifeLeftDays'
  >
  readonly minRemainingDays: number
  readonly seasons: readonly Season[]
  readonly prices: readonly PriceRow[]
  readonly words: Words
}

/** Everything on offer as it was at one version, packs sorted by the sound of their names. */
export type Catalogue = {
  readonly version: number
  readonly packs: readonly OfferedPack[]
  readonly byId: ReadonlyMap<string, OfferedPack>
}

type Kept = { catalogue?: Catalogue; reading?: Promise<Catalogue> }

/** One kept catalogue per database client, that is, per process. */
const kept = new WeakMap<Sql, Kept>()

/**
 * The catalogue at `version` or newer; without a version the one at hand, which the caller must compare with the
 * version it reads beside its other rows. Only so is the copy in memory as right as the tables, in every process.
 */
export async function catalogueAt(sql: Sql, version = 0): Promise<Catalogue> {
  const mine = kept.get(sql) ?? {}
  kept.set(sql, mine)
  if (mine.catalogue && mine.catalogue.version >= version) return mine.catalogue
  // Requests that find the copy old together read it once.
  mine.reading ??= readCatalogue(sql).finally(() => delete mine.reading)
  const read = await mine.reading
  if (!mine.catalogue || read.version > mine.catalogue.version) mine.catalogue = read
  return mine.catalogue
}

/** One statement sees one state of the database, so version and packs belong together. */
async function readCatalogue(sql: Sql): Promise<Catalogue> {
  const [row] = await sql<{ version: number; packs: OfferedPack[] }[]>`
    select (select version from catalogue_state) as version, (
      select coalesce(json_agg(json_build_object(
        'fixed', json_build_object(
          'skuId', s.id, 'productId', p.id, 'code', s.code, 'name', p.name, 'nameEn', p.name_en, 'spec', s.spec,
          'supplier', o.short_name, 'supplierOrgId', o.id, 'category', p.category, 'countyCode', p.county_code,
          'picture', p.picture, 'photoUrl', '/api/files/' || p.photo_file_id, 'zone', s.zone,
          'allergens', s.allergens, 'marks', p.marks, 'shelfLifeDays', s.shelf_life_days,
          'baseUnit', s.base_unit, 'orderUnit', s.order_unit, 'basePerOrderUnit', s.base_per_order_unit,
          'priceUnit', s.price_unit, 'basePerPriceUnit', s.base_per_price_unit, 'catchWeight', s.catch_weight,
          'minUnits', s.min_units, 'stepUnits', s.step_units, 'maxUnits', s.max_units, 'isSample', s.is_sample),
        'minRemainingDays', s.min_remaining_days, 'seasons', p.seasons,
        'prices', (select coalesce(json_agg(json_build_object(
            'buyerOrgId', r.buyer_org_id, 'buyerClass', r.buyer_class, 'fromUnits', r.from_units,
            'centifen', r.centifen, 'validFrom', r.valid_from, 'validTo', r.valid_to)), '[]')
          from prices r where r.sku_id = s.id),
        'words', json_build_object('name', lower(p.name), 'nameEn', lower(p.name_en), 'code', lower(s.code),
          'spec', lower(s.spec), 'supplier', lower(o.name), 'aliases', p.aliases, 'shortCodes', p.short_codes,
          'full', p.pinyin_full, 'initials', p.pinyin_initials)
      ) order by p.pinyin_full, p.name, s.base_per_order_unit, s.id), '[]')
      from skus s join products p on p.id = s.product_id join organisations o on o.id = s.org_id
      where s.archived_at is null and p.archived_at is null and o.suspended_at is null
    ) as packs`
  const { version, packs } = row as NonNullable<typeof row>
  return { version, packs, byId: new Map(packs.map((pack) => [pack.fixed.skuId, pack])) }
}
