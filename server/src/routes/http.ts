import type { On } from '../kernel/routes.ts'
import { assignDriver } from './assign-driver.ts'
import { assignOrder } from './assign-order.ts'
import { dispatchRuns } from './dispatch-runs.ts'
import { listPlans } from './list-plans.ts'
import { listRuns } from './list-runs.ts'
import { listVehicles } from './list-vehicles.ts'
import { moveStop } from './move-stop.ts'
import { planRoutes } from './plan-routes.ts'
import { readPlan } from './read-plan.ts'
import { setVehicleService } from './set-vehicle-service.ts'

export function routingRoutes(on: On): void {
  on('routes.listVehicles', (ctx, { params }) => listVehicles(ctx, params.hubId))
  on('routes.setVehicleService', (ctx, { params, body }) =>
    setVehicleService(ctx, params.id, body.outOfService),
  )
  on('routes.listPlans', (ctx, { query }) => listPlans(ctx, query))
  on('routes.readPlan', (ctx, { params }) => readPlan(ctx, params.id))
  on('routes.plan', (ctx, { params }) => planRoutes(ctx, params))
  on('routes.moveStop', (ctx, { params, body }) => moveStop(ctx, { ...params, ...body }))
  on('routes.assignOrder', (ctx, { params, body }) => assignOrder(ctx, { ...params, ...body }))
  on('routes.assignDriver', (ctx, { params, body }) => assignDriver(ctx, { ...params, ...body }))
  on('routes.dispatch', (ctx, { params, body }) => dispatchRuns(ctx, { ...params, ...body }))
  on('routes.listRuns', (ctx, { query }) => listRuns(ctx, query))
}
