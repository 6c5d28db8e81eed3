import { setCookie } from '../accounts/sessions.ts'
import { done, type On, originOf } from '../kernel/routes.ts'
import { arrive } from './arrive.ts'
import { askContact } from './ask-contact.ts'
import { checkTrip } from './check-trip.ts'
import { correctStop } from './correct-stop.ts'
import { deliver } from './deliver.ts'
import { depart } from './depart.ts'
import { disinfect } from './disinfect.ts'
import { listLinks, revokeLink } from './end-link.ts'
import { failStop } from './fail-stop.ts'
import { finishRun } from './finish-run.ts'
import { lateStops } from './late-stops.ts'
import { loadTote } from './load-tote.ts'
import { makeLink, sendLink } from './make-link.ts'
import { myRuns } from './my-runs.ts'
import { askCode, openLink } from './open-link.ts'
import { readProof } from './read-proof.ts'
import { readPin } from './receiver-pin.ts'
import { readRun } from './run-doc.ts'
import type { TextSender } from './text-messages.ts'
import { listDoorRules, writeDoorRule } from './write-door-rule.ts'

export function deliveryRoutes(on: On, { texts, sample }: { texts: TextSender; sample: boolean }): void {
  on('delivery.myRuns', (ctx) => myRuns(ctx))
  on('delivery.readRun', (ctx, { params }) => readRun(ctx, params.id))
  on('delivery.loadTote', (ctx, { params, body }) => loadTote(ctx, { ...params, ...body }))
  on('delivery.depart', (ctx, { params, body }) => depart(ctx, { ...params, ...body }))
  on('delivery.arrive', (ctx, { params, body }) => arrive(ctx, { ...params, ...body }))
  on('delivery.deliver', (ctx, { params, body }) => deliver(ctx, { ...params, ...body }))
  on('delivery.fail', (ctx, { params, body }) => failStop(ctx, { ...params, ...body }))
  on('delivery.askContact', (ctx, { params }) => askContact(ctx, params.id))
  on('delivery.checkTrip', (ctx, { params, body }) => checkTrip(ctx, { ...params, ...body }))
  on('delivery.correct', (ctx, { params, body }) => correctStop(ctx, { ...params, ...body }))
  on('delivery.readProof', (ctx, { params }) => readProof(ctx, params.id))
  on('delivery.disinfect', (ctx, { params, body }) => disinfect(ctx, { ...params, ...body }))
  on('doorRules.list', (ctx) => listDoorRules(ctx))
  on('doorRules.write', (ctx, { params, body }) => writeDoorRule(ctx, params.id, body))
  on('delivery.receiverPin', (ctx, { params }) => readPin(ctx, params.id))
  on('driverLinks.make', (ctx, { params, body }, door) =>
    makeLink(ctx, { ...params, ...body }, originOf(door)),
  )
  on('driverLinks.send', (ctx, { params }, door) => sendLink(ctx, params.id, originOf(door), texts))
  on('driverLinks.list', (ctx, { params }) => listLinks(ctx, params.id))
  on('driverLinks.revoke', (ctx, { params }) => revokeLink(ctx, params.id))
  on('driverLinks.askCode', (ctx, { body }) => askCode(ctx, body, { texts, sample }))
  on('driverLinks.open', async (ctx, { body }, { request, reply }) => {
    const device = request.headers['user-agent'] ?? ''
    const { token, expiresAt } = await openLink(ctx, { ...body, device })
    setCookie(request, reply, token, expiresAt)
    return done
  })
  on('delivery.finishRun', (ctx, { params, body }) => finishRun(ctx, { ...params, ...body }))
  on('delivery.lateStops', (ctx, { query }) => lateStops(ctx, query))
}
