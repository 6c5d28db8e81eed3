import { minutesOf } from '@huming/shared/days'
import type { Point } from '@huming/shared/geo'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { hourBand, type Learned, reckonedTimes, ringOf, type When } from './matrix.ts'
import type { Reader } from './travel-cache.ts'

/** Drives looked back on, and how many a figure needs before it is believed. */
const days = 60
const samplesMin = 20

type Drive = {
  hubId: string
  leftAt: Date
  arrivedAt: Date
  fromLngE6: number
  fromLatE6: number
  toLngE6: number
  toLatE6: number
}

/**
 * Learns from our own arrivals: the median of taken over reckoned time of drives from stop to stop, by hub, hour and
 * ring. Drives beyond half or double the reckoned time are breaks, jams or forgotten taps and bend nothing.
 */
export async function learnTravel(ctx: Ctx): Promise<{ figures: number }> {
  allow(ctx, 'plan.write')
  const drives = await ctx.sql<Drive[]>`
    select r.hub_id as "hubId", a.finished_at as "leftAt", b.arrived_at as "arrivedAt", s.lng_e6 as "fromLngE6",
      s.lat_e6 as "fromLatE6", t.lng_e6 as "toLngE6", t.lat_e6 as "toLatE6"
    from runs r join stops a on a.run_id = r.id join stops b on b.run_id = r.id and b.seq = a.seq + 1
    join sites s on s.id = a.site_id join sites t on t.id = b.site_id
    where r.status = 'finished' and a.finished_at is not null and b.arrived_at > a.finished_at
      and a.site_id <> b.site_id and b.arrived_at > ${ctx.now} - make_interval(days => ${days})`
  const ratios = new Map<string, { hubId: string; band: number; ring: number; list: number[] }>()
  for (const drive of drives) {
    const ratio = ratioOf(drive)
    if (ratio === null) continue
    const band = hourBand(Math.floor(minutesOf(drive.leftAt) / 60))
    const ring = ringOf({ lngE6: drive.toLngE6, latE6: drive.toLatE6 })
    const key = `${drive.hubId}/${band}/${ring}`
    const group = ratios.get(key) ?? { hubId: drive.hubId, band, ring, list: [] }
    ratios.set(key, group)
    group.list.push(ratio)
  }
  const learned = [...ratios.values()].filter(({ list }) => list.length >= samplesMin)
  for (const { hubId, band, ring, list } of learned)
    await ctx.sql`
      insert into travel_ratios (hub_id, hour_band, ring, ratio_bp, samples, learned_at)
      values (${hubId}, ${band}, ${ring}, ${median(list)}, ${list.length}, ${ctx.now})
      on conflict (hub_id, hour_band, ring) do update
      set ratio_bp = excluded.ratio_bp, samples = excluded.samples, learned_at = excluded.learned_at`
  return { figures: learned.length }
}

function ratioOf(drive: Drive): number | null {
  const points: Point[] = [
    { lngE6: drive.fromLngE6, latE6: drive.fromLatE6 },
    { lngE6: drive.toLngE6, latE6: drive.toLatE6 },
  ]
  const departHour = Math.floor(minutesOf(drive.leftAt) / 60)
  const reckoned = reckonedTimes(points, { departHour }).seconds(0, 1)
  const taken = (drive.arrivedAt.getTime() - drive.leftAt.getTime()) / 1000
  const ratio = Math.round((taken * 10_000) / reckoned)
  return ratio >= 5000 && ratio <= 20_000 ? ratio : null
}

const median = (list: number[]): number =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] as number

/** What was learned for a hub and hour; undefined where nothing was. */
export async function learnedFor(
  db: Reader,
  hubId: string,
  { departHour }: When,
): Promise<Learned | undefined> {
  const rows = await db.execute<{ ring: number; ratioBp: number; learnedAt: string }>(sql`
    select ring, ratio_bp as "ratioBp", learned_at as "learnedAt" from travel_ratios
    where hub_id = ${hubId} and hour_band = ${hourBand(departHour)} order by learned_at`)
  if (rows.length === 0) return undefined
  const byRing = new Map([...rows].map((row) => [row.ring, row.ratioBp]))
  const newest = new Date(rows.at(-1)?.learnedAt ?? 0)
  return { ratioBp: (ring) => byRing.get(ring) ?? 10_000, asOf: newest.toISOString().slice(0, 10) }
}
