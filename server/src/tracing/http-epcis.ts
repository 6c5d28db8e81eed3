import { captureBytesMax, captureEventsMax } from '@huming/shared/contracts/tracing'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '../kernel/fault.ts'
import type { On } from '../kernel/routes.ts'
import { type Behaviour, capture, captureEvent } from './capture.ts'
import { listCaptures, readCapture } from './captures.ts'
import { inLinks } from './epc-format.ts'
import { queryDocument, type StoredEvent } from './epcis-document.ts'
import { ownContext } from './own-lots.ts'
import type { Query } from './parameter-values.ts'
import { queryEvents, readEvents } from './query-events.ts'

/** What this repository speaks, on every answer of it. */
const announced = { 'GS1-EPCIS-Version': '2.0.0', 'GS1-CBV-Version': '2.0.0' } as const

/** Doors of the EPCIS 2.0 REST binding (capture and query in JSON). */
export function epcisRoutes(app: FastifyInstance, on: On): void {
  on('epcis.events', async (ctx, { query }, { request, reply }) => {
    const links = accept(request, reply)
    const { events, nextPageToken } = await queryEvents(ctx, asked(request, query))
    linkNext(request, reply, nextPageToken)
    return documentOf(events, links, ctx.now)
  })

  on('epcis.event', async (ctx, { params }, { request, reply }) => {
    const links = accept(request, reply)
    return documentOf(await readEvents(ctx, params.id), links, ctx.now)
  })

  on('epcis.capture', async (ctx, { body }, { request, reply }) => {
    accept(request, reply)
    const job = await capture(ctx, jsonOf(body), behaviourOf(request))
    reply.code(202).header('location', `/api/epcis/capture/${job.captureID}`)
    return job
  })

  on('epcis.captureEvent', async (ctx, { body }, { request, reply }) => {
    accept(request, reply)
    const event = await captureEvent(ctx, jsonOf(body))
    reply.code(201).header('location', `/api/epcis/events/${encodeURIComponent(String(event['eventID']))}`)
    return event
  })

  on('epcis.captures', async (ctx, { query }, { request, reply }) => {
    accept(request, reply)
    const { jobs, nextPageToken } = await listCaptures(ctx, query)
    linkNext(request, reply, nextPageToken)
    return jobs
  })

  on('epcis.readCapture', async (ctx, { params }, { request, reply }) => {
    accept(request, reply)
    return readCapture(ctx, params.id)
  })

  discovery(app)
}

/** What each resource allows, for `OPTIONS`; the same for everybody, so nobody is asked who they are. */
function discovery(app: FastifyInstance): void {
  const resources = {
    '/api/epcis/events': 'OPTIONS, GET, POST',
    '/api/epcis/events/:id': 'OPTIONS, GET',
    '/api/epcis/capture': 'OPTIONS, GET, POST',
    '/api/epcis/capture/:id': 'OPTIONS, GET',
    '/api/epcis/queries': 'OPTIONS, GET, POST',
    '/api/epcis/queries/:name': 'OPTIONS, GET, DELETE',
    '/api/epcis/queries/:name/events': 'OPTIONS, GET',
    '/api/epcis/:collection': 'OPTIONS, GET',
    '/api/epcis/:collection/:value': 'OPTIONS, GET',
    '/api/epcis/:collection/:value/events': 'OPTIONS, GET',
  }
  for (const [url, allow] of Object.entries(resources))
    app.options(url, { schema: { hide: true } }, async (_request, reply) =>
      reply
        .code(204)
        .headers({
          ...announced,
          allow,
          'GS1-EPCIS-Min': '2.0.0',
          'GS1-EPCIS-Max': '2.0.1',
          'GS1-CBV-Min': '2.0.0',
          'GS1-CBV-Max': '2.0.0',
          'GS1-EPC-Format': 'Never_Translates, Always_GS1_Digital_Link',
          'GS1-Extensions': `huming=${ownContext.huming}`,
          'GS1-EPCIS-Capture-Limit': captureEventsMax,
          'GS1-EPCIS-Capture-File-Size-Limit': captureBytesMax,
          'GS1-Capture-Error-Behaviour': 'rollback, proceed',
        })
        .send(),
    )
}

const headerOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name.toLowerCase()]
  return Array.isArray(value) ? value[0] : value
}

/** A document of another kind arrives as its text or bytes. */
function jsonOf(body: unknown): unknown {
  if (typeof body === 'string' || body instanceof Uint8Array) throw new Fault('unsupported_media')
  return body
}

const unacceptable = (header: string): Fault => new Fault('epcis_not_acceptable', '', { params: { header } })

/** Checks what the caller speaks, announces what we do, and says whether EPCs are wanted as Digital Links. */
export function accept(request: FastifyRequest, reply: FastifyReply): boolean {
  for (const name of ['GS1-EPCIS-Version', 'GS1-CBV-Version', 'GS1-EPCIS-Min', 'GS1-CBV-Min'])
    if (!/^2\.0(\.\d+)?$/.test(headerOf(request, name) ?? '2.0')) throw unacceptable(name)
  for (const name of ['GS1-EPCIS-Max', 'GS1-CBV-Max'])
    if (!/^([2-9]|\d{2,})(\.\d+){0,2}$/.test(headerOf(request, name) ?? '2')) throw unacceptable(name)
  if (!/json|\*\/\*/.test(headerOf(request, 'accept') ?? '*/*')) throw unacceptable('Accept')
  const format = headerOf(request, 'GS1-EPC-Format') ?? 'Never_Translates'
  if (!/^(No_Preference|Never_Translates|Always_GS1_Digital_Link)$/.test(format))
    throw unacceptable('GS1-EPC-Format')
  const links = format === 'Always_GS1_Digital_Link'
  reply.headers({ ...announced, 'GS1-EPC-Format': links ? format : 'Never_Translates' })
  return links
}

/** The header's name in the standard's text, and the one that its tools send. */
const behaviourHeaders = ['GS1-Capture-Error-Behaviour', 'GS1-EPCIS-Capture-Error-Behaviour']

function behaviourOf(request: FastifyRequest): Behaviour {
  for (const name of behaviourHeaders) {
    const given = headerOf(request, name)
    if (given !== undefined && given !== 'rollback' && given !== 'proceed') throw unacceptable(name)
    if (given !== undefined) return given
  }
  return 'rollback'
}

/** A query with what its prefixes mean: `GS1-Extensions: ex=https://ns.example.com/, …`. */
export function asked(request: FastifyRequest, query: Query): Query {
  const pairs = [...(headerOf(request, 'GS1-Extensions') ?? '').matchAll(/([A-Za-z][\w.-]*)=([^\s,;]+)/g)]
  return { ...query, '@context': Object.fromEntries(pairs.map(([, prefix, iri]) => [prefix, iri])) }
}

/** Events as a document, with links for EPCs where they are wanted. */
export const documentOf = (events: readonly StoredEvent[], links: boolean, now: Date, name?: string) =>
  queryDocument(
    links ? events.map(({ contexts, event }) => ({ contexts, event: inLinks(event) })) : events,
    now,
    name,
  )

/** `Link: <…>; rel="next"`: the same address with the token of the next page. Tokens do not run out. */
export function linkNext(request: FastifyRequest, reply: FastifyReply, token: string | null): void {
  if (token === null) return
  const url = new URL(request.url, 'http://here')
  url.searchParams.set('nextPageToken', token)
  reply.header('link', `<${url.pathname}${url.search}>; rel="next"`)
}
