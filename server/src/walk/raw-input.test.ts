import { newId } from '@huming/shared/ids'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bodyBytesMax } from '../app.ts'
import type { Guest, TestApp } from '../test-app.ts'
import { dataSum, expectProblem, type Loose } from './ask.fixture.ts'
import { examples } from './examples.fixture.ts'
import { type Side, walkedWorld, worldMs } from './world.fixture.ts'

let t: TestApp
let ours: Side
let who: Guest
let before: Awaited<ReturnType<typeof dataSum>>
beforeAll(async () => {
  ;({ t, ours } = await walkedWorld())
  who = ours.guests.purchaser
  before = await dataSum(t)
}, worldMs)
afterAll(() => t.close())

/** Sends what no browser of ours sends, and tells status and code; whatever it is, nothing may change. */
async function send(request: InjectOptions): Promise<[status: number, code: unknown]> {
  const answer = await t.app.inject(request)
  expectProblem(answer.headers['content-type'], answer.statusCode, answer.json())
  expect(answer.headers['set-cookie']).toBeUndefined()
  expect(await dataSum(t)).toEqual(before)
  return [answer.statusCode, answer.json().code]
}

const order = () => (examples['orders.place'].input(ours, 'purchaser') as Loose).body as object
const put = (payload: InjectOptions['payload'], headers: Record<string, string> = {}): InjectOptions => ({
  method: 'PUT',
  url: `/api/orders/${ours.orders.open.id}`,
  headers: { cookie: who.cookie, 'content-type': 'application/json', ...headers },
  ...(payload === undefined ? {} : { payload }),
})
/** The order as JSON text with the note replaced by this raw JSON. */
const withNote = (json: string): string => JSON.stringify({ ...order(), note: '§' }).replace('"§"', json)

