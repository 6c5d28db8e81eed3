import { makeBuyer, makeHub, makeOrg, makePerson } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'

let t: TestApp
let admin: Guest
beforeAll(async () => {
  t = await testApp()
  admin = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
})
afterAll(() => t.close())

const orgBody = (over: object = {}) => ({
  kind: 'buyer' as const,
  name: '示例小吃店',
  shortName: '小吃店',
  buyerClass: 'snack_shop',
  divisionCode: '310109',
  creditLimitFen: 500_000,
  ...over,
})
const siteBody = (orgId: string, hubId: string, over: object = {}) => ({
  orgId,
  hubId,
  name: '示例门店',
  districtCode: '310109',
  address: '示例路8号',
  lngE6: 121_500_000,
  latE6: 31_260_000,
  contactName: '示例店长',
  contactPhone: '19912345678',
  deliveryWeekdays: [5, 1, 3, 1],
  windowFrom: 60,
  windowTo: 390,
  ...over,
})

test('only operations register organisations; a buyer sees only its own', async () => {
  const buyer = await makeBuyer(t.db)
  const purchaser = await t.guest(buyer, ['purchaser'])
  expect(
    (await t.call('accounts.writeOrganisation', { params: { id: newId() }, body: orgBody() }, purchaser))
      .problem.code,
  ).toBe('forbidden')
  expect((await t.call('accounts.listOrganisations', {}, purchaser)).problem.code).toBe('forbidden')
  const other = await makeBuyer(t.db)
  expect(
    (await t.call('accounts.readOrganisation', { params: { id: other.id } }, purchaser)).problem.code,
  ).toBe('not_found')
  expect((await t.call('accounts.readOrganisation', { params: { id: buyer.id } }, purchaser)).body.name).toBe(
    buyer.name,
  )
})

test('a wrong credit code, a buyer without class and a changed kind are refused; nothing is written', async () => {
  const id = newId()
  const put = (body: ReturnType<typeof orgBody>) =>
    t.call('accounts.writeOrganisation', { params: { id }, body }, admin)
  expect((await put(orgBody({ uscc: '91310114MA9000070X' }))).problem.pointers).toEqual([
    { pointer: '/body/uscc', reason: 'check_digit' },
  ])
  expect((await put(orgBody({ buyerClass: null }))).problem.pointers?.[0]?.pointer).toBe('/body/buyerClass')
  expect((await t.call('accounts.readOrganisation', { params: { id } }, admin)).status).toBe(404)
  expect(
    (await put(orgBody({ uscc: '91310114MA9000070C', name: '<script>alert(1)</script>' }))).body.name,
  ).toBe('<script>alert(1)</script>')
  expect((await put(orgBody({ kind: 'coop', buyerClass: null }))).problem.code).toBe('id_reused')
})

test('a repeat of the registration changes nothing and keeps the credit line', async () => {
  const id = newId()
  for (let i = 0; i < 2; i++)
    await t.call('accounts.writeOrganisation', { params: { id }, body: orgBody() }, admin)
  await t.call('accounts.writeOrganisation', { params: { id: newId() }, body: orgBody() }, admin)
  const rows = await t.sql`select credit_limit_fen from ledger_accounts where org_id = ${id}`
  expect(rows.map((r) => r['credit_limit_fen'])).toEqual([500_000])
  const list = await t.call('accounts.listOrganisations', { query: { search: '小吃店', limit: 1 } }, admin)
  expect(list.body.items.length).toBe(1)
  expect(list.body.nextCursor).not.toBeNull()
})

test('sites: window order, unknown hub, somebody else’s site; weekdays are sorted and once each', async () => {
  const hub = await makeHub(t.db)
  const mine = await makeBuyer(t.db)
  const theirs = await makeBuyer(t.db)
  const who = await t.guest(mine, ['purchaser'])
  const id = newId()
  const put = (body: ReturnType<typeof siteBody>, as = who) =>
    t.call('accounts.writeSite', { params: { id }, body }, as)
  expect((await put(siteBody(mine.id, hub.id, { windowTo: 30 }))).problem.code).toBe('bad_input')
  expect((await put(siteBody(mine.id, newId()))).problem.code).toBe('not_found')
  expect((await put(siteBody(theirs.id, hub.id))).problem.code).toBe('not_found')
  expect((await put(siteBody(mine.id, hub.id))).body.deliveryWeekdays).toEqual([1, 3, 5])
  const stranger = await t.guest(theirs, ['purchaser'])
  expect((await put(siteBody(theirs.id, hub.id), stranger)).problem.code).toBe('not_found')
})

test('people: roles fit the kind, phones are unique, taking the roles away ends the session', async () => {
  const buyer = await makeBuyer(t.db)
  const approver = await t.guest(buyer, ['approver'])
  const id = newId()
  const body = {
    orgId: buyer.id,
    phone: '19911112222',
    name: '示例采购',
    password: 'long-enough-1',
    roles: ['purchaser' as const],
  }
  const put = (over: object, as = approver, personId = id) =>
    t.call('accounts.writePerson', { params: { id: personId }, body: { ...body, ...over } }, as)
  expect((await put({ roles: ['admin'] })).problem.pointers?.[0]?.pointer).toBe('/body/roles')
  expect((await put({ password: undefined })).problem.pointers?.[0]?.pointer).toBe('/body/password')
  expect((await put({})).body.roles).toEqual(['purchaser'])
  expect((await put({}, approver, newId())).problem.code).toBe('phone_taken')
  const entered = await t.call('accounts.signIn', { body: { phone: body.phone, password: body.password } })
  const who = {
    cookie: String(entered.headers['set-cookie']).split(';')[0] as string,
    personId: id,
    orgId: buyer.id,
  }
  expect((await t.call('accounts.me', {}, who)).status).toBe(200)
  await put({ roles: [] })
  expect((await t.call('accounts.me', {}, who)).problem.code).toBe('session_expired')
})

test('an approver cannot change a stranger by guessing the id', async () => {
  const mine = await makeBuyer(t.db)
  const approver = await t.guest(mine, ['approver'])
  const victim = await makePerson(t.db, (await makeBuyer(t.db)).id, ['purchaser'])
  const body = {
    orgId: mine.id,
    phone: '19933334444',
    name: '改名',
    password: 'taken-over-1',
    roles: ['purchaser' as const],
  }
  expect(
    (await t.call('accounts.writePerson', { params: { id: victim.id }, body }, approver)).problem.code,
  ).toBe('not_found')
  const [row] = await t.sql`select phone, password_hash from people where id = ${victim.id}`
  expect([row?.['phone'], row?.['password_hash']]).toEqual([victim.phone, 'none'])
})
