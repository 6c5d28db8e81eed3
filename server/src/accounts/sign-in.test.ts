import { makeBuyer, makeOrg, makePerson } from '@huming/db/factories'
import { hashPassword } from '@huming/db/password'
import { organisations, people } from '@huming/db/schema/accounts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'

let t: TestApp
let hash: string
beforeAll(async () => {
  t = await testApp()
  hash = await hashPassword('right-horse-8')
})
afterAll(() => t.close())

async function buyerPerson() {
  const org = await makeBuyer(t.db)
  return { org, person: await makePerson(t.db, org.id, ['purchaser'], { passwordHash: hash }) }
}
const cookieOf = (headers: Record<string, unknown>) => String(headers['set-cookie']).split(';')[0] as string

test('a wrong password and an unknown phone get the same refusal', async () => {
  const { person } = await buyerPerson()
  const wrong = await t.call('accounts.signIn', { body: { phone: person.phone, password: 'wrong' } })
  const unknown = await t.call('accounts.signIn', { body: { phone: '19900000000', password: 'wrong' } })
  expect([wrong.status, wrong.problem.code]).toEqual([401, 'wrong_credentials'])
  expect([unknown.status, unknown.problem.code]).toEqual([401, 'wrong_credentials'])
  expect(wrong.problem.detail).toBe('手机号或密码不正确。')
})

test('the sixth failure within five minutes waits, even with the right password', async () => {
  const { person } = await buyerPerson()
  for (let i = 0; i < 5; i++)
    await t.call('accounts.signIn', { body: { phone: person.phone, password: 'wrong' } })
  const sixth = await t.call('accounts.signIn', { body: { phone: person.phone, password: 'right-horse-8' } })
  expect([sixth.status, sixth.problem.code]).toEqual([429, 'too_many_requests'])
  expect(sixth.headers['retry-after']).toBe('300')
})

test('a disabled person and a suspended organisation cannot enter', async () => {
  const a = await buyerPerson()
  await t.db.update(people).set({ disabledAt: new Date() }).where(eq(people.id, a.person.id))
  expect(
    (await t.call('accounts.signIn', { body: { phone: a.person.phone, password: 'right-horse-8' } })).problem
      .code,
  ).toBe('account_disabled')
  const b = await buyerPerson()
  await t.db.update(organisations).set({ suspendedAt: new Date() }).where(eq(organisations.id, b.org.id))
  expect(
    (await t.call('accounts.signIn', { body: { phone: b.person.phone, password: 'right-horse-8' } })).problem
      .code,
  ).toBe('organisation_suspended')
})

test('a right password opens a session; sign-out ends it at once', async () => {
  const { org, person } = await buyerPerson()
  const entered = await t.call('accounts.signIn', {
    body: { phone: person.phone, password: 'right-horse-8' },
  })
  expect(entered.status).toBe(200)
  expect(entered.body.org.id).toBe(org.id)
  expect(entered.body.roles).toEqual(['purchaser'])
  expect(String(entered.headers['set-cookie'])).toMatch(/HttpOnly.*SameSite=Lax|SameSite=Lax.*HttpOnly/)
  const who = { cookie: cookieOf(entered.headers), personId: person.id, orgId: org.id }
  expect((await t.call('accounts.me', {}, who)).status).toBe(200)
  await t.call('accounts.signOut', {}, who)
  const after = await t.call('accounts.me', {}, who)
  expect([after.status, after.problem.code]).toEqual([401, 'session_expired'])
})

test('sign-out everywhere ends every device', async () => {
  const { person } = await buyerPerson()
  const enter = () => t.call('accounts.signIn', { body: { phone: person.phone, password: 'right-horse-8' } })
  const [one, two] = [await enter(), await enter()]
  const who = (a: typeof one) => ({ cookie: cookieOf(a.headers), personId: person.id, orgId: a.body.org.id })
  expect((await t.call('accounts.signOutEverywhere', {}, who(one))).body.ended).toBe(2)
  expect((await t.call('accounts.me', {}, who(two))).status).toBe(401)
})

test('a person of two organisations can switch, not to a third', async () => {
  const { org, person } = await buyerPerson()
  const other = await makeOrg(t.db, 'coop')
  const third = await makeOrg(t.db, 'coop')
  await t.sql`insert into memberships (person_id, org_id, role) values (${person.id}, ${other.id}, 'lister')`
  const entered = await t.call('accounts.signIn', {
    body: { phone: person.phone, password: 'right-horse-8', orgId: org.id },
  })
  const who = { cookie: cookieOf(entered.headers), personId: person.id, orgId: org.id }
  expect((await t.call('accounts.switchOrg', { body: { orgId: third.id } }, who)).problem.code).toBe(
    'not_found',
  )
  const switched = await t.call('accounts.switchOrg', { body: { orgId: other.id } }, who)
  expect([switched.status, switched.body.org.id, switched.body.roles]).toEqual([200, other.id, ['lister']])
})

test('an expired session, no session and a foreign site are told apart', async () => {
  const { org } = await buyerPerson()
  const old = await t.guest(org, ['purchaser'], new Date(Date.now() - 40 * 86_400_000))
  expect((await t.call('accounts.me', {}, old)).problem.code).toBe('session_expired')
  expect((await t.call('accounts.me', {})).problem.code).toBe('unauthenticated')
  const now = await t.guest(org, ['purchaser'])
  const foreign = await t.call('accounts.signOut', {}, now, {
    headers: { origin: 'https://elsewhere.example' },
  })
  expect([foreign.status, foreign.problem.code]).toEqual([403, 'cross_site'])
})

test('bad shapes are refused with pointers, in the asked language', async () => {
  const bad = await t.call('accounts.signIn', { body: { phone: '123', password: '' } }, undefined, {
    headers: { 'accept-language': 'en-GB' },
  })
  expect([bad.status, bad.problem.code]).toEqual([422, 'bad_input'])
  expect(bad.problem.pointers?.map((p) => p.pointer).sort()).toEqual(['/body/password', '/body/phone'])
  expect(bad.problem.detail).toContain('Check the marked fields')
  const broken = await t.app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'content-type': 'application/json' },
    payload: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
  })
  expect([broken.statusCode, broken.json().code]).toEqual([400, 'bad_json'])
  const huge = await t.app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'content-type': 'application/json' },
    payload: `"${'x'.repeat(300_000)}"`,
  })
  expect([huge.statusCode, huge.json().code]).toEqual([413, 'body_too_large'])
})
