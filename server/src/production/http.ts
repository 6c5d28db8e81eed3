import { sendFile } from '../documents/send-file.ts'
import type { On } from '../kernel/routes.ts'
import { cancelBatch } from './cancel-batch.ts'
import { readDemand } from './demand.ts'
import { finishBatch } from './finish-batch.ts'
import { readGenealogy } from './genealogy.ts'
import { inspectBatch } from './inspect-batch.ts'
import { listMaterials, writeMaterial } from './materials.ts'
import { planBatch } from './plan-batch.ts'
import { printLabel } from './print-label.ts'
import { productLabels } from './product-labels.ts'
import { listBatches, readBatch } from './read-batches.ts'
import { readLotLabel } from './read-lot-label.ts'
import { listReceipts, listStores } from './read-receipts.ts'
import { listRecipes, readRecipe } from './read-recipes.ts'
import { readStep } from './read-step.ts'
import { receiveMaterial } from './receive-material.ts'
import { retireRecipe } from './retire-recipe.ts'
import { cancelSending, sendMaterial } from './send-material.ts'
import { readLabel, writeLabel } from './sku-label.ts'
import { startBatch } from './start-batch.ts'
import { takeInput } from './take-input.ts'
import { writeRecipe } from './write-recipe.ts'

/** Makers: materials, recipes, batches, their checks and labels, and what lots are made of. */
export function productionRoutes(on: On): void {
  on('production.listMaterials', (ctx, { query }) => listMaterials(ctx, query))

  on('production.writeMaterial', (ctx, { params, body }) => writeMaterial(ctx, params.id, body))

  on('production.listRecipes', (ctx, { query }) => listRecipes(ctx, query))

  on('production.readRecipe', (ctx, { params }) => readRecipe(ctx, params.id))

  on('production.writeRecipe', (ctx, { params, body }) => writeRecipe(ctx, params.id, body))

  on('production.retireRecipe', (ctx, { params, body }) => retireRecipe(ctx, params.id, body.reason))

  on('production.readLabel', (ctx, { params }) => readLabel(ctx, params.skuId))

  on('production.writeLabel', (ctx, { params, body }) => writeLabel(ctx, params.skuId, body))

  on('production.demand', (ctx, { query }) => readDemand(ctx, query))

  on('production.listBatches', (ctx, { query }) => listBatches(ctx, query))

  on('production.readBatch', (ctx, { params }) => readBatch(ctx, params.id))

  on('production.planBatch', (ctx, { params, body }) => planBatch(ctx, params.id, body))

  on('production.startBatch', (ctx, { params }) => startBatch(ctx, params.id))

  on('production.takeInput', (ctx, { params, body }) => takeInput(ctx, params.id, params.inputId, body))

  on('production.readStep', (ctx, { params, body }) => readStep(ctx, params.id, params.readingId, body))

  on('production.finishBatch', (ctx, { params, body }) => finishBatch(ctx, params.id, body))

  on('production.inspectBatch', (ctx, { params, body }) =>
    inspectBatch(ctx, params.id, params.inspectionId, body),
  )

  on('production.cancelBatch', (ctx, { params, body }) => cancelBatch(ctx, params.id, body.reason))

  on('production.listReceipts', (ctx, { query }) => listReceipts(ctx, query))

  on('production.listStores', (ctx) => listStores(ctx))

  on('production.sendMaterial', (ctx, { params, body }) => sendMaterial(ctx, params.id, body))

  on('production.cancelSending', (ctx, { params, body }) => cancelSending(ctx, params.id, body.reason))

  on('production.receiveMaterial', (ctx, { params, body }) => receiveMaterial(ctx, params.id, body))

  on('production.genealogy', (ctx, { params }) => readGenealogy(ctx, params.id))

  on('production.printLabel', async (ctx, { params }, door) => {
    const { name, bytes } = await printLabel(ctx, params.id)
    return sendFile(door, 'pdf', name, bytes)
  })

  on('production.productLabels', (ctx, { params }) => productLabels(ctx, params.id))
  on('production.lotLabel', (ctx, { params }) => readLotLabel(ctx, params.id))
}
