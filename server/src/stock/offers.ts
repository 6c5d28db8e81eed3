import type { offerShape } from '@huming/shared/contracts/catalogue'
import { addDays, inSeason, type ServiceDay } from '@huming/shared/days'
import { type PriceTier, tiersFor } from '@huming/shared/pricing'
import type { z } from 'zod'
import type { OfferedPack, Season } from '../catalogue/packs.ts'
import { type Catalogue, catalogueAt } from '../catalogue/snapshot.ts'
import type { Ctx, Sql } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { availabilityOf, type FreeLot, smallestOrder } from './availability.ts'
import type { Frame } from './frame.ts'

export type Offer = z.output<typeof offerShape>

/** Stages in which a lot may be promised. */
export const promisableStages = ['planned', 'made', 'shipped', 'received'] as const

/** While the catalogue is being written without a pause, the last reading is taken after so many tries. */
const triesMax = 4

/**
 * Offers of the packs that `pick` takes from the catalogue, in its order. The free lots and the catalogue's version
 * are read in one statement; when the copy in memory proves old, it is read again and picked from again.
 */
export async function readOffers(
  ctx: Pick<Ctx, 'sql'>,
  frame: Frame,
  pick: (catalogue: Catalogue) => readonly OfferedPack[] | Promise<readonly OfferedPack[]>,
): Promise<Offer[]> {
  let catalogue = await catalogueAt(ctx.sql)
  for (let tries = 1; ; tries++) {
    const packs = await pick(catalogue)
    const { version, lots } = await readFree(ctx, frame, packs)
    if (version <= catalogue.version || tries >= triesMax)
      return packs.map((pack, index) => offerOf(pack, lots[index] ?? [], frame))
    catalogue = await catalogueAt(ctx.sql, version)
  }
}

/** Offers of just these packs, in the order given; what is not on offer is left out. */
export function offersOfSkus(
  ctx: Pick<Ctx, 'sql'>,
  frame: Frame,
  skuIds: readonly string[],
): Promise<Offer[]> {
  return readOffers(ctx, frame, ({ byId }) =>
    skuIds.map((id) => byId.get(id)).filter((pack) => pack !== undefined),
  )
}

type FreeRow = [packNo: number, free: number, readyDay: string, useByDay: string]

/** What is left at the hub of each pack and lives to the day, and the version the catalogue has now. */
async function readFree(
  { sql }: Pick<Ctx, 'sql'>,
  frame: Frame,
  packs: readonly OfferedPack[],
): Promise<{ version: number; lots: FreeLot[][] }> {
  const ids = bareArray(packs.map((pack) => pack.fixed.skuId))
  const [row] = await sql<{ version: number; lots: FreeRow[] }[]>`
    select (select version from catalogue_state) as version, (
      select coalesce(json_agg(json_build_array(
        w.nr, l.promisable - l.promised, l.ready_day, l.use_by_day)), '[]')
      from unnest(${ids}::uuid[]) with ordinality as w(id, nr) join lots l on l.sku_id = w.id
      where ${free(sql, frame)}
    ) as lots`
  const { version, lots } = row as NonNullable<typeof row>
  const byPack: FreeLot[][] = packs.map(() => [])
  for (const [nr, free, readyDay, useByDay] of lots) byPack[nr - 1]?.push({ free, readyDay, useByDay })
  return { version, lots: byPack }
}

/** Those of the packs of which the smallest order can be delivered on the day, or with `false` the others. */
export async function whereAvailable(
  { sql }: Pick<Ctx, 'sql'>,
  frame: Frame,
  packs: readonly OfferedPack[],
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
    where ${free(sql, frame)} and l.ready_day <= ${frame.day} and l.use_by_day >= w.use_by
    group by w.nr, w.quantity having sum(l.promisable - l.promised) >= w.quantity`
  const enough = new Set(rows.map((row) => row.nr - 1))
  return packs.filter((_, index) => enough.has(index) === available)
}

/** Lots `l` at the hub of which something is left that lives to the day. */
const free = (sql: Sql, frame: Frame) => sql`
  l.hub_id = ${frame.hubId} and l.use_by_day >= ${frame.day} and l.promisable > l.promised
  and l.stage = any(${bareArray(promisableStages)}::text[])`

/** The customer's tiers of a pack, and the smallest order: where no price holds for it, the first that has one. */
function pricesOf({ fixed, prices }: OfferedPack, frame: Frame): { tiers: PriceTier[]; minUnits: number } {
  const tiers = tiersFor(prices, frame, smallestOrder(fixed))
  const from = Math.max(fixed.minUnits, tiers[0]?.fromUnits ?? 1)
  return { tiers, minUnits: smallestOrder({ minUnits: from, stepUnits: fixed.stepUnits }) }
}

function offerOf(pack: OfferedPack, lots: readonly FreeLot[], frame: Frame): Offer {
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
  return { ...fixed, tiers, inSeason: now, ...availability }
}

/** 0 at the peak of the season, 1 in season or without one, 2 out of it. */
export function seasonRank(seasons: readonly Season[], day: ServiceDay): 0 | 1 | 2 {
  if (seasons.length === 0) return 1
  const now = seasons.filter((season) => inSeason(day, season))
  if (now.length === 0) return 2
  return now.some((season) => season.peak) ? 0 : 1
}
