import { makeHub, makeOrg, makePerson, makeSku, makeSupplier } from '@huming/db/factories'
import { makeVehicle } from '@huming/db/factories-dispatch'
import { makePaper } from '@huming/db/factories-papers'
import { organisations } from '@huming/db/schema/accounts'
import { papers } from '@huming/db/schema/papers'
import { addDays, instantAt, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rowsOfXlsx } from '../documents/sheet.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { reckonSales } from './sale-days.ts'
import { watchPapers } from './watch-papers.ts'

let t: TestApp
let coop: Awaited<ReturnType<typeof makeSupplier>>
let lister: Guest
let officer: Guest
beforeAll(async () => {
  t = await testApp()
  coop = await makeSupplier(t.db, { uscc: '91350405MA9000054M' })
  lister = await t.guest(coop, ['lister'])
  officer = await t.guest(await makeOrg(t.db, 'operations'), ['food_safety'])
})
afterAll(() => t.close())

const today = serviceDayOf(new Date())
const sc = (over: object = {}) => ({
  orgId: coop.id,
  kind: 'production_licence',
  number: 'SC11135040590010',
  issuer: '市场监督管理局（示例）',
  scope: ['111', '104'],
  validFrom: addDays(today, -10),
  validTo: addDays(today, 1700),
  ...over,
})
const write = (id: string, body: object, who = lister) =>
  t.call('papers.write', { params: { id }, body: body as ReturnType<typeof sc> }, who)
const review = (
  id: string,
  decision: 'approve' | 'refuse' | 'verify' | 'revoke',
  over: object = {},
  who = officer,
) => t.call('papers.review', { params: { id }, body: { decision, version: 1, ...over } }, who)
const flaws = (answer: { problem?: { pointers?: { pointer: string; reason: string }[] } }) =>
  answer.problem?.pointers?.map((one) => `${one.pointer.slice(6)} ${one.reason}`)

test.each([
  [{ number: 'SC11135040590011' }, ['number check_digit']],
  [{ number: 'SC19935040590010' }, ['number class']],
  [{ number: 'SC1' }, ['number shape']],
  [{ scope: [] }, ['scope missing']],
  [{ scope: ['104'] }, ['scope main_class']],
  [{ scope: ['111', '199'] }, ['scope unknown']],
  [{ validTo: '2020-01-01' }, ['validTo before_from']],
  [{ validTo: addDays(today, 2000) }, ['validTo too_long']],
  [{ kind: 'trading_licence', number: 'JY13101149000018', scope: ['1'] }, ['number check_digit']],
  [{ kind: 'trading_licence', number: 'JY13101149000017', scope: ['2'] }, ['scope other_kind']],
  [{ kind: 'business_licence', number: '91350405MA9000054N' }, ['number check_digit']],
  [{ kind: 'business_licence', number: '91310114MA9000070C' }, ['number other_holder']],
  [{ kind: 'business_licence', number: '9135' }, ['number shape']],
  [{ kind: 'prepackaged_filing', number: 'YB123' }, ['number shape']],
  [{ kind: 'gi_product', number: '示例' }, ['number shape', 'productIds missing']],
  [{ kind: 'gi_product', number: 'GI-1', productIds: [newId()] }, ['productIds unknown']],
  [{ kind: 'conformity_certificate' }, ['kind unknown']],
  [{ kind: 'constructor' }, ['kind unknown']],
  [{ fileId: newId() }, ['fileId no_such_picture']],
])('a paper as in %j is refused with its place', async (over, expected) => {
  const answer = await write(newId(), sc(over))
  expect([answer.status, flaws(answer)]).toEqual([422, expected])
})

