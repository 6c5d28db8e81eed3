import { makeHub } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cookieName } from '../accounts/sessions.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { picture, road } from './test-road.ts'
import type { TextMessage } from './text-messages.ts'

let t: TestApp
const sent: TextMessage[] = []
beforeAll(async () => {
  t = await testApp({ texts: { send: async (message) => void sent.push(message) } })
})
afterAll(() => t.close())

type Road = Awaited<ReturnType<typeof road>>
const make = (r: Road, who: Guest = r.dispatcher, id = newId()) =>
  t.call('driverLinks.make', { params: { id }, body: { runId: r.runId } }, who)
const tokenOf = (url: string) => url.split('#')[1] as string
const ask = (token: string) => t.call('driverLinks.askCode', { body: { token } })
const open = (token: string, code: string) => t.call('driverLinks.open', { body: { token, code } })
const phoneOf = (r: Road, cookie: string): Guest => ({ ...r.driver, cookie })
const cookieOf = (headers: Record<string, unknown>): string =>
  /sid=[^;]+/.exec(String(headers['set-cookie']))?.[0] ?? ''

/** A phone that has opened the run by its link. */
async function opened(r: Road) {
  const { body: link } = await make(r)
  const token = tokenOf(link.url)
  const code = (await ask(token)).body.sampleCode as string
  const answer = await open(token, code)
  return { link, token, phone: phoneOf(r, cookieOf(answer.headers)), answer }
}

test('only the run’s dispatcher makes, sends, sees and ends its link', async () => {
  const r = await road(t)
  const elsewhere = await makeHub(t.db)
  const stranger = await t.guest({ id: elsewhere.orgId, kind: 'warehouse' }, ['dispatcher'])
  expect((await make(r, r.driver)).problem.code).toBe('forbidden')
  expect((await make(r, stranger)).problem.code).toBe('not_found')
  const { id } = (await make(r)).body
  for (const act of ['driverLinks.send', 'driverLinks.revoke'] as const)
    expect((await t.call(act, { params: { id } }, stranger)).problem.code).toBe('not_found')
  const list = await t.call('driverLinks.list', { params: { id: r.runId } }, stranger)
  expect(list.problem.code).toBe('not_found')
  const other = await road(t)
  expect((await make(other, other.dispatcher, id)).problem.code).toBe('id_reused')
})

