import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'

/** Dated terms of learning, as kept in `confidence_rules`. Weights in hundredths of a full week. */
export type ConfidenceTerms = {
  readonly priorBp: number
  readonly priorWeight: number
  readonly halfLifeWeeks: number
  readonly weeksBack: number
  readonly floorBp: number
  readonly ceilingBp: number
}

/** What holds where nobody has set terms. */
export const standardTerms: ConfidenceTerms = {
  priorBp: 7000,
  priorWeight: 300,
  halfLifeWeeks: 8,
  weeksBack: 26,
  floorBp: 3000,
  ceilingBp: 9500,
}

/** The terms of learning in force on a day; of several the one begun last. */
export async function readTerms(db: Db | Tx, day: string): Promise<ConfidenceTerms> {
  const [row] = await db.execute<ConfidenceTerms>(sql`
    select prior_bp as "priorBp", prior_weight as "priorWeight", half_life_weeks as "halfLifeWeeks",
      weeks_back as "weeksBack", floor_bp as "floorBp", ceiling_bp as "ceilingBp"
    from confidence_rules where valid_from <= ${day} and valid_to >= ${day} order by valid_from desc, id desc limit 1`)
  return row ?? standardTerms
}

/** How far a supplier's forecasts of a pack are trusted, as it is kept. */
export type ConfidenceRow = {
  readonly orgId: string
  readonly skuId: string
  readonly learnedBp: number
  readonly evidence: number
  readonly learnedAt: Date
  readonly overrideBp: number | null
  readonly overrideReason: string
  readonly overrideUntil: string | null
}

/** What is kept of these packs. */
export async function readConfidences(
  db: Db | Tx,
  skuIds: readonly string[],
): Promise<Map<string, ConfidenceRow>> {
  const rows = await db.execute<ConfidenceRow>(sql`
    select org_id as "orgId", sku_id as "skuId", learned_bp as "learnedBp", evidence, learned_at as "learnedAt",
      override_bp as "overrideBp", override_reason as "overrideReason", override_until as "overrideUntil"
    from confidences where sku_id = any(${bareArray(skuIds)}::uuid[])`)
  return new Map([...rows].map((row) => [row.skuId, row]))
}

/** What holds of a pack on a day: set by operations, else learned, else what is believed of a stranger. */
export function effectiveOf(
  row: ConfidenceRow | undefined,
  terms: ConfidenceTerms,
  day: string,
): { bp: number; source: 'override' | 'learned' | 'prior' } {
  if (row && row.overrideBp !== null && (row.overrideUntil ?? '') >= day)
    return { bp: row.overrideBp, source: 'override' }
  return row && row.evidence > 0
    ? { bp: row.learnedBp, source: 'learned' }
    : { bp: terms.priorBp, source: 'prior' }
}

/** The share of a forecast of the pack that may be promised on a day, basis points. */
export async function capOf(db: Db | Tx, skuId: string, day: string): Promise<number> {
  const rows = await readConfidences(db, [skuId])
  return effectiveOf(rows.get(skuId), await readTerms(db, day), day).bp
}
