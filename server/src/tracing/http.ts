import type { FastifyInstance } from 'fastify'
import type { On } from '../kernel/routes.ts'
import { epcisRoutes } from './http-epcis.ts'
import { epcisViewRoutes } from './http-epcis-views.ts'
import { readPublicLot } from './public-lot.ts'
import { traceLot, traceOrder } from './trace.ts'

export function tracingRoutes(app: FastifyInstance, on: On): void {
  epcisRoutes(app, on)
  epcisViewRoutes(on)
  on('tracing.lot', (ctx, { params }) => traceLot(ctx, params.key))
  on('tracing.order', (ctx, { params }) => traceOrder(ctx, params.key))
  on('tracing.publicLot', (ctx, { params, query }) => readPublicLot(ctx, params.code, query.gtin))
}
