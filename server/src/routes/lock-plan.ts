import { plans, runs, vehicles } from '@huming/db/schema/routes'
import { newId } from '@huming/shared/ids'
import type { Action } from '@huming/shared/permissions'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { freeVehicles } from './read-problem.ts'
import { earliestDepartureOf, instantOf } from './rules.ts'

export type PlanRow = typeof plans.$inferSelect
export type RunRow = typeof runs.$inferSelect
export type VehicleRow = typeof vehicles.$inferSelect

/** Locks a plan and its runs for a change; somebody else's is `not_found`. */
export async function lockPlan(
  tx: Tx,
  ctx: Ctx,
  id: string,
  action: Action,
): Promise<{ plan: PlanRow; runs: RunRow[] }> {
  const [row] = await tx.select().from(plans).where(eq(plans.id, id)).for('update')
  const plan = found(row)
  allow(ctx, action, { hubId: plan.hubId })
  const own = await tx.select().from(runs).where(eq(runs.planId, plan.id)).orderBy(runs.id).for('update')
  return { plan, runs: own }
}

/** The run meant: one of the plan, or a new one for a vehicle that is free (`no_vehicles` when it is not). */
export async function targetRun(
  tx: Tx,
  ctx: Ctx,
  locked: { plan: PlanRow; runs: RunRow[] },
  target: { runId: string | null; vehicleId: string | null },
): Promise<RunRow> {
  if (target.runId !== null) return found(locked.runs.find((run) => run.id === target.runId))
  const { plan, runs: own } = locked
  const present = own.find((run) => run.vehicleId === target.vehicleId && run.status === 'planned')
  if (present) return present
  const free = await freeVehicles(tx, { id: plan.waveId, hubId: plan.hubId, day: plan.day })
  const vehicle = free.find((v) => v.id === target.vehicleId && !own.some((run) => run.vehicleId === v.id))
  if (!vehicle) throw new Fault('no_vehicles')
  const row = {
    id: newId(),
    planId: plan.id,
    hubId: plan.hubId,
    day: plan.day,
    seq: Math.max(0, ...own.map((run) => run.seq)) + 1,
    vehicleId: vehicle.id,
    driverPersonId: vehicle.driverPersonId,
    status: 'planned',
    metres: 0,
    departAt: instantOf(plan.day, earliestDepartureOf(plan.day, ctx.now)),
  }
  const [run] = await tx.insert(runs).values(row).returning()
  return found(run)
}

/** The plan's own distance follows its runs. */
export const sumMetres = (tx: Tx, planId: string) =>
  tx.execute(sql`
    update plans p set metres = (select coalesce(sum(r.metres), 0) from runs r where r.plan_id = p.id)
    where p.id = ${planId}`)
