import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'

export type Rules = ContractReply<Contracts['routes.readRules']>
export type SiteRulesDoc = ContractReply<Contracts['routes.listSiteRules']>['items'][number]

/** Over `vehicles v`. */
const vehicleColumns = sql`v.id, v.plate, v.kind, v.layouts, v.length_cm as "lengthCm", v.height_cm as "heightCm",
  v.gross_kg as "grossKg", v.skills, v.shift_from as "shiftFrom", v.shift_to as "shiftTo",
  v.rest_after_minutes as "restAfterMinutes", v.rest_minutes as "restMinutes", v.trips,
  v.reload_minutes as "reloadMinutes", v.fixed_fen as "fixedFen"`

/** Over `access_bans b`. */
const banColumns = sql`b.id, b.name, b.district_code as "districtCode", b.lng_e6 as "lngE6", b.lat_e6 as "latE6",
  b.radius_metres as "radiusMetres", b.from_minute as "fromMinute", b.to_minute as "toMinute", b.weekdays,
  b.min_gross_kg as "minGrossKg", b.unless_skill as "unlessSkill", b.valid_from as "validFrom",
  b.valid_to as "validTo", b.source, b.is_sample as "isSample"`

/** Over `planning_weights w`. */
const weightColumns = sql`w.id, w.fen_per_km as "fenPerKm", w.fen_per_hour as "fenPerHour",
  w.late_fen_per_minute as "lateFenPerMinute", w.overtime_fen_per_hour as "overtimeFenPerHour",
  w.moved_fen as "movedFen", w.unserved_fen as "unservedFen", w.valid_from as "validFrom", w.valid_to as "validTo",
  w.is_sample as "isSample"`

/** Over `pair_rules p`. */
const pairColumns = sql`p.id, p.kind, p.site_id as "siteId", p.other_site_id as "otherSiteId", p.reason,
  p.valid_from as "validFrom", p.valid_to as "validTo",
  (select t.name from sites t where t.id = p.site_id) as site,
  (select t.name from sites t where t.id = p.other_site_id) as "otherSite"`

/** Over `sites t`, `organisations o`. */
const siteColumns = sql`t.id, t.name as site, o.short_name as buyer, t.district_code as "districtCode",
  coalesce(t.windows, '[]') as windows, t.largest_length_cm as "largestLengthCm",
  t.largest_height_cm as "largestHeightCm", t.largest_gross_kg as "largestGrossKg", t.needs,
  t.plan_priority as "planPriority"`

export const vehicleRuleDocs = (db: Db | Tx, where: SQL): Promise<Rules['vehicles']> =>
  docs(db, sql`select ${vehicleColumns} from vehicles v where ${where} order by v.plate limit 1000`)
export const banDocs = (db: Db | Tx, where: SQL): Promise<Rules['bans']> =>
  docs(
    db,
    sql`select ${banColumns} from access_bans b where ${where} order by b.valid_from desc, b.id limit 500`,
  )
export const weightDocs = (db: Db | Tx, where: SQL): Promise<Rules['weights']> =>
  docs(
    db,
    sql`select ${weightColumns} from planning_weights w where ${where} order by w.valid_from desc, w.id limit 100`,
  )
export const pairDocs = (db: Db | Tx, where: SQL): Promise<Rules['pairs']> =>
  docs(
    db,
    sql`select ${pairColumns} from pair_rules p where ${where} order by p.valid_from desc, p.id limit 500`,
  )
export const siteRuleDocs = (db: Db | Tx, where: SQL): Promise<SiteRulesDoc[]> =>
  docs(
    db,
    sql`select ${siteColumns} from sites t join organisations o on o.id = t.org_id where ${where} order by t.name, t.id limit 200`,
  )

/** What planning goes by at a hub. Bans hold in the whole city. */
export async function readRules(ctx: Ctx, hubId: string): Promise<Rules> {
  allow(ctx, 'run.read', { hubId })
  return {
    vehicles: await vehicleRuleDocs(ctx.db, sql`v.hub_id = ${hubId}`),
    bans: await banDocs(ctx.db, sql`true`),
    weights: await weightDocs(ctx.db, sql`w.hub_id = ${hubId}`),
    pairs: await pairDocs(ctx.db, sql`p.hub_id = ${hubId}`),
  }
}

/** Sites of a hub by part of their own or their buyer's name; those with rules of their own first when none is given. */
export async function listSiteRules(
  ctx: Ctx,
  { hubId, search = '' }: { hubId: string; search?: string | undefined },
): Promise<{ items: SiteRulesDoc[] }> {
  allow(ctx, 'run.read', { hubId })
  const asks = sql`(t.windows is not null or t.largest_length_cm is not null or t.largest_height_cm is not null
    or t.largest_gross_kg is not null or t.needs <> '{}' or t.plan_priority > 0)`
  const found =
    search === '' ? asks : sql`position(lower(${search}) in lower(t.name || ' ' || o.short_name)) > 0`
  return { items: await siteRuleDocs(ctx.db, sql`t.hub_id = ${hubId} and t.closed_at is null and ${found}`) }
}
