import { vehicles } from '@huming/db/schema/routes'
import { eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'

/**
 * Takes a vehicle out of service with a reason (breakdown, inspection), or back with null. Plans made from now on
 * go without it; runs it already has are for the dispatcher to move.
 */
export async function setVehicleService(
  ctx: Ctx,
  id: string,
  outOfService: string | null,
): Promise<{ id: string; outOfService: string | null }> {
  allow(ctx, 'plan.write')
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(vehicles).where(eq(vehicles.id, id)).for('update')
    const vehicle = found(row)
    allow(ctx, 'plan.write', { hubId: vehicle.hubId })
    if (vehicle.outOfService === outOfService) return { id, outOfService }
    await tx.update(vehicles).set({ outOfService }).where(eq(vehicles.id, id))
    await emit(tx, ctx, {
      type: 'vehicle.service_set',
      subjectId: id,
      orgId: vehicle.orgId,
      hubId: vehicle.hubId,
      payload: { plate: vehicle.plate, outOfService },
    })
    return { id, outOfService }
  })
}
