import type { On } from '../kernel/routes.ts'
import { exportUploads } from './export-uploads.ts'
import { listUploads } from './list-uploads.ts'
import { confirmUploads, retryUploads } from './settle-uploads.ts'

/** What is due at the city’s trace platform. */
export function uploadRoutes(on: On): void {
  on('upload.list', (ctx, { query }) => listUploads(ctx, query))
  on('upload.export', (ctx, input, door) => exportUploads(ctx, input, door))
  on('upload.confirm', (ctx, { body }) => confirmUploads(ctx, body))
  on('upload.retry', (ctx, { body }) => retryUploads(ctx, body.ids))
}
