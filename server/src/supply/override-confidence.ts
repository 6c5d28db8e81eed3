import { skus } from '@huming/db/schema/catalogue'
import { confidences } from '@huming/db/schema/inbound'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { eq, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { notify } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { readTerms } from '../stock/confidence.ts'
import { capForecasts } from './learn-confidence.ts'
import { type Confidence, confidencesOf } from './read-confidence.ts'

type Body = ContractParsed<Contracts['forecasts.overrideConfidence']>['body']

/**
 * Operations set how far a pack's forecasts may be sold ahead, until a day and with a reason the supplier is told;
 * or take that back. The cap of its open forecasts follows at once; promises that stand are kept.
 */
export async function overrideConfidence(ctx: Ctx, skuId: string, body: Body): Promise<Confidence> {
  allow(ctx, 'supply.plan')
  return inTransaction(ctx, async (tx) => {
    const [sku] = await tx.select({ orgId: skus.orgId }).from(skus).where(eq(skus.id, skuId)).for('key share')
    const { orgId } = found(sku)
    const today = serviceDayOf(ctx.now)
    if (body.bp !== null && (body.until === null || body.until < today))
      throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/until', reason: 'past' }] })
    const set = {
      overrideBp: body.bp,
      overrideReason: body.reason,
      overrideBy: personIdOf(ctx),
      overrideUntil: body.bp === null ? null : body.until,
    }
    const terms = await readTerms(tx, today)
    const changed = await tx
      .insert(confidences)
      .values({ orgId, skuId, learnedBp: terms.priorBp, learnedAt: ctx.now, ...set })
      .onConflictDoUpdate({
        target: [confidences.orgId, confidences.skuId],
        set,
        setWhere: sql`${confidences.overrideBp} is distinct from ${body.bp}::int4
          or ${confidences.overrideReason} <> ${body.reason}
          or ${confidences.overrideUntil} is distinct from ${set.overrideUntil}::text`,
      })
      .returning({ skuId: confidences.skuId })
    if (changed.length > 0) {
      await capForecasts(tx, ctx, [skuId])
      await emit(tx, ctx, { type: 'confidence.overridden', subjectId: skuId, orgId, payload: { ...body } })
      const [told] = await confidencesOf(tx, ctx, sql`k.id = ${skuId}`)
      await notify(tx, {
        orgId,
        key: body.bp === null ? 'notice.confidence_free' : 'notice.confidence_set',
        params: { name: found(told).name, percent: Math.round((body.bp ?? 0) / 100), reason: body.reason },
        subjectId: skuId,
        at: ctx.now,
      })
    }
    return found((await confidencesOf(tx, ctx, sql`k.id = ${skuId}`))[0])
  })
}
