import { createHash, randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Books } from './books.ts'
import { FaultPlan } from './faults.ts'
import { type Form, readForm } from './form.ts'
import { ApiError } from './objects.ts'
import { onboardPage, payPage } from './pay-page.ts'
import { type Answer, routes } from './routes.ts'
import { Deliveries, type Hook } from './webhooks.ts'

export type StandInOptions = {
  /** The secret key that callers must bear. */
  readonly secretKey: string
  readonly hook?: Hook
  readonly plan?: FaultPlan
  readonly now?: () => number
  /** Refunds that wait for the payer's bank end by themselves after so long; left out, somebody ends them. */
  readonly refundsEndAfterMs?: number
}
export type StandIn = {
  readonly app: FastifyInstance
  readonly books: Books
  readonly plan: FaultPlan
  readonly deliveries: Deliveries | null
  /** Listens and gives its address. */
  listen(port?: number): Promise<string>
  close(): Promise<void>
}

/**
 * A local stand-in for Stripe (示例): speaks its form-in, JSON-out interface for what the product uses, keeps books of
 * its own, and fails as its fault plan says. No money moves. The product's real client talks to it.
 */
export function standIn(options: StandInOptions): StandIn {
  const books = new Books(options.now)
  const plan = options.plan ?? new FaultPlan()
  const deliveries = options.hook ? new Deliveries(options.hook, plan) : null
  books.onEvent = (event) => {
    deliveries?.push(event)
    const refund =
      event.type === 'refund.created' ? books.refunds.get(String(event.data.object['id'])) : undefined
    if (refund?.status === 'pending' && options.refundsEndAfterMs !== undefined)
      setTimeout(() => books.endRefund(refund, 'succeeded'), options.refundsEndAfterMs).unref()
  }
  const app = Fastify({ bodyLimit: 256 * 1024, forceCloseConnections: true })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/x-www-form-urlencoded', 'application/json', 'text/plain'],
    { parseAs: 'string' },
    (_request, body, done) => done(null, body),
  )
  const answers = new Map<string, { input: string; answer: Answer }>()
  app.all('/v1/*', async (request, reply) => {
    const answer = await once(request, answers, () => act(request, books, plan, options.secretKey))
    if (plan.draw('hang_after')) return hang(reply)
    return send(reply, answer)
  })
  payPage(app, books)
  onboardPage(app, books)
  return {
    app,
    books,
    plan,
    deliveries,
    listen: (port = 0) => app.listen({ port, host: '127.0.0.1' }),
    close: async () => {
      deliveries?.close()
      await app.close()
    },
  }
}

/** A repeated key gives the first answer, whatever it was; with other parameters it is refused. */
async function once(
  request: FastifyRequest,
  answers: Map<string, { input: string; answer: Answer }>,
  fresh: () => Answer,
): Promise<Answer> {
  const key = request.headers['idempotency-key']
  if (request.method !== 'POST' || typeof key !== 'string') return fresh()
  const input = createHash('sha256')
    .update(`${request.url}\n${bodyOf(request)}`)
    .digest('hex')
  const known = answers.get(key)
  if (known?.input === input) return { ...known.answer, replayed: true }
  if (known)
    return {
      status: 400,
      body: {
        error: {
          type: 'idempotency_error',
          message: 'Keys for idempotent requests can only be used with the same parameters.',
        },
      },
    }
  const answer = fresh()
  // As with the real one, what failed before it began is not kept.
  if (answer.status !== 429 && answer.status !== 401) answers.set(key, { input, answer })
  return answer
}

function act(request: FastifyRequest, books: Books, plan: FaultPlan, secretKey: string): Answer {
  if (request.headers.authorization !== `Bearer ${secretKey}`)
    return {
      status: 401,
      body: { error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } },
    }
  if (plan.draw('busy'))
    return {
      status: 429,
      body: { error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests' } },
    }
  if (plan.draw('error_before')) return broken
  const answer = run(request, books)
  return plan.draw('error_after') ? broken : answer
}

const broken: Answer = {
  status: 500,
  body: { error: { type: 'api_error', message: 'Something went wrong on our end' } },
}

function run(request: FastifyRequest, books: Books): Answer {
  const { pathname, search } = new URL(request.url, 'http://stand-in')
  const form: Form = readForm(request.method === 'GET' ? search.slice(1) : bodyOf(request))
  try {
    for (const route of routes) {
      const match = route.method === request.method ? route.path.exec(pathname) : null
      if (match) return { status: 200, body: route.run(books, form, match[1] ?? '') }
    }
    throw new ApiError(404, 'resource_missing', `Unrecognized request URL (${request.method}: ${pathname})`)
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: error.body }
    throw error
  }
}

const bodyOf = (request: FastifyRequest): string => (typeof request.body === 'string' ? request.body : '')

function send(reply: FastifyReply, { status, body, replayed }: Answer): FastifyReply {
  if (replayed) reply.header('idempotent-replayed', 'true')
  return reply
    .code(status)
    .header('request-id', `req_${randomBytes(7).toString('hex')}`)
    .header('content-type', 'application/json')
    .send(JSON.stringify(body))
}

/** The work is done, and nobody hears of it. */
function hang(reply: FastifyReply): FastifyReply {
  reply.hijack()
  reply.raw.socket?.destroy()
  return reply
}
