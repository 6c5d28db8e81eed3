import type { On } from '../kernel/routes.ts'
import { readArrival } from './arrival.ts'
import { decideDoor } from './decide-door.ts'
import { endLink, makeLink, track } from './links.ts'
import { readLive } from './read-live.ts'
import { relayRun } from './relay-run.ts'
import { readTolerances, writeTolerance } from './tolerances.ts'

export function liveRoutes(on: On): void {
  on('live.board', (ctx, { params, query }) => readLive(ctx, params.hubId, query.day))
  on('live.readTolerances', (ctx, { params }) => readTolerances(ctx, params.hubId))
  on('live.writeTolerance', (ctx, { params, body }) => writeTolerance(ctx, params.id, body))
  on('live.relay', (ctx, { params, body }) => relayRun(ctx, { ...params, ...body }))
  on('live.decideDoor', (ctx, { params, body }) => decideDoor(ctx, { ...params, ...body }))
  on('live.arrival', (ctx, { params }) => readArrival(ctx, params.id))
  on('live.makeLink', (ctx, { params, body }) => makeLink(ctx, { ...params, ...body }))
  on('live.endLink', (ctx, { params }) => endLink(ctx, params.id))
  on('live.track', (ctx, { params }) => track(ctx, params.token))
}
