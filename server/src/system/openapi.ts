import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { contracts } from '@huming/shared/contracts/all'
import { problems } from '@huming/shared/problems'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'

/** OpenAPI 3.1 of every contract at `/api/openapi.json`, and a readable page at `/api/docs`. Register before routes. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Huming 沪明直供 API', version: '0.1.0', description: intro },
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'sid' } },
        schemas: { Problem: problemSchema },
      },
    },
    transform: (input) => {
      const out = jsonSchemaTransform(input)
      const id = (input.schema as { operationId?: string } | undefined)?.operationId
      if (!id || !(id in contracts)) return out
      const contract = contracts[id as keyof typeof contracts] as (typeof contracts)['accounts.me']
      const schema = out.schema as {
        response?: Record<string, unknown>
        security?: unknown
        description?: string
      }
      const codes = (contract as { problems?: readonly string[] }).problems ?? []
      schema.response = {
        ...schema.response,
        default: {
          description: `Problem${codes.length > 0 ? `: ${codes.join(', ')}` : ''}`,
          content: problemContent,
        },
      }
      schema.security = contract.access === ('public' as string) ? [] : [{ session: [] }]
      schema.description = `Access: \`${contract.access}\``
      return out
    },
  })
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: false,
    uiConfig: { docExpansion: 'none', filter: true },
    theme: { title: 'Huming API', favicon: [{ ...mark, filename: 'mark.svg', rel: 'icon', sizes: 'any' }] },
    logo: { ...mark, href: '/' },
  })
  app.get('/api/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').serializer(JSON.stringify).send(app.swagger()),
  )
}

/** Our sign in the place of the page maker's. */
const mark = {
  type: 'image/svg+xml',
  content: `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" viewBox="0 0 40 40">
<rect width="40" height="40" rx="9" fill="#2f6b3f"/>
<text x="20" y="28" text-anchor="middle" fill="#fff" font-family="sans-serif" font-size="22">沪</text></svg>`,
}

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }

const problemSchema = {
  type: 'object' as const,
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' as const },
    title: { type: 'string' as const },
    status: { type: 'integer' as const },
    code: { type: 'string' as const, enum: Object.keys(problems) },
    detail: {
      type: 'string' as const,
      description: 'A sentence in the reader’s language that says what to do',
    },
    pointers: {
      type: 'array' as const,
      items: {
        type: 'object' as const,
        properties: { pointer: { type: 'string' as const }, reason: { type: 'string' as const } },
      },
    },
  },
}

const intro = `Money is integer fen; unit prices are 1/100 fen per pricing unit; quantities are integers of the base unit (g, ml, piece).
Ids are UUIDv7 made by the caller: a repeat of the same request gives the same answer, the same id with another body is refused (409 id_reused).
Every refusal is application/problem+json with a public code.`
