import { hubs } from '@huming/db/schema/accounts'
import { closedDays, orders } from '@huming/db/schema/orders'
import { serviceDayOf } from '@huming/shared/days'
import { BUYER_CLASS_IDS } from '@huming/shared/reference/buyer-classes'
import { and, eq, ne } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockCutOffs } from './cut-off-lock.ts'

/** Closes a delivery day of a hub, which must have no orders (`wrong_state`) and not be past, or opens it again. */
export async function writeClosedDay(
  ctx: Ctx,
  hubId: string,
  day: string,
  ask: { closed: boolean; reason: string },
): Promise<void> {
  allow(ctx, 'calendar.write')
  await inTransaction(ctx, async (tx) => {
    const [hub] = await tx.select({ id: hubs.id }).from(hubs).where(eq(hubs.id, hubId))
    found(hub)
    await lockCutOffs(tx, hubId, day, BUYER_CLASS_IDS)
    if (ask.closed) {
      const [standing] = await tx
        .select({ id: orders.id })
        .from(orders)
        .where(and(eq(orders.hubId, hubId), eq(orders.day, day), ne(orders.status, 'cancelled')))
        .limit(1)
      if (standing || day < serviceDayOf(ctx.now)) throw new Fault('wrong_state')
      await tx
        .insert(closedDays)
        .values({ hubId, day, reason: ask.reason })
        .onConflictDoUpdate({ target: [closedDays.hubId, closedDays.day], set: { reason: ask.reason } })
    } else {
      await tx.delete(closedDays).where(and(eq(closedDays.hubId, hubId), eq(closedDays.day, day)))
    }
    await emit(tx, ctx, { type: 'calendar.written', subjectId: hubId, hubId, payload: { day, ...ask } })
  })
}
