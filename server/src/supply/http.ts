import type { On } from '../kernel/routes.ts'
import { answerCallOff } from './answer-call-off.ts'
import { cancelConsignment } from './cancel-consignment.ts'
import { listCallOffs } from './list-call-offs.ts'
import { listConsignments, readConsignment } from './list-consignments.ts'
import { shipConsignment } from './ship-consignment.ts'
import { writeConsignment } from './write-consignment.ts'

export function supplyRoutes(on: On): void {
  on('supply.listCallOffs', (ctx, { query }) => listCallOffs(ctx, query))
  on('supply.answerCallOff', (ctx, { params, body }) => answerCallOff(ctx, params.id, body))
  on('supply.listConsignments', (ctx, { query }) => listConsignments(ctx, query))
  on('supply.readConsignment', (ctx, { params }) => readConsignment(ctx, params.id))
  on('supply.writeConsignment', (ctx, { params, body }) => writeConsignment(ctx, params.id, body))
  on('supply.shipConsignment', (ctx, { params, body }) => shipConsignment(ctx, params.id, body))
  on('supply.cancelConsignment', (ctx, { params, body }) => cancelConsignment(ctx, params.id, body.reason))
}
