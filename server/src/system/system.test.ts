import { makeBuyer, makeOrg, makeSupplier } from '@huming/db/factories'
import { contracts } from '@huming/shared/contracts/all'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emit } from '../kernel/emit.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type TestApp, testApp } from '../test-app.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from('rest')])
const upload = (id: string, bytes: Buffer, cookie: string, visibility = 'own') =>
  t.app.inject({
    method: 'PUT',
    url: `/api/files/${id}?visibility=${visibility}`,
    headers: { 'content-type': 'image/png', cookie },
    payload: bytes,
  })

test('health tells the database and that no worker has shown up', async () => {
  const { body } = await t.call('system.health', {})
  expect([body.database, body.queue, body.ok, body.sample]).toEqual(['ok', 'down', false, true])
  await t.sql`insert into queue_states (queue, backend, counts, failed, at) values ('events', 'postgres', '{}', '[]', now())`
  expect((await t.call('system.health', {})).body.ok).toBe(true)
})

test('every contract is in the OpenAPI document, with its problems', async () => {
  const doc = (await t.app.inject({ url: '/api/openapi.json' })).json()
  expect(doc.openapi).toBe('3.1.0')
  const ids = Object.values(doc.paths as Record<string, Record<string, { operationId: string }>>).flatMap(
    (p) => Object.values(p).map((o) => o.operationId),
  )
  expect(Object.keys(contracts).filter((id) => !ids.includes(id))).toEqual([])
  const page = (await t.app.inject({ url: '/api/docs/' })).body
  expect(page).toContain('<title>Huming API</title>')
  expect(page).not.toContain('favicon-32x32')
  const script = (await t.app.inject({ url: '/api/docs/static/swagger-initializer.js' })).body
  expect(script).toContain('Replace the logo')
})

test('a file that is no picture, a reused id and a stranger’s eyes are refused', async () => {
  const coop = await makeSupplier(t.db)
  const lister = await t.guest(coop, ['lister'])
  const id = newId()
  expect((await upload(id, Buffer.from('<script>'), lister.cookie)).json().code).toBe('unsupported_media')
  expect((await upload(id, Buffer.alloc(6 * 1024 * 1024), lister.cookie)).json().code).toBe('body_too_large')
  expect((await upload(id, png, lister.cookie)).json().url).toBe(`/api/files/${id}`)
  expect((await upload(id, png, lister.cookie)).statusCode).toBe(200)
  expect((await upload(id, Buffer.concat([png, png]), lister.cookie)).json().code).toBe('id_reused')
  const stranger = await t.guest(await makeBuyer(t.db), ['purchaser'])
  const get = (cookie: string, fileId: string) =>
    t.app.inject({ url: `/api/files/${fileId}`, headers: { cookie } })
  expect((await get(stranger.cookie, id)).json().code).toBe('not_found')
  expect((await get(lister.cookie, id)).rawPayload.equals(png)).toBe(true)
  const shown = newId()
  await upload(shown, png, lister.cookie, 'public')
  expect((await get(stranger.cookie, shown)).headers['content-type']).toBe('image/png')
})

test('live tells a reader of its own events and not of others’', async () => {
  await t.app.listen({ port: 0, host: '127.0.0.1' })
  const mine = await makeBuyer(t.db)
  const other = await makeBuyer(t.db)
  const who = await t.guest(mine, ['purchaser'])
  const { port } = t.app.server.address() as { port: number }
  const stream = await fetch(`http://127.0.0.1:${port}/api/live`, { headers: { cookie: who.cookie } })
  const reader = (stream.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader()
  const ctx = t.system()
  let text = (await reader.read()).value ?? ''
  // The listener may still be connecting: news is repeated until it is heard.
  const hear = (async () => {
    while (!text.includes('mine.happened')) text += (await reader.read()).value ?? ''
  })()
  const tell = setInterval(() => {
    void inTransaction(ctx, async (tx) => {
      await emit(tx, ctx, { type: 'theirs.happened', subjectId: newId(), orgId: other.id })
      await emit(tx, ctx, { type: 'mine.happened', subjectId: newId(), orgId: mine.id })
    })
  }, 50)
  await hear
  clearInterval(tell)
  expect(text).toContain('event: hello')
  expect(text).not.toContain('theirs.happened')
  await reader.cancel()
})

test('live is for signed-in people; an operations centre hears of all', async () => {
  expect((await t.call('system.live', {})).problem.code).toBe('unauthenticated')
  const { concerns } = await import('./live.ts')
  const admin = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
  const actor = {
    kind: 'person' as const,
    personId: admin.personId,
    orgId: admin.orgId,
    orgKind: 'operations' as const,
    roles: ['admin' as const],
    principalIds: [],
    hubIds: [],
    sessionId: '',
  }
  expect(concerns({ actor }, { type: 'x', orgId: newId(), hubId: null, actorOrgId: null })).toBe(true)
  expect(
    concerns({ actor: { kind: 'guest' } }, { type: 'x', orgId: null, hubId: null, actorOrgId: null }),
  ).toBe(false)
})
