import { isUtf8 } from 'node:buffer'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import { newId } from '@huming/shared/ids'
import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { accountRoutes } from './accounts/http.ts'
import { cookieName, SessionReader } from './accounts/sessions.ts'
import { catalogueRoutes } from './catalogue/http.ts'
import { claimRoutes } from './claims/http.ts'
import { crateRoutes } from './crates/http.ts'
import { deliveryRoutes } from './delivery/http.ts'
import { logSender, type TextSender } from './delivery/text-messages.ts'
import { folderStore } from './kernel/blob-store.ts'
import type { Db, Sql } from './kernel/ctx.ts'
import { answerProblems, sendProblem } from './kernel/errors.ts'
import { Fault } from './kernel/fault.ts'
import { type Authenticate, routesOn } from './kernel/routes.ts'
import { serveWeb } from './kernel/serve-web.ts'
import { liveRoutes } from './live/http.ts'
import { orderRoutes } from './orders/http.ts'
import { packetRoutes } from './packets/http.ts'
import { paymentRoutes, webhookRoute } from './payment/http.ts'
import type { StripeSettings } from './payment/settings.ts'
import { pickingRoutes } from './picking/http.ts'
import { pricingRoutes } from './pricing/http.ts'
import { productionRoutes } from './production/http.ts'
import { recallRoutes } from './recall/http.ts'
import { receivingRoutes } from './receiving/http.ts'
import { reportRoutes } from './reports/http.ts'
import { routingRoutes } from './routes/http.ts'
import { settlementRoutes } from './settlement/http-settlement.ts'
import { statementRoutes } from './settlement/http-statements.ts'
import { stockRoutes } from './stock/http.ts'
import { storingRoutes } from './storing/http.ts'
import { supplyRoutes } from './supply/http.ts'
import { planningRoutes } from './supply/http-planning.ts'
import { systemRoutes } from './system/http.ts'
import { LiveFeed } from './system/live.ts'
import { describeApi } from './system/openapi.ts'
import { temperatureRoutes } from './temperature/http.ts'
import { tracingRoutes } from './tracing/http.ts'
import { uploadRoutes } from './upload/http.ts'

export type AppOptions = {
  db: Db
  sql: Sql
  /** True where the product runs on sample data (示例): sample sign-ins are offered. */
  sample: boolean
  /** Folder of the built web, served when given. */
  webDir?: string
  /** Folder for uploaded files. */
  filesDir: string
  logger?: FastifyServerOptions['logger']
  /** Who sends text messages; left out, it is only noted that one was due. */
  texts?: TextSender
  /** The payment provider; left out, people pay on credit and by bank transfer. */
  stripe?: StripeSettings | null
}

/** JSON bodies above this are refused before they are read. */
export const bodyBytesMax = 256 * 1024

/** Builds the HTTP door with every route; the caller listens or injects. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger: options.logger ?? false,
    bodyLimit: bodyBytesMax,
    genReqId: () => newId(),
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: 200 },
    // An address with a broken escape leads nowhere.
    frameworkErrors: (_error, request, reply) => void sendProblem(request, reply, 'route_not_found'),
    logController: new LogController({ disableRequestLogging: true }),
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  answerProblems(app)
  acceptOnlyUtf8Json(app)
  refuseCrossSiteWrites(app)
  logOneLine(app)
  await app.register(cookie)
  await app.register(helmet, {
    contentSecurityPolicy: { directives: contentSecurityOf(options.stripe ?? null), useDefaults: false },
    hsts: false,
  })

  await describeApi(app)

  const base = { db: options.db, sql: options.sql, log: app.log }
  const reader = new SessionReader(options.sql)
  const authenticate: Authenticate = (request, now) => reader.actorOf(request.cookies[cookieName], now)
  const on = routesOn(app, base, authenticate)
  const live = new LiveFeed(base)
  app.addHook('preClose', () => live.close())
  const store = folderStore(options.filesDir)
  systemRoutes(app, on, { sample: options.sample, store, live })
  accountRoutes(on, reader, options.sample)
  catalogueRoutes(on)
  pricingRoutes(on)
  stockRoutes(on)
  orderRoutes(on)
  const stripe = options.stripe ?? null
  paymentRoutes(app, on, stripe)
  webhookRoute(app, (scope) => routesOn(scope, base, authenticate), stripe)
  supplyRoutes(on)
  planningRoutes(on)
  crateRoutes(on)
  productionRoutes(on)
  receivingRoutes(on)
  storingRoutes(on)
  pickingRoutes(on)
  routingRoutes(on)
  deliveryRoutes(on, { texts: options.texts ?? logSender(app.log), sample: options.sample })
  liveRoutes(on)
  temperatureRoutes(on)
  packetRoutes(on, store)
  claimRoutes(on)
  statementRoutes(on)
  settlementRoutes(on)
  recallRoutes(on)
  uploadRoutes(on)
  tracingRoutes(app, on)
  reportRoutes(on)
  if (options.webDir) await serveWeb(app, options.webDir)
  return app
}

const contentSecurity = {
  'default-src': ["'self'"],
  // The camera's bar code reader is WebAssembly of our own; scripts stay files of our own.
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'connect-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
}

/** Stripe's form comes from Stripe; doors stay shut for it where it is not used. */
function contentSecurityOf(stripe: StripeSettings | null): Record<string, string[]> {
  if (!stripe || stripe.host) return contentSecurity
  const scripts = 'https://js.stripe.com'
  return {
    ...contentSecurity,
    'script-src': [...contentSecurity['script-src'], scripts],
    'connect-src': [...contentSecurity['connect-src'], 'https://api.stripe.com'],
    'img-src': [...contentSecurity['img-src'], 'https://*.stripe.com'],
    'frame-src': [scripts, 'https://hooks.stripe.com'],
  }
}

/** JSON with broken UTF-8 is refused, never repaired: a mangled name must not be stored. */
function acceptOnlyUtf8Json(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser(
    ['application/json', 'application/ld+json'],
    { parseAs: 'buffer' },
    (request, body: Buffer, done) => {
      if (body.length === 0) return done(null, undefined)
      if (!isUtf8(body)) return done(new Fault('bad_json'))
      void parse(request, body.toString('utf8'), done)
    },
  )
}

/** With SameSite=Lax cookies this closes cross-site writes: browsers always send one of these headers on them. */
function refuseCrossSiteWrites(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return
    const site = request.headers['sec-fetch-site']
    if (site && site !== 'same-origin' && site !== 'none') throw new Fault('cross_site')
    const origin = request.headers.origin
    // `null` and what is no address are of no site of ours.
    if (origin && URL.parse(origin)?.host !== request.host) throw new Fault('cross_site')
  })
}

/** One line per request, with the ids to follow it by; never its content. */
function logOneLine(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const actor = request.ctx?.actor
    const who = actor?.kind === 'person' ? { personId: actor.personId, orgId: actor.orgId } : {}
    const ms = Math.round(reply.elapsedTime * 10) / 10
    request.log.info(
      { method: request.method, route: request.routeOptions.url, status: reply.statusCode, ms, ...who },
      'request',
    )
  })
}
