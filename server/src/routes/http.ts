import { sendFile } from '../documents/send-file.ts'
import type { On } from '../kernel/routes.ts'
import { adoptProposal } from './adopt-proposal.ts'
import { assignDriver } from './assign-driver.ts'
import { assignOrder } from './assign-order.ts'
import { cancelProposal } from './cancel-proposal.ts'
import { dispatchRuns } from './dispatch-runs.ts'
import { listPlans } from './list-plans.ts'
import { listRuns } from './list-runs.ts'
import { listVehicles } from './list-vehicles.ts'
import { loadingList } from './loading-list.ts'
import { lockStops } from './lock-stops.ts'
import { moveStop } from './move-stop.ts'
import { planRoutes } from './plan-routes.ts'
import { listSiteRules, readRules } from './planning-rules.ts'
import { propose } from './propose.ts'
import { readBoard } from './read-board.ts'
import { readPlan } from './read-plan.ts'
import { listProposals, readProposal } from './read-proposal.ts'
import { setVehicleService } from './set-vehicle-service.ts'
import { tryMove } from './try-move.ts'
import * as rules from './write-planning-rules.ts'

function ruleRoutes(on: On): void {
  on('routes.readRules', (ctx, { params }) => readRules(ctx, params.hubId))
  on('routes.listSiteRules', (ctx, { params, query }) => listSiteRules(ctx, { ...params, ...query }))
  on('routes.writeVehicleFacts', (ctx, { params, body }) => rules.writeVehicleFacts(ctx, params.id, body))
  on('routes.writeSiteRules', (ctx, { params, body }) => rules.writeSiteRules(ctx, params.id, body))
  on('routes.writeBan', (ctx, { params, body }) => rules.writeBan(ctx, params.id, body))
  on('routes.writeWeights', (ctx, { params, body }) => rules.writeWeights(ctx, params.id, body))
  on('routes.writePair', (ctx, { params, body }) => rules.writePair(ctx, params.id, body))
  on('routes.loadingList', async (ctx, { params }, door) => {
    const { name, bytes } = await loadingList(ctx, params.id)
    return sendFile(door, 'pdf', name, bytes)
  })
}

export function routingRoutes(on: On): void {
  ruleRoutes(on)
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
