import { stopPlaces } from '@huming/db/schema/driver-places'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { metresBetween } from '@huming/shared/geo'
import { lt } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import type { StopOnRoad } from './rows.ts'

type Place = NonNullable<ContractParsed<Contracts['delivery.arrive']>['body']['place']>

/** Half a year: longer than any complaint about a delivery may take. */
const keptDays = 180

/** Keeps where the phone was on arriving; gives its distance from the site's point, metres. */
export async function keepPlace(
  tx: Tx,
  { stop, site }: StopOnRoad,
  place: Place | null,
  at: Date,
): Promise<number | null> {
  if (place === null) return null
  const metresOff = Math.round(metresBetween(place, site))
  await tx
    .insert(stopPlaces)
    .values({ stopId: stop.id, ...place, metresOff, at })
    .onConflictDoNothing()
  return metresOff
}

/** Forgets positions whose time is over (PIPL Art. 19: kept no longer than needed). By the clock. */
export async function forgetPlaces(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now.getTime() - keptDays * 86_400_000)
  await ctx.db.delete(stopPlaces).where(lt(stopPlaces.at, before))
}
