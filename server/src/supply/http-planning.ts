import type { On } from '../kernel/routes.ts'
import { checkCutOffs } from './check-cut-offs.ts'
import { decideOffer } from './decide-offer.ts'
import { handOver } from './hand-over.ts'
import { offerLot, withdrawOffer } from './offer-lot.ts'
import { listOffers } from './offer-rows.ts'
import { overrideConfidence } from './override-confidence.ts'
import { listConfidence, readConfidence } from './read-confidence.ts'
import { readForecasts } from './read-forecasts.ts'
import { readTimeline } from './read-timeline.ts'
import { cancelDock, listDockSlots, requestDock } from './request-dock.ts'
import { readWay } from './way-doc.ts'
import { writeCutOff } from './write-cut-off.ts'
import { writeForecasts } from './write-forecasts.ts'
import { listMakingLeads, writeMakingLead } from './write-making-lead.ts'
import { writeTimelineStep } from './write-timeline-step.ts'
import { writeWay } from './write-way.ts'

/** Forecasts, the timeline of the cut-offs, offers, ways and the dock's appointments. */
export function planningRoutes(on: On): void {
  on('forecasts.read', (ctx, { query }) => readForecasts(ctx, query))
  on('forecasts.write', (ctx, { body }) => writeForecasts(ctx, body))
  on('forecasts.listConfidence', (ctx, { query }) => listConfidence(ctx, query))
  on('forecasts.readConfidence', (ctx, { params }) => readConfidence(ctx, params.skuId))
  on('forecasts.overrideConfidence', (ctx, { params, body }) => overrideConfidence(ctx, params.skuId, body))
  on('timeline.read', (ctx, { params }) => readTimeline(ctx, params.hubId))
  on('timeline.writeStep', (ctx, { params, body }) => writeTimelineStep(ctx, params.id, body))
  on('timeline.check', (ctx, { params, query }) => checkCutOffs(ctx, params.hubId, query))
  on('timeline.writeCutOff', (ctx, { params, body }) => writeCutOff(ctx, params.id, body))
  on('timeline.listMakingLeads', (ctx, { query }) => listMakingLeads(ctx, query.orgId))
  on('timeline.writeMakingLead', (ctx, { params, body }) => writeMakingLead(ctx, params.skuId, body))
  on('offers.list', (ctx, { query }) => listOffers(ctx, query))
  on('offers.make', (ctx, { params, body }) => offerLot(ctx, params.id, body))
  on('offers.decide', (ctx, { params, body }) => decideOffer(ctx, params.id, body))
  on('offers.withdraw', (ctx, { params }) => withdrawOffer(ctx, params.id))
  on('legs.read', (ctx, { params }) => readWay(ctx, params.id))
  on('legs.write', (ctx, { params, body }) => writeWay(ctx, params.id, body))
  on('legs.handOver', (ctx, { params, body }) => handOver(ctx, params.id, params.handoverId, body))
  on('docks.slots', (ctx, { params, query }) => listDockSlots(ctx, params.hubId, query.day))
  on('docks.request', (ctx, { params, body }) => requestDock(ctx, params.id, body))
  on('docks.cancel', (ctx, { params }) => cancelDock(ctx, params.id))
}
