import type { ToteKind } from '@huming/db/schema/picking-rules'
import { hubPicking, pickRules } from '@huming/db/schema/picking-rules'
import { buildSscc } from '@huming/shared/identifiers/gs1'
import { and, asc, eq, gte, lte, sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import type { MethodRule, ShortageRule } from './methods.ts'

/** How a hub picks. */
export type HubRules = {
  readonly shortageRule: ShortageRule
  readonly classOrder: string[]
  readonly ssccPrefix: string
  readonly checkRule: 'none' | 'weigh' | 'weigh_other'
  readonly checkToleranceBp: number
  /** Smallest first. */
  readonly toteKinds: ToteKind[]
  readonly version: number
}

/**
 * How a hub picks that has said nothing: shared in proportion, not weighed again. Totes as in use: 周转箱
 * 600×400×340 mm, roll cage, pallet. The company prefix is a sample (示例) and no company's.
 */
export const hubDefaults: HubRules = {
  shortageRule: 'pro_rata',
  classOrder: ['canteen_university', 'canteen_office', 'snack_shop', '*'],
  ssccPrefix: '6901234',
  checkRule: 'none',
  checkToleranceBp: 300,
  toteKinds: [
    { kind: 'crate', grams: 25_000, millilitres: 60_000, tareGrams: 2200 },
    { kind: 'cage', grams: 300_000, millilitres: 900_000, tareGrams: 28_000 },
    { kind: 'pallet', grams: 1_000_000, millilitres: 1_800_000, tareGrams: 22_000 },
  ],
  version: 0,
}

export async function hubRules(tx: Db | Tx, hubId: string): Promise<HubRules> {
  const [row] = await tx.select().from(hubPicking).where(eq(hubPicking.hubId, hubId))
  return row ? ({ ...row } as HubRules) : hubDefaults
}

/** Rules of method in force on a delivery day, first match first. */
export async function rulesOfDay(tx: Db | Tx, hubId: string, day: string): Promise<MethodRule[]> {
  return tx
    .select()
    .from(pickRules)
    .where(and(eq(pickRules.hubId, hubId), lte(pickRules.validFrom, day), gte(pickRules.validTo, day)))
    .orderBy(asc(pickRules.sequence), asc(pickRules.id))
}

/** New SSCCs (GS1, 18 digits with check digit) under a company prefix; serials are never given twice. */
export async function newSsccs(tx: Tx, prefix: string, count: number): Promise<string[]> {
  if (count === 0) return []
  const rows = await tx.execute<{ serial: number }>(
    sql`select nextval('sscc_serials') as serial from generate_series(1, ${count}::int)`,
  )
  return [...rows].map(({ serial }) => ssccOf(prefix, serial))
}

/** The serial fills what the prefix leaves of 16 digits; what is beyond goes on in the extension digit. */
export function ssccOf(prefix: string, serial: number): string {
  const room = 10 ** (16 - prefix.length)
  return buildSscc(Math.floor(serial / room) % 10, prefix, serial % room)
}