test('a paper waits for review, counts from its approval, and never changes after it', async () => {
  const id = newId()
  const first = await write(id, sc({ number: ' sc 11135040590010 ' }))
  expect(first.body).toMatchObject({
    standing: 'pending',
    number: 'SC11135040590010',
    scope: ['104', '111'],
    version: 1,
  })
  expect((await write(id, sc())).body).toEqual(first.body)
  expect((await write(id, sc({ issuer: '别处' }))).problem.code).toBe('id_reused')
  expect((await write(id, sc({ issuer: '别处', version: 1 }))).body).toMatchObject({
    version: 2,
    issuer: '别处',
  })
  expect((await write(id, sc({ version: 1, issuer: '再改' }))).problem.code).toBe('stale_version')
  expect((await review(id, 'approve', { version: 1 })).problem.code).toBe('stale_version')
  const approved = await review(id, 'approve', { version: 2 })
  expect(approved.body).toMatchObject({
    standing: 'valid',
    version: 3,
    verifyDueOn: addDays(today, 183),
    verifyOverdue: false,
  })
  expect((await review(id, 'approve', { version: 2 })).body).toEqual(approved.body)
  expect((await write(id, sc({ version: 3 }))).problem.code).toBe('wrong_state')
  expect((await review(id, 'approve', { version: 3 })).problem.code).toBe('wrong_state')
})

test('only its holder hands it in, only operations decide', async () => {
  const id = newId()
  const other = await t.guest(await makeSupplier(t.db), ['lister'])
  const buyer = await t.guest(await makeOrg(t.db, 'buyer'), ['purchaser'])
  expect((await write(id, sc(), other)).problem.code).toBe('not_found')
  expect((await write(id, sc(), buyer)).problem.code).toBe('forbidden')
  expect((await write(id, sc())).status).toBe(200)
  expect((await write(id, sc({ orgId: other.orgId }), other)).problem.code).toBe('not_found')
  expect((await review(id, 'approve', {}, lister)).problem.code).toBe('forbidden')
  const withdraw = (who: Guest) => t.call('papers.withdraw', { params: { id }, body: { version: 1 } }, who)
  expect((await withdraw(other)).problem.code).toBe('not_found')
  const list = await t.call('papers.list', { query: { orgId: coop.id } }, other)
  expect(list.problem.code).toBe('not_found')
  expect((await t.call('papers.list', { query: {} }, other)).body.items.some((one) => one.id === id)).toBe(
    false,
  )
  expect((await withdraw(lister)).body.standing).toBe('withdrawn')
})

test('a refusal and a revocation need a reason, which the holder is told', async () => {
  const id = newId()
  await write(id, sc())
  expect((await review(id, 'refuse')).problem.code).toBe('reason_missing')
  expect((await review(id, 'refuse', { note: '影像不清' })).body).toMatchObject({
    standing: 'refused',
    reviewNote: '影像不清',
  })
  expect((await write(id, sc({ version: 2 }))).body.standing).toBe('pending')
  expect((await review(id, 'approve', { version: 3 })).body.standing).toBe('valid')
  expect((await review(id, 'revoke', { version: 4 })).problem.code).toBe('reason_missing')
  expect((await review(id, 'revoke', { version: 4, note: '被吊销' })).body.standing).toBe('revoked')
  const { body } = await t.call('accounts.listNotices', { query: {} }, lister)
  const about = body.items.filter((one) => one.subjectId === id).map((one) => one.key)
  expect(about).toEqual(['notice.paper_revoke', 'notice.paper_approve', 'notice.paper_refuse'])
})

test('a revoked licence takes the goods off sale in the same moment, a checked-again one stays', async () => {
  const org = await makeSupplier(t.db)
  const sku = await makeSku(t.db, org.id, {}, { product: { category: 'C1' } })
  const [licence] = await t.db
    .select({ id: papers.id })
    .from(papers)
    .where(and(eq(papers.orgId, org.id), eq(papers.kind, 'production_licence')))
  const id = licence?.id ?? ''
  const saleUntil = async () =>
    (await t.sql`select sale_until from skus where id = ${sku.id}`)[0]?.['sale_until']
  await t.db.update(papers).set({ verifiedOn: '2024-01-01' }).where(eq(papers.id, id))
  const due = await t.call('papers.list', { query: { orgId: org.id, view: 'verify' } }, officer)
  expect(due.body.items.map((one) => [one.id, one.verifyOverdue])).toEqual([[id, true]])
  // Not compared with the register for half a year: nothing is sold until it is, and then for half a year.
  await t.db.transaction((tx) => reckonSales(tx, t.system(), org.id))
  expect(await saleUntil()).toBe('')
  expect((await review(id, 'verify')).body).toMatchObject({ verifyOverdue: false, standing: 'valid' })
  expect(await saleUntil()).toBe(addDays(today, 183))
  await review(id, 'revoke', { version: 2, note: '被吊销' })
  expect(await saleUntil()).toBe('')
  const needs = await t.call('papers.needs', { params: { id: org.id } }, officer)
  expect(needs.body.items).toMatchObject([
    { skuId: sku.id, saleUntil: null, lack: { paper: 'production_licence', why: 'missing' } },
  ])
})

