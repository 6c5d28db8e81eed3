import type { On } from '../kernel/routes.ts'
import { addLots } from './add-lots.ts'
import { answerNotice } from './answer-notice.ts'
import { computeScope } from './compute-scope.ts'
import { disposeRecalled } from './dispose.ts'
import { doTask } from './do-task.ts'
import { closeRecall, noteCall, reportIncident, reportRecall } from './finish-recall.ts'
import { listRecalls, listTasks } from './list-recalls.ts'
import { listMyNotices, readNotice } from './my-notices.ts'
import { notifyPlaces } from './notify-places.ts'
import { openRecall } from './open-recall.ts'
import { readRecall } from './read-recall.ts'
import { sendReport } from './report-file.ts'
import { stopSale } from './stop-sale.ts'
import { withdrawRecall } from './withdraw-recall.ts'

/** Recall of food: stop, find, tell, fetch, destroy, report. */
export function recallRoutes(on: On): void {
  on('recall.list', (ctx, { query }) => listRecalls(ctx, query))
  on('recall.read', (ctx, { params }) => readRecall(ctx, params.id))
  on('recall.open', (ctx, { params, body }) => openRecall(ctx, params.id, body))
  on('recall.stop', (ctx, { params }) => stopSale(ctx, params.id))
  on('recall.addLots', (ctx, { params, body }) => addLots(ctx, params.id, body))
  on('recall.computeScope', (ctx, { params }) => computeScope(ctx, params.id))
  on('recall.notify', (ctx, { params }) => notifyPlaces(ctx, params.id))
  on('recall.reportIncident', (ctx, { params, body }) => reportIncident(ctx, params.id, body.note))
  on('recall.call', (ctx, { params, body }) => noteCall(ctx, params.id, body.note))
  on('recall.dispose', (ctx, { params, body }) => disposeRecalled(ctx, params.id, body))
  on('recall.report', (ctx, { params, body }) => reportRecall(ctx, params.id, body.conclusion))
  on('recall.readReport', (ctx, { params }, door) => sendReport(ctx, params.id, door))
  on('recall.close', (ctx, { params }) => closeRecall(ctx, params.id))
  on('recall.withdraw', (ctx, { params, body }) => withdrawRecall(ctx, params.id, body.reason))
  on('recall.myNotices', (ctx, { query }) => listMyNotices(ctx, query))
  on('recall.readNotice', (ctx, { params }) => readNotice(ctx, params.id))
  on('recall.answer', (ctx, { params, body }) => answerNotice(ctx, params.id, body))
  on('recall.tasks', (ctx, { query }) => listTasks(ctx, query))
  on('recall.doTask', (ctx, { params, body }) => doTask(ctx, params.id, body))
}
