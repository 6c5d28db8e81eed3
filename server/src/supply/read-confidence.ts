import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { type SQL, sql } from 'drizzle-orm'
import { allow, visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { type ConfidenceTerms, effectiveOf, readConfidences, readTerms } from '../stock/confidence.ts'
import { readWeeks } from './confidence-rows.ts'
import { evidenceOf } from './confidence-rules.ts'
import { anyOf, packColumns } from './rows.ts'

type One = ContractReply<Contracts['forecasts.readConfidence']>
export type Confidence = Omit<One, 'weeks' | 'terms'>
type Pack = Omit<
  Confidence,
  'bp' | 'learnedBp' | 'source' | 'overrideReason' | 'overrideUntil' | 'learnedAt' | 'evidence'
>

/** Confidence in each pack that was ever forecast, of the suppliers one may see. */
export async function listConfidence(
  ctx: Ctx,
  query: { orgId?: string | undefined },
): Promise<{ items: Confidence[] }> {
  allow(ctx, 'supply.read')
  const ids = visibleOrgIds(ctx, 'supply.read')
  const mine = ids === 'all' ? sql`true` : sql`k.org_id = ${anyOf(ids)}`
  const asked = query.orgId ? sql`k.org_id = ${query.orgId}` : sql`true`
  const items = await confidencesOf(
    ctx.db,
    ctx,
    sql`${mine} and ${asked} and exists (select 1 from forecasts f where f.sku_id = k.id)`,
  )
  return { items }
}

/** Why a pack's forecasts are trusted so far: week by week, newest first. */
export async function readConfidence(ctx: Ctx, skuId: string): Promise<One> {
  allow(ctx, 'supply.read')
  const [one] = await confidencesOf(ctx.db, ctx, sql`k.id = ${skuId}`)
  const { orgId } = found(one)
  allow(ctx, 'supply.read', { orgId })
  const terms = await readTerms(ctx.db, serviceDayOf(ctx.now))
  const weeks = await readWeeks(ctx.db, [{ orgId, skuId }], ctx.now, terms.weeksBack)
  return {
    ...found(one),
    terms: pick(terms),
    weeks: (weeks.get(skuId) ?? []).map((row) => {
      const { week, said, asked, brought } = row
      return { week, said, asked, brought, ...evidenceOf(row, terms) }
    }),
  }
}

const pick = ({ priorBp, floorBp, ceilingBp, weeksBack }: ConfidenceTerms) => ({
  priorBp,
  floorBp,
  ceilingBp,
  weeksBack,
})

/** Over `skus k`: packs with how far they are trusted today; at most 500. */
export async function confidencesOf(db: Db | Tx, ctx: Ctx, where: SQL): Promise<Confidence[]> {
  const day = serviceDayOf(ctx.now)
  const packs = await db.execute<Pack>(sql`
    select k.org_id as "orgId", o.short_name as supplier, ${packColumns}
    from skus k join products p on p.id = k.product_id join organisations o on o.id = k.org_id
    where ${where} order by o.short_name, p.name, k.spec, k.id limit 500`)
  const terms = await readTerms(db, day)
  const rows = await readConfidences(
    db,
    [...packs].map((pack) => pack.skuId),
  )
  return [...packs].map((pack) => {
    const row = rows.get(pack.skuId)
    const { bp, source } = effectiveOf(row, terms, day)
    return {
      ...pack,
      bp,
      source,
      learnedBp: row?.learnedBp ?? terms.priorBp,
      overrideReason: source === 'override' ? (row?.overrideReason ?? '') : '',
      overrideUntil: source === 'override' ? (row?.overrideUntil ?? null) : null,
      learnedAt: row ? new Date(row.learnedAt).toISOString() : null,
      evidence: row?.evidence ?? 0,
    }
  })
}
