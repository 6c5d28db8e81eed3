import { join } from 'node:path'
import files from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { sendProblem } from './errors.ts'

/** Files of a build carry a hash in their name: the same name is always the same bytes. */
const FOREVER = 'public, max-age=31536000, immutable'

/**
 * Serves the built web. Every other address of a page gets the one page, which finds the screen itself;
 * unknown addresses under /api and missing files are refused as such. The name of a lot, as its Digital Link
 * `/01/{gtin}/10/{lot}` or as `/b/{lot}`, is a page whatever letters it has.
 */
export async function serveWeb(app: FastifyInstance, webDir: string): Promise<void> {
  await app.register(files, {
    root: webDir,
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const hashed = path.startsWith(join(webDir, 'assets'))
      // A page, and the worker that keeps pages: looked at anew each time.
      const page = path.includes('.html') || path.includes('-worker.js')
      reply.header('cache-control', hashed ? FOREVER : page ? 'no-cache' : 'public, max-age=86400')
    },
  })
  app.get('/*', { schema: { hide: true } }, (request, reply) => {
    const { pathname } = new URL(request.url, 'http://web')
    const named = /^\/(01|b)\//.test(pathname)
    const page = named || (!pathname.startsWith('/api/') && !/\.\w{1,12}$/.test(pathname))
    return page ? reply.sendFile('index.html') : sendProblem(request, reply, 'route_not_found')
  })
}
