import { lots } from '@huming/db/schema/stock'
import { serviceDayOf } from '@huming/shared/days'
import { and, asc, eq, inArray, lt } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emitAll } from '../kernel/emit.ts'
import { inTransaction } from '../kernel/transaction.ts'

/** Lots taken in one go; the clock comes again. */
const batchMax = 500

/**
 * Past its last day of use a lot is expired: nothing more is promised or picked, the goods wait for destruction
 * (食品安全法 Art. 54: check regularly, clear what has expired). Lots still promised are left to the orders that
 * hold them. Returns how many expired.
 */
export async function expireLots(ctx: Ctx): Promise<number> {
  allow(ctx, 'lot.hold')
  return inTransaction(ctx, async (tx) => {
    const due = await tx
      .select({ id: lots.id, orgId: lots.orgId, hubId: lots.hubId, onHand: lots.onHand })
      .from(lots)
      .where(
        and(
          inArray(lots.stage, ['made', 'received']),
          lt(lots.useByDay, serviceDayOf(ctx.now)),
          eq(lots.promised, 0),
        ),
      )
      .orderBy(asc(lots.id))
      .limit(batchMax)
      .for('update', { skipLocked: true })
    if (due.length === 0) return 0
    await tx
      .update(lots)
      .set({ stage: 'expired', promisable: 0 })
      .where(
        and(
          inArray(
            lots.id,
            due.map((lot) => lot.id),
          ),
          eq(lots.promised, 0),
        ),
      )
    await emitAll(
      tx,
      ctx,
      due.map((lot) => ({
        type: 'lot.expired',
        subjectId: lot.id,
        orgId: lot.orgId,
        hubId: lot.hubId,
        payload: { onHand: lot.onHand },
      })),
    )
    return due.length
  })
}
