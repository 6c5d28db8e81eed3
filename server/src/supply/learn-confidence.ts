import { confidences } from '@huming/db/schema/inbound'
import { serviceDayOf } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { effectiveOf, readConfidences, readTerms } from '../stock/confidence.ts'
import { readWeeks, type SupplierPack } from './confidence-rows.ts'
import { confidenceBp, evidenceWeight } from './confidence-rules.ts'

/** Packs learned of in one transaction. */
const packsAtOnce = 200

/**
 * Learns from the weeks that are over how far each supplier's forecasts of a pack are trusted, and sets the cap of
 * its open forecasts by it. Promises that stand are kept, whatever the cap. Gives how many packs and lots changed.
 */
export async function learnConfidence(ctx: Ctx): Promise<{ packs: number; lots: number }> {
  const packs = await ctx.sql<SupplierPack[]>`
    select distinct org_id as "orgId", sku_id as "skuId" from forecasts order by sku_id`
  const sum = { packs: 0, lots: 0 }
  for (let at = 0; at < packs.length; at += packsAtOnce) {
    const some = packs.slice(at, at + packsAtOnce)
    const changed = await inTransaction(ctx, (tx) => learn(tx, ctx, some))
    sum.packs += changed.packs
    sum.lots += changed.lots
  }
  return sum
}

async function learn(
  tx: Tx,
  ctx: Ctx,
  packs: readonly SupplierPack[],
): Promise<{ packs: number; lots: number }> {
  const terms = await readTerms(tx, serviceDayOf(ctx.now))
  const weeks = await readWeeks(tx, packs, ctx.now, terms.weeksBack)
  const before = await readConfidences(
    tx,
    packs.map((pack) => pack.skuId),
  )
  let changed = 0
  for (const { orgId, skuId } of packs) {
    const rows = weeks.get(skuId) ?? []
    const learned = { learnedBp: confidenceBp(rows, terms), evidence: evidenceWeight(rows, terms) }
    const old = before.get(skuId)
    if (old && old.learnedBp === learned.learnedBp && old.evidence === learned.evidence) continue
    await tx
      .insert(confidences)
      .values({ orgId, skuId, ...learned, learnedAt: ctx.now })
      .onConflictDoUpdate({
        target: [confidences.orgId, confidences.skuId],
        set: { ...learned, learnedAt: ctx.now },
      })
    changed++
    if (old?.learnedBp !== learned.learnedBp)
      await emit(tx, ctx, { type: 'confidence.learned', subjectId: skuId, orgId, payload: learned })
  }
  const lots = await capForecasts(
    tx,
    ctx,
    packs.map((pack) => pack.skuId),
  )
  return { packs: changed, lots }
}

/** Sets the cap of the open forecasts of packs to what holds of them now. Gives how many lots changed. */
export async function capForecasts(tx: Tx, ctx: Ctx, skuIds: readonly string[]): Promise<number> {
  const day = serviceDayOf(ctx.now)
  const terms = await readTerms(tx, day)
  const rows = await readConfidences(tx, skuIds)
  const caps = skuIds.map((skuId) => effectiveOf(rows.get(skuId), terms, day).bp)
  const changed = await tx.execute<{ id: string }>(sql`
    with cap as (
      select * from unnest(${bareArray(skuIds)}::uuid[], ${bareArray(caps)}::int4[]) as c(sku_id, bp)),
    held as materialized (
      select l.id, c.bp from lots l join forecasts f on f.lot_id = l.id join cap c on c.sku_id = l.sku_id
      where l.stage = 'planned' and l.cap_bp <> c.bp and l.ready_day <= l.use_by_day
      order by l.id for no key update of l)
    update lots l set cap_bp = held.bp,
      promisable = greatest(l.promised, trunc(l.quantity::numeric * held.bp / 10000)::int8)
    from held where l.id = held.id returning l.id`)
  return changed.length
}
