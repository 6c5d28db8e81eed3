import { done, type On } from '../kernel/routes.ts'
import { readCooperation } from './cooperation.ts'
import { listQueues, retryJobs } from './queues.ts'
import { readBoard } from './read-board.ts'
import { listAudits, runAudit } from './run-audit.ts'

export function reportRoutes(on: On): void {
  on('reports.board', (ctx, { params, query }) => readBoard(ctx, params.hubId, query.day))
  on('reports.listAudits', (ctx) => listAudits(ctx))
  on('reports.runAudit', (ctx) => runAudit(ctx))
  on('reports.queues', (ctx) => listQueues(ctx))
  on('reports.retryJobs', async (ctx, { params, body }) => {
    await retryJobs(ctx, params.queue, body.jobIds)
    return done
  })
  on('reports.cooperation', (ctx, { query }) => readCooperation(ctx, query))
}
