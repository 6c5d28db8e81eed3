import type { On } from '../kernel/routes.ts'
import { arrive } from './arrive.ts'
import { finishReceipt } from './finish.ts'
import { receiveLine } from './receive-line.ts'

export function receivingRoutes(on: On): void {
  on('receiving.arrive', (ctx, { params, body }) => arrive(ctx, params.id, body))
  on('receiving.receiveLine', (ctx, { params, body }) => receiveLine(ctx, params, body))
  on('receiving.finish', (ctx, { params }) => finishReceipt(ctx, params.id))
}
