import type { On } from '../kernel/routes.ts'
import { adoptProposal } from './adopt-proposal.ts'
import { assignDriver } from './assign-driver.ts'
import { assignOrder } from './assign-order.ts'
import { cancelProposal } from './cancel-proposal.ts'
import { dispatchRuns } from './dispatch-runs.ts'
import { listPlans } from './list-plans.ts'
import { listRuns } from './list-runs.ts'
import { listVehicles } from './list-vehicles.ts'
import { lockStops } from './lock-stops.ts'
import { moveStop } from './move-stop.ts'
import { planRoutes } from './plan-routes.ts'
import { propose } from './propose.ts'
import { readBoard } from './read-board.ts'
import { readPlan } from './read-plan.ts'
import { listProposals, readProposal } from './read-proposal.ts'
import { setVehicleService } from './set-vehicle-service.ts'
import { tryMove } from './try-move.ts'

export function routingRoutes(on: On): void {
  on('routes.listVehicles', (ctx, { params }) => listVehicles(ctx, params.hubId))
  on('routes.setVehicleService', (ctx, { params, body }) =>
    setVehicleService(ctx, params.id, body.outOfService),
  )
  on('routes.listPlans', (ctx, { query }) => listPlans(ctx, query))
  on('routes.readPlan', (ctx, { params }) => readPlan(ctx, params.id))
  on('routes.readBoard', (ctx, { params }) => readBoard(ctx, params.id))
  on('routes.tryMove', (ctx, { params, query }) => tryMove(ctx, { ...params, ...query }))
  on('routes.lockStops', (ctx, { params, body }) => lockStops(ctx, { ...params, ...body }))
  on('routes.plan', (ctx, { params }) => planRoutes(ctx, params))
  on('routes.moveStop', (ctx, { params, body }) => moveStop(ctx, { ...params, ...body }))
  on('routes.assignOrder', (ctx, { params, body }) => assignOrder(ctx, { ...params, ...body }))
  on('routes.assignDriver', (ctx, { params, body }) => assignDriver(ctx, { ...params, ...body }))
  on('routes.dispatch', (ctx, { params, body }) => dispatchRuns(ctx, { ...params, ...body }))
  on('routes.propose', (ctx, { params, body }) => propose(ctx, { ...params, ...body }))
  on('routes.listProposals', (ctx, { params }) => listProposals(ctx, params.waveId))
  on('routes.readProposal', (ctx, { params }) => readProposal(ctx, params.id))
  on('routes.cancelProposal', (ctx, { params }) => cancelProposal(ctx, params.id))
  on('routes.adoptProposal', (ctx, { params }) => adoptProposal(ctx, params.id))
  on('routes.listRuns', (ctx, { query }) => listRuns(ctx, query))
}
