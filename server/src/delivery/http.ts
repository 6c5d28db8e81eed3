import type { On } from '../kernel/routes.ts'
import { arrive } from './arrive.ts'
import { askContact } from './ask-contact.ts'
import { deliver } from './deliver.ts'
import { depart } from './depart.ts'
import { failStop } from './fail-stop.ts'
import { finishRun } from './finish-run.ts'
import { lateStops } from './late-stops.ts'
import { loadTote } from './load-tote.ts'
import { myRuns } from './my-runs.ts'
import { readRun } from './run-doc.ts'

export function deliveryRoutes(on: On): void {
  on('delivery.myRuns', (ctx) => myRuns(ctx))
  on('delivery.readRun', (ctx, { params }) => readRun(ctx, params.id))
  on('delivery.loadTote', (ctx, { params, body }) => loadTote(ctx, { ...params, ...body }))
  on('delivery.depart', (ctx, { params, body }) => depart(ctx, { ...params, ...body }))
  on('delivery.arrive', (ctx, { params, body }) => arrive(ctx, { ...params, ...body }))
  on('delivery.deliver', (ctx, { params, body }) => deliver(ctx, { ...params, ...body }))
  on('delivery.fail', (ctx, { params, body }) => failStop(ctx, { ...params, ...body }))
  on('delivery.askContact', (ctx, { params }) => askContact(ctx, params.id))
  on('delivery.finishRun', (ctx, { params }) => finishRun(ctx, params.id))
  on('delivery.lateStops', (ctx, { query }) => lateStops(ctx, query))
}