test('holders are warned once at 90, 60, 30 days and when a paper has run out; renewed ones are not', async () => {
  const org = await makeSupplier(t.db)
  const last = addDays(today, 200)
  const sku = await makeSku(t.db, org.id)
  await t.db
    .update(papers)
    .set({ validTo: last })
    .where(and(eq(papers.orgId, org.id), eq(papers.kind, 'business_licence')))
  const watch = async (daysBefore: number) => {
    await watchPapers(t.system(new Date(instantAt(addDays(last, -daysBefore), 65))))
    const rows = await t.sql`select key, params from notices where org_id = ${org.id} order by id`
    return rows.map((row) => `${row['key'].slice(13)} ${row['params'].days}`)
  }
  expect(await watch(91)).toEqual([])
  expect(await watch(90)).toEqual(['expiring 90'])
  expect(await watch(90)).toEqual(['expiring 90'])
  expect(await watch(61)).toHaveLength(1)
  // A machine that slept over a step tells it when it wakes, and no step twice.
  expect((await watch(57)).at(-1)).toBe('expiring 57')
  expect((await watch(30)).at(-1)).toBe('expiring 30')
  expect(await watch(0)).toHaveLength(3)
  expect((await watch(-1)).at(-1)).toBe('expired 0')
  expect((await t.sql`select sale_until from skus where id = ${sku.id}`)[0]?.['sale_until']).toBe('')
  expect(await watch(-5)).toHaveLength(4)
  await makePaper(t.db, org.id, 'business_licence', { validFrom: addDays(last, 1), validTo: '2095-01-01' })
  await t.db.update(papers).set({ warnedDays: null }).where(eq(papers.orgId, org.id))
  expect(await watch(-6)).toHaveLength(4)
  expect((await t.sql`select sale_until from skus where id = ${sku.id}`)[0]?.['sale_until']).toBe(
    '2095-01-01',
  )
})

test('the register tells the regulator who sells, with licences and when they were last checked', async () => {
  const org = await makeSupplier(t.db, { name: '登记示例合作社', uscc: '93350424MA90000465' })
  await t.db.update(papers).set({ verifiedOn: '2026-05-01' }).where(eq(papers.orgId, org.id))
  await makePaper(t.db, org.id, 'haccp', { number: 'HACCP-9', verifiedOn: '2026-03-02' })
  const ask = (format: string, who: Guest) =>
    t.app.inject({ url: `/api/sellers/register/${format}`, headers: { cookie: who.cookie } })
  expect((await ask('csv', lister)).statusCode).toBe(403)
  expect((await ask('pdf', officer)).statusCode).toBe(422)
  const csv = (await ask('csv', officer)).body
  const line = csv.split('\n').find((one) => one.includes('登记示例合作社'))
  expect(line).toContain('93350424MA90000465')
  expect(line).toContain('危害分析与关键控制点体系认证 HACCP-9')
  expect(line).toContain('2026-03-02')
  const [head, ...rows] = await rowsOfXlsx((await ask('xlsx', officer)).rawPayload)
  expect(head?.slice(0, 3)).toEqual(['名称', '统一社会信用代码', '所在地'])
  expect(rows.map((row) => row[0])).toContain('登记示例合作社')
  const buyer = await makeOrg(t.db, 'buyer', { name: '买家不在册' })
  expect(csv).not.toContain(buyer.name)
})

test('a licence page shows everybody what is in force, and nothing of people', async () => {
  const org = await makeSupplier(t.db, { uscc: '93350426MA900002X7' })
  await t.db
    .update(papers)
    .set({ validTo: addDays(today, -1) })
    .where(and(eq(papers.orgId, org.id), eq(papers.kind, 'trading_licence')))
  await makePaper(t.db, org.id, 'haccp', { status: 'pending' })
  const page = (id: string) => t.call('papers.licences', { params: { id } })
  const { body, status } = await page(org.id)
  expect([status, body.uscc, body.day]).toEqual([200, '93350426MA900002X7', today])
  expect(body.papers.map((one) => one.kind)).toEqual([
    'business_licence',
    'production_licence',
    'animal_health_permit',
  ])
  const buyer = await makeOrg(t.db, 'buyer')
  expect((await page(buyer.id)).problem.code).toBe('not_found')
  expect((await page(newId())).problem.code).toBe('not_found')
  await t.db.delete(papers).where(eq(papers.orgId, org.id))
  expect((await page(org.id)).body.papers).toEqual([])
  await t.db.update(organisations).set({ uscc: null }).where(eq(organisations.id, org.id))
})