test.each<[what: string, body: () => InjectOptions['payload'], status: number, code: string]>([
  [
    'an oversized body',
    () => JSON.stringify({ ...order(), pad: 'x'.repeat(bodyBytesMax) }),
    413,
    'body_too_large',
  ],
  ['a body cut off', () => JSON.stringify(order()).slice(0, -20), 400, 'bad_json'],
  ['two bodies', () => `${JSON.stringify(order())}${JSON.stringify(order())}`, 400, 'bad_json'],
  ['no JSON at all', () => '<order/>', 400, 'bad_json'],
  ['NaN', () => withNote('NaN'), 400, 'bad_json'],
  [
    'broken UTF-8',
    () => Buffer.concat([Buffer.from('{"note":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
    400,
    'bad_json',
  ],
  ['UTF-16', () => Buffer.from(JSON.stringify(order()), 'utf16le'), 400, 'bad_json'],
  [
    'nesting a hundred thousand deep',
    () => withNote('['.repeat(100_000) + ']'.repeat(100_000)),
    422,
    'bad_input',
  ],
  ['a __proto__ key', () => withNote('"","__proto__":{"isAdmin":true}'), 400, 'bad_json'],
  ['a constructor key', () => withNote('"","constructor":{"prototype":{"isAdmin":true}}'), 400, 'bad_json'],
  ['a list', () => '[]', 422, 'bad_input'],
  ['a bare null', () => 'null', 422, 'bad_input'],
  ['nothing', () => undefined, 422, 'bad_input'],
  ['a huge number', () => withNote('"","version":1e999'), 422, 'bad_input'],
  ['a lone surrogate', () => withNote('"\\ud800"'), 422, 'bad_input'],
])('%s in place of an order is refused', async (_what, body, status, code) => {
  expect(await send(put(body()))).toEqual([status, code])
})

test('the same order in good shape is taken, and prototypes are as they were', async () => {
  const answer = await t.app.inject(put(JSON.stringify(order())))
  expect([answer.statusCode, 'isAdmin' in {}]).toEqual([200, false])
  before = await dataSum(t)
})

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'nonsense',
])('a body of the type %s is refused', async (type) => {
  expect(await send(put(JSON.stringify(order()), { 'content-type': type }))).toEqual([
    415,
    'unsupported_media',
  ])
})

test('a picture where JSON belongs, and JSON where a picture belongs', async () => {
  expect(await send(put(Buffer.from('x'), { 'content-type': 'image/png' }))).toEqual([422, 'bad_input'])
  const file = { method: 'PUT' as const, url: `/api/files/${newId()}`, payload: { a: 1 } }
  expect(await send({ ...file, headers: { cookie: ours.guests.lister.cookie } })).toEqual([
    415,
    'unsupported_media',
  ])
})

test.each([
  ['another origin', { origin: 'https://elsewhere.example' }],
  ['the origin null', { origin: 'null' }],
  ['an origin that is none', { origin: 'http://[' }],
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['a sister site', { 'sec-fetch-site': 'same-site' }],
])('a write from %s is refused', async (_what, headers) => {
  expect(await send(put(JSON.stringify(order()), headers as Record<string, string>))).toEqual([
    403,
    'cross_site',
  ])
})

const token = 'A'.repeat(43)
test.each<[what: string, cookie: string, code: string]>([
  ['no cookie', '', 'unauthenticated'],
  ['another cookie', 'theme=dark', 'unauthenticated'],
  ['a token of nobody', `sid=${token}`, 'session_expired'],
  ['an empty token', 'sid=', 'session_expired'],
  ['a broken escape', 'sid=%zz', 'session_expired'],
  ['NUL', 'sid=%00', 'session_expired'],
  ['SQL', "sid=' or 1=1 --", 'session_expired'],
  ['ten thousand letters', `sid=${'A'.repeat(10_000)}`, 'session_expired'],
  ['a prototype', '__proto__=1; constructor=2', 'unauthenticated'],
  ['no equals sign', 'sid', 'unauthenticated'],
])('%s for a session opens nothing', async (_what, cookie, code) => {
  const headers = cookie ? { cookie } : {}
  expect(await send({ url: '/api/session', headers })).toEqual([401, code])
})

test('a session that has ended is told from none, and of two cookies the first counts', async () => {
  const late = await t.guest(ours.orgs.buyer, ['purchaser'], new Date('2020-01-01T00:00:00Z'))
  before = await dataSum(t)
  expect(await send({ url: '/api/orders', headers: { cookie: late.cookie } })).toEqual([
    401,
    'session_expired',
  ])
  const both = `${late.cookie}; ${who.cookie}`
  expect(await send({ url: '/api/orders', headers: { cookie: both } })).toEqual([401, 'session_expired'])
})

test.each<[method: InjectOptions['method'], url: string]>([
  ['GET', '/api/nothing'],
  ['GET', '/api/orders/%zz'],
  ['GET', `/api/orders/${'x'.repeat(500)}`],
  ['GET', '/api/../../etc/passwd'],
  ['GET', '/api//orders'],
  ['PATCH', '/api/orders'],
  ['DELETE', '/api/orders'],
  ['PUT', '/api/health'],
])('%s %s leads nowhere', async (method, url) => {
  expect(await send({ method, url, headers: { cookie: who.cookie } })).toEqual([404, 'route_not_found'])
})

test('line breaks and nonsense in headers come back nowhere', async () => {
  const answer = await t.app.inject({
    url: '/api/orders/1',
    headers: {
      cookie: who.cookie,
      'accept-language': 'en\u0000;q=%zz,<script>',
      'user-agent': '<script>alert(1)</script>',
      'x-forwarded-for': "' or 1=1 --",
      'x-request-id': 'mine',
    },
  })
  expect([answer.statusCode, answer.json().code]).toEqual([422, 'bad_input'])
  expect(answer.body + JSON.stringify(answer.headers)).not.toMatch(/script>|mine|1=1/)
})

test('markup, SQL and formulas in names are kept and told as the text they are', async () => {
  const { admin } = ours.guests
  const orgId = ours.orgs.buyer.id
  const body = (id: 'accounts.writeSite' | 'accounts.writePerson') =>
    (examples[id].input(ours, 'admin') as { body: object }).body
  for (const name of [
    '<script>alert(1)</script>',
    "Robert'); drop table people; --",
    '=HYPERLINK("http://x")',
    '{{constructor.constructor("x")()}}',
    '👨‍👩‍👧 𠮷野家 \u202e',
  ]) {
    const params = { id: ours.annex.id }
    const site = { ...body('accounts.writeSite'), name } as never
    expect((await t.call('accounts.writeSite', { params, body: site }, admin)).body.name).toBe(name)
    const colleague = { ...body('accounts.writePerson'), name } as never
    await t.call('accounts.writePerson', { params: { id: ours.colleague.id }, body: colleague }, admin)
    const read = await t.call('accounts.readOrganisation', { params: { id: orgId } }, admin)
    expect(read.body.sites.map((one) => one.name)).toContain(name)
    expect(read.body.people.map((one) => one.name)).toContain(name)
    expect(read.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff',
    })
  }
})