test('a link tells nothing, is kept as a hash only, and holds till the shift’s end and twelve hours', async () => {
  const r = await road(t)
  const { body } = await make(r)
  const token = tokenOf(body.url)
  expect(Buffer.from(token, 'base64url')).toHaveLength(16)
  expect(body.qr).toContain('<svg')
  const [row] =
    await t.sql`select l::text as row, l.expires_at as ends, v.shift_to as to, r.day from driver_links l
    join runs r on r.id = l.run_id join vehicles v on v.id = r.vehicle_id where l.id = ${body.id}`
  expect(row?.['row']).not.toContain(token)
  expect(body.url.replace(token, '')).toMatch(/^https?:\/\/[^/]+\/d#$/)
  const ends = new Date(`${row?.['day']}T00:00:00+08:00`).getTime() + (Number(row?.['to']) + 720) * 60_000
  expect(row?.['ends']).toEqual(new Date(ends))
  const page = await t.app.inject({ url: '/api/health' })
  expect(page.headers['referrer-policy']).toBe('no-referrer')
})

test('a wrong, used or old code opens nothing; five tries, then a new one', async () => {
  const r = await road(t)
  const token = tokenOf((await make(r)).body.url)
  expect((await ask('A'.repeat(22))).problem.code).toBe('link_over')
  expect((await open(token, '000000')).problem.code).toBe('link_code_over')
  const asked = await ask(token)
  const right = asked.body.sampleCode as string
  const wrong = right === '111111' ? '222222' : '111111'
  for (const left of [4, 3, 2, 1, 0]) {
    const { problem } = await open(token, wrong)
    expect([problem.code, problem['params']]).toEqual(['link_code_wrong', { left }])
  }
  expect((await open(token, right)).problem.code).toBe('link_code_over')
  const again = (await ask(token)).body.sampleCode as string
  await t.sql`update driver_link_codes set expires_at = now() - interval '1 second' where used_at is null`
  expect((await open(token, again)).problem.code).toBe('link_code_over')
  const third = (await ask(token)).body.sampleCode as string
  expect((await open(token, third)).status).toBe(200)
  expect((await open(token, third)).problem.code).toBe('link_code_over')
})

test('tries made at the same moment are counted one by one', async () => {
  const token = tokenOf((await make(await road(t))).body.url)
  const right = (await ask(token)).body.sampleCode as string
  const wrong = right === '111111' ? '222222' : '111111'
  const answers = await Promise.all(Array.from({ length: 12 }, () => open(token, wrong)))
  const codes = answers.map((answer) => answer.problem.code)
  expect(codes.filter((code) => code === 'link_code_wrong')).toHaveLength(5)
  expect((await open(token, right)).problem.code).toBe('link_code_over')
})

test('the code goes to the driver’s phone only, and not too often', async () => {
  const r = await road(t)
  const [driver] = await t.sql<{ phone: string }[]>`select phone from people where id = ${r.driver.personId}`
  const token = tokenOf((await make(r)).body.url)
  sent.length = 0
  const { body } = await ask(token)
  expect(sent).toHaveLength(1)
  expect(sent[0]).toMatchObject({ phone: driver?.phone, purpose: 'driver_code' })
  expect(sent[0]?.text).toContain(body.sampleCode)
  expect(body.phone).toBe(`${driver?.phone.slice(0, 3)}****${driver?.phone.slice(-4)}`)
  for (let i = 1; i < 20; i++) await ask(token)
  expect((await ask(token)).problem.code).toBe('too_many_requests')
})

test('the session drives this run and nothing else', async () => {
  const r = await road(t)
  const { phone } = await opened(r)
  expect((await t.call('delivery.readRun', { params: { id: r.runId } }, phone)).status).toBe(200)
  expect((await t.call('accounts.me', {}, phone)).body.roles).toEqual(['driver'])
  // A second run of the same driver.
  const other = await road(t)
  await t.sql`update runs set driver_person_id = ${r.driver.personId} where id = ${other.runId}`
  const mine = await t.call('delivery.myRuns', {}, r.driver)
  expect(mine.body.items.map((run) => run.id).toSorted()).toEqual([r.runId, other.runId].toSorted())
  const linked = await t.call('delivery.myRuns', {}, phone)
  expect(linked.body.items.map((run) => run.id)).toEqual([r.runId])
  expect((await t.call('delivery.readRun', { params: { id: other.runId } }, phone)).problem.code).toBe(
    'not_found',
  )
  const [stop] = await t.sql<{ id: string }[]>`select id from stops where run_id = ${other.runId}`
  const arrival = await t.call('delivery.arrive', { params: { id: stop?.id as string }, body: {} }, phone)
  expect(arrival.problem.code).toBe('not_found')
  for (const id of ['accounts.signOutEverywhere', 'accounts.listNotices'] as const)
    expect((await t.call(id, {}, phone)).problem.code).toBe('forbidden')
  const move = await t.call('accounts.switchOrg', { body: { orgId: phone.orgId } }, phone)
  expect(move.problem.code).toBe('forbidden')
  const org = await t.call('accounts.readOrganisation', { params: { id: phone.orgId } }, phone)
  expect(org.problem.code).toBe('forbidden')
})

test('a whole stop by link: arrive, sign, hand over', async () => {
  const r = await road(t)
  const { phone } = await opened(r)
  const [stop] = (await t.call('delivery.readRun', { params: { id: r.runId } }, phone)).body.stops
  const params = { id: stop?.id as string }
  await t.call('delivery.arrive', { params, body: {} }, phone)
  const lines = (stop?.goods ?? []).flatMap((order) =>
    order.lines.map(({ orderLineId, lotId, quantity }) => ({ orderLineId, lotId, delivered: quantity })),
  )
  const signatureFileId = await picture(t, phone)
  const body = { lines, receiverName: '示例', signatureFileId }
  const done = await t.call('delivery.deliver', { params, body }, phone)
  expect([done.status, done.body.stop?.status]).toEqual([200, 'delivered'])
})

test('a second phone ends the first; ending the link, making it anew, sending it or another driver ends it', async () => {
  const r = await road(t)
  const alive = async (phone: Guest) =>
    (await t.call('delivery.readRun', { params: { id: r.runId } }, phone)).problem.code ?? 'yes'
  const first = await opened(r)
  const code = (await ask(first.token)).body.sampleCode as string
  const second = phoneOf(r, cookieOf((await open(first.token, code)).headers))
  expect([await alive(first.phone), await alive(second)]).toEqual(['session_expired', 'yes'])
  const params = { id: first.link.id }
  const revoked = await t.call('driverLinks.revoke', { params }, r.dispatcher)
  const again = await t.call('driverLinks.revoke', { params }, r.dispatcher)
  expect(again.body).toEqual(revoked.body)
  expect(await alive(second)).toBe('session_expired')
  expect((await ask(first.token)).problem.code).toBe('link_over')
  expect((await t.call('driverLinks.send', { params }, r.dispatcher)).problem.code).toBe('link_over')
  const third = await opened(r)
  const fourth = await opened(r)
  expect([await alive(third.phone), await alive(fourth.phone)]).toEqual(['session_expired', 'yes'])
  sent.length = 0
  const told = await t.call('driverLinks.send', { params: { id: fourth.link.id } }, r.dispatcher)
  expect(told.status).toBe(200)
  const fresh = /#([\w-]{22})/.exec(sent[0]?.text ?? '')?.[1] as string
  expect((await ask(fourth.token)).problem.code).toBe('link_over')
  expect((await ask(fresh)).status).toBe(200)
  const substitute = await t.guest(r.carrier, ['driver'])
  await t.sql`update runs set driver_person_id = ${substitute.personId} where id = ${r.runId}`
  expect((await ask(fresh)).problem.code).toBe('link_over')
})

test('when its time is over, link and session are', async () => {
  const r = await road(t)
  const { phone, link, token } = await opened(r)
  await t.sql`update driver_links set expires_at = now() - interval '1 second' where id = ${link.id}`
  expect((await t.call('accounts.me', {}, phone)).problem.code).toBe('session_expired')
  expect((await ask(token)).problem.code).toBe('link_over')
  expect(cookieName).toBe('sid')
})

test('a run without driver, or over, has no link', async () => {
  const r = await road(t)
  await t.sql`update runs set driver_person_id = null where id = ${r.runId}`
  expect((await make(r)).problem.code).toBe('wrong_state')
  await t.sql`update runs set driver_person_id = ${r.driver.personId}, status = 'finished' where id = ${r.runId}`
  expect((await make(r)).problem.code).toBe('wrong_state')
})

test('outside sample mode nobody is told a code', async () => {
  const { askCode } = await import('./open-link.ts')
  const token = tokenOf((await make(await road(t))).body.url)
  const told: TextMessage[] = []
  const texts = { send: async (message: TextMessage) => void told.push(message) }
  const answer = await askCode(t.system(), { token }, { texts, sample: false })
  expect(answer.sampleCode).toBeNull()
  expect(told).toHaveLength(1)
  const { logSender } = await import('./text-messages.ts')
  const logged: unknown[] = []
  await logSender({ info: (...line: unknown[]) => void logged.push(line) }).send(told[0] as TextMessage)
  expect(JSON.stringify(logged)).not.toMatch(/\d{6}/)
})
