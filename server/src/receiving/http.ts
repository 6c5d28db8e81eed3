import type { On } from '../kernel/routes.ts'
import { addTripLog } from './add-trip-log.ts'
import { arrive } from './arrive.ts'
import { confirmLine, recountLine } from './confirm-line.ts'
import { decideAppointment } from './decide-appointment.ts'
import { dockBoard } from './dock-board.ts'
import { readDockRules, writeDockSlot, writeSecondPersonRule } from './dock-rules.ts'
import { finishReceipt } from './finish.ts'
import { grantException } from './grant-exception.ts'
import { listPutAway } from './list-put-away.ts'
import { putAway } from './put-away.ts'
import { readReceipt } from './read-receipt.ts'
import { receiveLine } from './receive-line.ts'
import { strikeWeighing, weigh } from './weigh.ts'

export function receivingRoutes(on: On): void {
  on('dockRules.read', (ctx, { params }) => readDockRules(ctx, params.hubId))
  on('dockRules.writeSlot', (ctx, { params, body }) => writeDockSlot(ctx, params.id, body))
  on('dockRules.writeSecondPerson', (ctx, { params, body }) => writeSecondPersonRule(ctx, params.id, body))
  on('receiving.dockBoard', (ctx, { params, query }) => dockBoard(ctx, params.hubId, query.day))
  on('receiving.decideAppointment', (ctx, { params, body }) => decideAppointment(ctx, params.id, body))
  on('receiving.arrive', (ctx, { params, body }) => arrive(ctx, params.id, body))
  on('receiving.readReceipt', (ctx, { params }) => readReceipt(ctx, params.id))
  on('receiving.addTripLog', (ctx, { params, body }) => addTripLog(ctx, params, body))
  on('receiving.weigh', (ctx, { params, body }) => weigh(ctx, params, body))
  on('receiving.strikeWeighing', (ctx, { params }) => strikeWeighing(ctx, params))
  on('receiving.grantException', (ctx, { params, body }) => grantException(ctx, params, body))
  on('receiving.receiveLine', (ctx, { params, body }) => receiveLine(ctx, params, body))
  on('receiving.confirmLine', (ctx, { params, body }) => confirmLine(ctx, params, body))
  on('receiving.recountLine', (ctx, { params, body }) => recountLine(ctx, params, body))
  on('receiving.finish', (ctx, { params, body }) => finishReceipt(ctx, params.id, body))
  on('receiving.listPutAway', (ctx, { params, query }) => listPutAway(ctx, params.hubId, query))
  on('receiving.putAway', (ctx, { params, body }) => putAway(ctx, params.id, body))
}
