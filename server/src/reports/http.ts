import { sendFile } from '../documents/send-file.ts'
import { done, type On } from '../kernel/routes.ts'
import { readAfterRun, readRunOrders } from './after-run.ts'
import { afterRunFile } from './after-run-file.ts'
import { readCooperation } from './cooperation.ts'
import { listQueues, retryJobs } from './queues.ts'
import { readBoard } from './read-board.ts'
import { listAudits, runAudit } from './run-audit.ts'
import { writeOdometer } from './write-odometer.ts'

export function reportRoutes(on: On): void {
  on('reports.board', (ctx, { params, query }) => readBoard(ctx, params.hubId, query.day))
  on('reports.listAudits', (ctx) => listAudits(ctx))
  on('reports.runAudit', (ctx) => runAudit(ctx))
  on('reports.queues', (ctx) => listQueues(ctx))
  on('reports.retryJobs', async (ctx, { params, body }) => {
    await retryJobs(ctx, params.queue, body.jobIds)
    return done
  })
  on('reports.afterRun', (ctx, { query }) => readAfterRun(ctx, query))
  on('reports.afterRunOrders', (ctx, { params }) => readRunOrders(ctx, params.id))
  on('reports.afterRunFile', async (ctx, { query }, door) => {
    const { name, bytes } = await afterRunFile(ctx, query)
    return sendFile(door, 'xlsx', name, bytes)
  })
  on('reports.writeOdometer', (ctx, { params, body }) => writeOdometer(ctx, params.id, body))
  on('reports.cooperation', (ctx, { query }) => readCooperation(ctx, query))
}
