import type { Point } from '@huming/shared/geo'
import { sql } from 'drizzle-orm'
import type { Db } from '../kernel/ctx.ts'

/** The database, or the transaction one is in. */
export type Reader = Pick<Db, 'execute'>

/** Indexes into the points. */
export type Pair = readonly [from: number, to: number]
type Place = { source: string; hourBand: number }
type Figures = Map<number, { seconds: number; metres: number }>

/** How long figures of a map service are believed. */
const keptDays = 30
const pairsAtOnce = 20_000

/** One number for a pair; 16-bit indexes are more than a plan has. */
export const pairKey = ([from, to]: Pair): number => from * 65_536 + to

/** The square of about 10 m a place lies in. */
export const cellOf = ({ lngE6, latE6 }: Point): string =>
  `${Math.round(lngE6 / 100)},${Math.round(latE6 / 100)}`

/** What the service told of these pairs not too long ago. */
export async function knownPairs(
  db: Reader,
  { source, hourBand }: Place,
  points: readonly Point[],
  pairs: readonly Pair[],
): Promise<Figures> {
  const known: Figures = new Map()
  for (let i = 0; i < pairs.length; i += pairsAtOnce) {
    const part = pairs.slice(i, i + pairsAtOnce)
    const rows = await db.execute<{ n: number; seconds: number; metres: number }>(sql`
      select (a.n - 1)::int4 as n, p.seconds, p.metres
      from unnest(${sql.param(cells(points, part, 0))}::text[], ${sql.param(cells(points, part, 1))}::text[]) with ordinality as a(f, t, n)
      join travel_pairs p on p.source = ${source} and p.hour_band = ${hourBand} and p.from_cell = a.f and p.to_cell = a.t
      where p.at > now() - make_interval(days => ${keptDays})`)
    for (const { n, seconds, metres } of rows) known.set(pairKey(part[n] as Pair), { seconds, metres })
  }
  return known
}

/** Keeps what the service told, for the next plan. */
export async function keepPairs(
  db: Reader,
  { source, hourBand }: Place,
  points: readonly Point[],
  found: Figures,
): Promise<void> {
  const all = [...found].map(([key, leg]) => ({
    pair: [Math.floor(key / 65_536), key % 65_536] as const,
    ...leg,
  }))
  for (let i = 0; i < all.length; i += pairsAtOnce) {
    const part = all.slice(i, i + pairsAtOnce)
    const pairs = part.map(({ pair }) => pair)
    await db.execute(sql`
      insert into travel_pairs (source, hour_band, from_cell, to_cell, seconds, metres, at)
      select distinct on (f, t) ${source}, ${hourBand}::int2, f, t, s, m, now()
      from unnest(${sql.param(cells(points, pairs, 0))}::text[], ${sql.param(cells(points, pairs, 1))}::text[],
        ${sql.param(part.map((leg) => leg.seconds))}::int4[], ${sql.param(part.map((leg) => leg.metres))}::int4[]) as a(f, t, s, m)
      order by f, t
      on conflict (source, hour_band, from_cell, to_cell)
      do update set seconds = excluded.seconds, metres = excluded.metres, at = excluded.at`)
  }
}

const cells = (points: readonly Point[], pairs: readonly Pair[], side: 0 | 1): string[] =>
  pairs.map((pair) => cellOf(points[pair[side]] as Point))
