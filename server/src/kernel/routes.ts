import type { Contract, ContractParsed, ContractReply } from '@huming/shared/contract'
import { type Contracts, contracts, type RouteId } from '@huming/shared/contracts/all'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { allow } from './allow.ts'
import type { Base, Ctx } from './ctx.ts'
import { Fault } from './fault.ts'
import { localeOf } from './problem-text.ts'
import { WrittenJson } from './written-json.ts'

export type Door = { request: FastifyRequest; reply: FastifyReply }
/** The address people reach us at, for links and codes that leave the product. */
export const originOf = ({ request }: Door): string => `${request.protocol}://${request.host}`
type Handler<C extends Contract> = (
  ctx: Ctx,
  input: ContractParsed<C>,
  door: Door,
) => Promise<ContractReply<C> | WrittenJson<ContractReply<C>>>
/** Tells who asks, from the cookie; null when nobody is signed in. */
export type Authenticate = (request: FastifyRequest, now: Date) => Promise<Ctx['actor'] | null>
/** Reply of acts that have nothing to tell. */
export const done = { ok: true } as const
export type On = <Id extends RouteId>(id: Id, handler: Handler<Contracts[Id]>) => void

declare module 'fastify' {
  interface FastifyRequest {
    ctx: Ctx
  }
}

/**
 * Mounts a contract on the app: sign-in first, then the role, then the shape of the input, then the handler,
 * whose reply is checked against the contract (unknown members never leave), save where it was checked before.
 */
export function routesOn(app: FastifyInstance, base: Base, authenticate: Authenticate): On {
  return (id, handler) => {
    const c: Contract = contracts[id]
    app.route({
      method: c.method,
      url: c.path,
      schema: schemaOf(id, c),
      ...(c.bodyBytes ? { bodyLimit: c.bodyBytes } : {}),
      onRequest: async (request) => {
        const now = new Date()
        const actor = c.access === 'public' ? ({ kind: 'guest' } as const) : await authenticate(request, now)
        if (!actor)
          throw new Fault(request.headers.cookie?.includes('sid=') ? 'session_expired' : 'unauthenticated')
        const locale = localeOf(request.headers['accept-language'])
        request.ctx = { ...base, now, actor, locale, requestId: request.id, log: request.log }
        if (c.access === 'signedIn') refuseLinked(actor, id)
        else if (c.access !== 'public') allow(request.ctx, c.access)
      },
      handler: async (request, reply) => {
        const input = { params: request.params, query: request.query, body: request.body } as never
        const answer = await handler(request.ctx, input, { request, reply })
        if (!(answer instanceof WrittenJson)) return answer
        return reply.type('application/json; charset=utf-8').send(answer.text)
      },
    })
  }
}

/** Doors of everyone signed in that a session by a driver's link may use, too. */
const linkedDoors: readonly RouteId[] = ['accounts.me', 'accounts.signOut']

function refuseLinked(actor: Ctx['actor'], id: RouteId): void {
  if (actor.kind === 'person' && actor.runId && !linkedDoors.includes(id)) throw new Fault('forbidden')
}

function schemaOf(id: RouteId, c: Contract): Record<string, unknown> {
  return {
    operationId: id,
    summary: c.summary,
    tags: [id.split('.')[0]],
    ...(c.params ? { params: c.params } : {}),
    ...(c.query ? { querystring: c.query } : {}),
    ...(c.body ? { body: c.body } : {}),
    ...(c.raw ? {} : { response: { 200: c.reply } }),
  }
}