test('papers of vehicles and drivers name one of their own, last as long as such papers may, and are told by plate', async () => {
  const [carrier, hub] = [await makeOrg(t.db, 'carrier'), await makeHub(t.db)]
  const vehicle = await makeVehicle(t.db, hub.id, carrier.id)
  const driver = await makePerson(t.db, carrier.id, ['driver'], { name: '示例司机甲' })
  const strange = await makeVehicle(t.db, hub.id, (await makeOrg(t.db, 'carrier')).id)
  const put = (over: object, id = newId()) =>
    t.call(
      'papers.write',
      {
        params: { id },
        body: {
          orgId: carrier.id,
          kind: 'disinfection_record',
          number: '消毒-001',
          vehicleId: vehicle.id,
          validFrom: today,
          validTo: addDays(today, 30),
          ...over,
        },
      },
      officer,
    )
  const flaw = async (over: object) => (await put(over)).problem.pointers
  expect(await flaw({ vehicleId: null })).toEqual([{ pointer: '/body/vehicleId', reason: 'missing' }])
  expect(await flaw({ vehicleId: strange.id })).toEqual([{ pointer: '/body/vehicleId', reason: 'unknown' }])
  expect(await flaw({ personId: driver.id })).toEqual([{ pointer: '/body/personId', reason: 'unknown' }])
  expect(await flaw({ validTo: addDays(today, 32) })).toEqual([
    { pointer: '/body/validTo', reason: 'too_long' },
  ])
  expect(await flaw({ kind: 'health_certificate' })).toEqual([
    { pointer: '/body/vehicleId', reason: 'unknown' },
    { pointer: '/body/personId', reason: 'missing' },
  ])
  expect(await flaw({ kind: 'storage_filing' })).toEqual([{ pointer: '/body/vehicleId', reason: 'unknown' }])
  expect((await put({})).body).toMatchObject({ about: vehicle.plate, standing: 'pending', verifyDueOn: null })
  const health = { kind: 'health_certificate', vehicleId: null, personId: driver.id }
  expect((await put(health)).body.about).toBe('示例司机甲')
  const subjects = (who: Guest) => t.call('papers.subjects', { params: { id: carrier.id } }, who)
  expect((await subjects(officer)).body).toMatchObject({
    vehicles: [{ id: vehicle.id, plate: vehicle.plate, lack: null }],
    people: [{ id: driver.id, name: '示例司机甲', lack: null }],
  })
  await t.sql`update papers set status = 'revoked' where vehicle_id = ${vehicle.id} and kind = 'vehicle_licence'`
  expect((await subjects(officer)).body.vehicles[0]?.lack).toEqual({
    paper: 'vehicle_licence',
    why: 'missing',
  })
  const stranger = await t.guest(await makeOrg(t.db, 'warehouse'), ['lead'])
  expect((await subjects(stranger)).problem.code).toBe('not_found')
})

test('a paper given for a month is warned of only when it has run out and no newer one follows', async () => {
  const [carrier, hub] = [await makeOrg(t.db, 'carrier'), await makeHub(t.db)]
  const vehicle = await makeVehicle(t.db, hub.id, carrier.id)
  await t.sql`delete from papers where vehicle_id = ${vehicle.id}`
  const month = { vehicleId: vehicle.id, validFrom: addDays(today, -25), validTo: addDays(today, 5) }
  await makePaper(t.db, carrier.id, 'disinfection_record', month)
  const told = async () =>
    (await t.sql`select key from notices where org_id = ${carrier.id} order by at`).map((row) => row['key'])
  await watchPapers(t.system())
  expect(await told()).toEqual([])
  await t.sql`update papers set valid_to = ${addDays(today, -1)} where vehicle_id = ${vehicle.id}`
  await watchPapers(t.system())
  expect(await told()).toEqual(['notice.paper_expired'])
})
