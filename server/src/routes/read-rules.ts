import { sites } from '@huming/db/schema/accounts'
import { accessBans, pairRules, planningWeights } from '@huming/db/schema/planning'
import type { vehicles } from '@huming/db/schema/routes'
import { serviceDay, weekdayOf } from '@huming/shared/days'
import { metresBetween } from '@huming/shared/geo'
import { and, desc, eq, gte, lte } from 'drizzle-orm'
import type { Db } from '../kernel/ctx.ts'
import type { Ban, PlanningWeights, RoutingProblem, SiteRules, VehicleFacts } from './routing-problem.ts'

type Reader = Pick<Db, 'select'>
type SiteRow = typeof sites.$inferSelect
type BanRow = typeof accessBans.$inferSelect

/** Trade figures of a small carrier in Shanghai, 2026-11 (assumption): where a hub has written none of its own. */
export const usualWeights: PlanningWeights = {
  fenPerKm: 180,
  fenPerHour: 4500,
  lateFenPerMinute: 300,
  overtimeFenPerHour: 3000,
  movedFen: 1500,
  unservedFen: 2_000_000,
}

/** What a plan of the hub costs on a day. */
export async function readWeights(db: Reader, hubId: string, day: string): Promise<PlanningWeights> {
  const [row] = await db
    .select()
    .from(planningWeights)
    .where(
      and(
        eq(planningWeights.hubId, hubId),
        lte(planningWeights.validFrom, day),
        gte(planningWeights.validTo, day),
      ),
    )
    .orderBy(desc(planningWeights.validFrom), desc(planningWeights.id))
    .limit(1)
  return row ?? usualWeights
}

/** Sites of the hub that must or must not share a vehicle on a day. */
export async function readPairs(
  db: Reader,
  hubId: string,
  day: string,
): Promise<NonNullable<RoutingProblem['pairs']>> {
  const rows = await db
    .select()
    .from(pairRules)
    .where(and(eq(pairRules.hubId, hubId), lte(pairRules.validFrom, day), gte(pairRules.validTo, day)))
    .orderBy(pairRules.id)
  return rows.map(({ kind, siteId, otherSiteId }) => ({
    kind: kind as 'apart' | 'together',
    a: siteId,
    b: otherSiteId,
  }))
}

/** Bans that hold on the weekday of a delivery day. */
export async function readBans(db: Reader, day: string): Promise<BanRow[]> {
  const rows = await db
    .select()
    .from(accessBans)
    .where(and(lte(accessBans.validFrom, day), gte(accessBans.validTo, day)))
    .orderBy(accessBans.id)
  return rows.filter((ban) => ban.weekdays.includes(weekdayOf(serviceDay(day))))
}

/** What a site asks of the vehicle, with the bans that hold where it lies. */
export function siteRules(site: SiteRow, bans: readonly BanRow[]): SiteRules {
  return {
    windows: (site.windows ?? []).map(({ from, to }) => ({ from: from * 60, to: to * 60 })),
    largest: {
      lengthCm: site.largestLengthCm,
      heightCm: site.largestHeightCm,
      grossKg: site.largestGrossKg,
    },
    needs: site.needs,
    priority: site.planPriority,
    bans: bans.filter((ban) => holdsAt(ban, site)).map(banOf),
  }
}

const holdsAt = (ban: BanRow, site: SiteRow): boolean => {
  if (ban.districtCode !== null) return ban.districtCode === site.districtCode
  const middle = { lngE6: ban.lngE6 ?? 0, latE6: ban.latE6 ?? 0 }
  return metresBetween(middle, site) <= (ban.radiusMetres ?? 0)
}

const banOf = (ban: BanRow): Ban => ({
  id: ban.id,
  from: ban.fromMinute * 60,
  to: ban.toMinute * 60,
  minGrossKg: ban.minGrossKg,
  unlessSkill: ban.unlessSkill,
})

/** What planning knows of a vehicle; the shift of the hub bounds the driver's. */
export const vehicleFacts = (
  vehicle: typeof vehicles.$inferSelect,
  hub: { earliestDeparture: number; latestReturn: number },
): VehicleFacts => ({
  layouts: vehicle.layouts ?? [],
  size: { lengthCm: vehicle.lengthCm, heightCm: vehicle.heightCm, grossKg: vehicle.grossKg },
  skills: vehicle.skills,
  shift: {
    from: Math.max(hub.earliestDeparture, vehicle.shiftFrom * 60),
    to: Math.min(hub.latestReturn, vehicle.shiftTo * 60),
  },
  rest: { afterSeconds: vehicle.restAfterMinutes * 60, seconds: vehicle.restMinutes * 60 },
  trips: vehicle.trips,
  reloadSeconds: vehicle.reloadMinutes * 60,
  fixedFen: vehicle.fixedFen,
})
