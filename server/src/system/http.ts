import type { FastifyInstance } from 'fastify'
import type { BlobStore } from '../kernel/blob-store.ts'
import { Fault } from '../kernel/fault.ts'
import { done, type On } from '../kernel/routes.ts'
import { fileBytesMax, readFile, readProofPicture, uploadFile } from './files.ts'
import { readHealth } from './health.ts'
import type { LiveFeed } from './live.ts'

export type SystemParts = { sample: boolean; store: BlobStore; live: LiveFeed }

export function systemRoutes(app: FastifyInstance, on: On, parts: SystemParts): void {
  app.addContentTypeParser(
    /^(image\/.*|application\/pdf)$/,
    { parseAs: 'buffer', bodyLimit: fileBytesMax },
    (_request, body, parsed) => parsed(null, body),
  )

  on('system.health', (ctx) => readHealth(ctx, parts.sample))

  on('system.live', async (ctx, _input, { request, reply }) => parts.live.join(ctx, request, reply))

  on('files.upload', async (ctx, { params, query }, { request }) => {
    if (!Buffer.isBuffer(request.body)) throw new Fault('unsupported_media')
    return uploadFile(ctx, parts.store, { id: params.id, bytes: request.body, visibility: query.visibility })
  })

  on('files.read', async (ctx, { params }, { reply }) => {
    const file = await readFile(ctx, parts.store, params.id)
    return reply
      .type(file.mediaType)
      .header('x-content-type-options', 'nosniff')
      .header('content-disposition', 'inline')
      .header('cache-control', file.isPublic ? 'private, max-age=31536000, immutable' : 'private, no-store')
      .send(file.stream)
  })

  on('files.readProof', async (ctx, { params }, { reply }) => {
    const file = await readProofPicture(ctx, parts.store, params.id, params.fileId)
    return reply
      .type(file.mediaType)
      .header('x-content-type-options', 'nosniff')
      .header('content-disposition', 'inline')
      .header('cache-control', 'private, no-store')
      .send(file.stream)
  })

  on('system.clientError', async (ctx, { body }) => {
    ctx.log.error({ client: body }, 'browser crash reported')
    return done
  })
}
