import type { ProblemCode } from '@huming/shared/problems'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { epcisTypeOf } from './epcis-problems.ts'
import { Fault, type FaultExtra } from './fault.ts'
import { localeOf, problemBody } from './problem-text.ts'
import { sqlState } from './transaction.ts'

/** Installs the one place where failures become `application/problem+json`. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { code, extra } = translate(error, request)
    if (code === 'internal') request.log.error({ err: error }, 'request failed')
    else if (code === 'unavailable') request.log.warn({ err: error }, 'database unavailable')
    return sendProblem(request, reply, code, extra)
  })
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, 'route_not_found'))
}

export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ProblemCode,
  extra: FaultExtra = {},
) {
  const body = problemBody(code, localeOf(request.headers['accept-language']), {
    ...extra,
    ...epcisTypeOf(request.url, code),
    requestId: request.id,
  })
  if (code === 'too_many_requests' && extra.params?.['seconds'])
    reply.header('retry-after', extra.params['seconds'])
  return reply
    .code(body.status)
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(body)
}

/** Which public code a thrown thing is. What is not known is `internal` and says nothing of its inside. */
function translate(
  error: FastifyError | Fault,
  request: FastifyRequest,
): { code: ProblemCode; extra: FaultExtra } {
  if (error instanceof Fault) return { code: error.code, extra: error.extra }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const pointers = error.validation.slice(0, 50).map((v) => ({
      pointer: `/${partOf[error.validationContext ?? 'body'] ?? 'body'}${v.instancePath}`,
      reason: v.message ?? v.keyword,
    }))
    return { code: 'bad_input', extra: { pointers } }
  }
  if (byCursor.has(sqlState(error) ?? '') && (request.query as { cursor?: string })?.cursor !== undefined)
    return { code: 'bad_input', extra: { pointers: [{ pointer: '/query/cursor', reason: 'unknown' }] } }
  return { code: byFastifyCode[error.code] ?? byStatus(error), extra: {} }
}

/**
 * A cursor is ours and opaque, so it goes to the database as it comes: one that somebody made up is no id, day or
 * instant there.
 */
const byCursor = new Set(['22P02', '22007', '22008'])

/** Parts of a request as its contract names them. */
const partOf: Record<string, string> = { body: 'body', params: 'params', querystring: 'query' }

const byFastifyCode: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media',
  FST_ERR_CTP_INVALID_JSON_BODY: 'bad_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'bad_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad_json',
  FST_ERR_BAD_URL: 'route_not_found',
}

/**
 * PostgreSQL classes 08 (connection), 53 (resources), 57 (shutdown, timeout), a lock that others kept too long (55P03),
 * a deadlock or a lost serialisation after all repeats (40P01, 40001), and driver connection errors.
 */
const outage = /^(08|53|57|55P03|40P01|40001)|^(CONNECTION_|CONNECT_TIMEOUT|ECONN)/

function byStatus(error: FastifyError): ProblemCode {
  // Raised by the ledger's trigger: an entry into a month whose books are closed.
  if (sqlState(error) === 'HM001') return 'period_closed'
  if (outage.test(sqlState(error) ?? '')) return 'unavailable'
  if (error.statusCode === 400) return 'bad_json'
  return 'internal'
}
