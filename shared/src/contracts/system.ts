import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, textField } from '../fields.ts'

const state = z.enum(['ok', 'down'])

export const systemContracts = {
  'system.health': contract({
    method: 'GET',
    path: '/api/health',
    access: 'public',
    summary: 'State of database and queue',
    reply: z.object({
      ok: z.boolean(),
      database: state,
      queue: state,
      queueBackend: z.enum(['postgres', 'redis']),
      /** True where the product runs on sample data (示例). */
      sample: z.boolean(),
      version: z.string(),
      now: z.string(),
    }),
  }),
  'system.live': contract({
    method: 'GET',
    path: '/api/live',
    access: 'signedIn',
    summary: 'Server-sent events: what changed, scoped to the reader',
    reply: z.unknown(),
    raw: 'stream',
  }),
  'files.upload': contract({
    method: 'PUT',
    path: '/api/files/:id',
    access: 'file.upload',
    summary: 'Upload a picture (JPEG, PNG or WebP) or a PDF, at most 5 MB, as the raw body',
    params: z.object({ id: idField }),
    query: z.object({ visibility: z.enum(['public', 'own']).default('own') }),
    reply: z.object({ id: idField, url: z.string() }),
    raw: 'upload',
    problems: ['unsupported_media', 'body_too_large', 'id_reused'],
  }),
  'files.read': contract({
    method: 'GET',
    path: '/api/files/:id',
    access: 'signedIn',
    summary: 'Read an uploaded picture or PDF',
    params: z.object({ id: idField }),
    reply: z.unknown(),
    raw: 'stream',
  }),
  'files.readProof': contract({
    method: 'GET',
    path: '/api/stops/:id/pictures/:fileId',
    access: 'run.read',
    summary: 'A picture of how a stop was proved, for whoever may read its run',
    params: z.object({ id: idField, fileId: idField }),
    reply: z.unknown(),
    raw: 'stream',
  }),
  'system.clientError': contract({
    method: 'POST',
    path: '/api/client-errors',
    access: 'public',
    summary: 'A browser reports a crash',
    body: z.object({
      message: textField(500),
      stack: z.string().max(4000).optional(),
      url: textField(300).optional(),
    }),
    reply: z.object({ ok: z.literal(true) }),
  }),
} as const
