import { Fault } from '../kernel/fault.ts'
import type { On } from '../kernel/routes.ts'
import { checkTote } from './check-tote.ts'
import { chooseMethod } from './choose-method.ts'
import { fetchBatch } from './fetch-batch.ts'
import { pickTask } from './pick-task.ts'
import { planWave } from './plan-wave.ts'
import { putBack } from './put-back.ts'
import { listBatches } from './read-batches.ts'
import { readBoard } from './read-board.ts'
import { listTasks, nextTask, readPickList } from './read-tasks.ts'
import { listTotes } from './read-totes.ts'
import { readWave } from './read-wave.ts'
import { releaseWave } from './release-wave.ts'
import { sealTote } from './seal-tote.ts'
import { shortTask } from './short-task.ts'
import { splitWave } from './split-wave.ts'
import { passTote, takeTote } from './take-tote.ts'
import { readTote } from './tote-doc.ts'
import { waveDoc } from './wave-rows.ts'
import { readHubRules, writeHubRules, writePickRule } from './write-hub-rules.ts'

export function pickingRoutes(on: On): void {
  on('picking.board', (ctx, { params, query }) => readBoard(ctx, params.hubId, query.day))
  on('picking.planWave', async (ctx, { params, body }) => {
    const id = await planWave(ctx, { hubId: params.hubId, day: body.day })
    if (!id) throw new Fault('wave_empty')
    return waveDoc(ctx.db, id)
  })
  on('picking.readWave', (ctx, { params }) => readWave(ctx, params.id))
  on('picking.releaseWave', async (ctx, { params }) => {
    await releaseWave(ctx, params.id)
    return waveDoc(ctx.db, params.id)
  })
  on('picking.listTasks', (ctx, { params, query }) => listTasks(ctx, params.id, query))
  on('picking.nextTask', (ctx, { params, query }) => nextTask(ctx, params.id, query))
  on('picking.pick', (ctx, { params, body }) => pickTask(ctx, params.id, body))
  on('picking.short', (ctx, { params, body }) => shortTask(ctx, params.id, body))
  on('picking.listTotes', (ctx, { params, query }) => listTotes(ctx, params.id, query))
  on('picking.sealTote', (ctx, { params, body }) => sealTote(ctx, params.code, body.sealNumber))
  on('picking.readTote', (ctx, { params }) => readTote(ctx, params.code))
  on('picking.takeTote', (ctx, { params, body }) => takeTote(ctx, params.code, body.id))
  on('picking.passTote', (ctx, { params, body }) => passTote(ctx, params.code, body))
  on('picking.checkTote', (ctx, { params, body }) => checkTote(ctx, params.code, body))
  on('picking.listBatches', (ctx, { params, query }) => listBatches(ctx, params.id, query))
  on('picking.fetchBatch', (ctx, { params, body }) => fetchBatch(ctx, params.id, body))
  on('picking.putBack', (ctx, { params }) => putBack(ctx, params.id))
  on('picking.chooseMethod', (ctx, { params, body }) => chooseMethod(ctx, params, body))
  on('picking.splitWave', async (ctx, { params, body }) => {
    await splitWave(ctx, params.id, body)
    return waveDoc(ctx.db, body.id)
  })
  on('picking.hubRules', (ctx, { params }) => readHubRules(ctx, params.hubId))
  on('picking.writeHubRules', (ctx, { params, body }) => writeHubRules(ctx, params.hubId, body))
  on('picking.writePickRule', (ctx, { params, body }) => writePickRule(ctx, params, body))
  on('picking.pickList', (ctx, { params, query }) => readPickList(ctx, params.id, query.zone))
}
