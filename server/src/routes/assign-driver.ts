import { memberships, people } from '@huming/db/schema/accounts'
import { runs, vehicles } from '@huming/db/schema/routes'
import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockPlan } from './lock-plan.ts'
import { planDoc } from './read-plan.ts'
import type { Plan } from './rows.ts'

/** Gives a run a driver of one of the hub's carriers, until it is on the road. One unfinished run a day each. */
export async function assignDriver(
  ctx: Ctx,
  input: { id: string; driverPersonId: string; version: number },
): Promise<Plan> {
  allow(ctx, 'plan.write')
  const [at] = await ctx.db.select({ planId: runs.planId }).from(runs).where(eq(runs.id, input.id))
  const { planId } = found(at)
  await inTransaction(ctx, async (tx) => {
    const { plan, runs: own } = await lockPlan(tx, ctx, planId, 'plan.write')
    const run = found(own.find((one) => one.id === input.id))
    if (run.driverPersonId === input.driverPersonId) return
    if (run.version !== input.version) throw new Fault('stale_version')
    if (run.status !== 'planned' && run.status !== 'loading') throw new Fault('wrong_state')
    const driver = await readDriver(tx, plan.hubId, input.driverPersonId)
    await refuseBusy(tx, { ...run, driverPersonId: driver.id })
    await tx
      .update(runs)
      .set({ driverPersonId: driver.id, version: sql`${runs.version} + 1` })
      .where(eq(runs.id, run.id))
    await emit(tx, ctx, {
      type: 'run.driver_assigned',
      subjectId: run.id,
      hubId: plan.hubId,
      payload: { planId, driverPersonId: driver.id, before: run.driverPersonId },
    })
  })
  return planDoc(ctx.db, planId, ctx.now)
}

async function readDriver(tx: Tx, hubId: string, personId: string): Promise<{ id: string }> {
  const carriers = tx.select({ id: vehicles.orgId }).from(vehicles).where(eq(vehicles.hubId, hubId))
  const [driver] = await tx
    .select({ id: people.id })
    .from(people)
    .innerJoin(memberships, eq(memberships.personId, people.id))
    .where(
      and(
        eq(people.id, personId),
        isNull(people.disabledAt),
        eq(memberships.role, 'driver'),
        inArray(memberships.orgId, carriers),
      ),
    )
    .limit(1)
    // Two runs given to one driver at the same moment wait for each other here.
    .for('update', { of: people })
  return found(driver)
}

/** `driver_busy` when the run's driver has another unfinished run that day. */
export async function refuseBusy(
  tx: Tx,
  run: { id: string; day: string; driverPersonId: string },
): Promise<void> {
  const [other] = await tx
    .select({ name: people.name })
    .from(runs)
    .innerJoin(people, eq(people.id, runs.driverPersonId))
    .where(
      and(
        eq(runs.driverPersonId, run.driverPersonId),
        eq(runs.day, run.day),
        ne(runs.status, 'finished'),
        ne(runs.id, run.id),
      ),
    )
    .limit(1)
  if (other) throw new Fault('driver_busy', '', { params: { driver: other.name } })
}
