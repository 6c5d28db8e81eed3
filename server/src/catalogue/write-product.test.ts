import { makeBuyer, makeOrg, makeSupplier } from '@huming/db/factories'
import { files, mandates } from '@huming/db/schema/accounts'
import { products } from '@huming/db/schema/catalogue'
import { events } from '@huming/db/schema/events'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'

let t: TestApp
let coop: Awaited<ReturnType<typeof makeSupplier>>
let lister: Guest
beforeAll(async () => {
  t = await testApp()
  coop = await makeSupplier(t.db)
  lister = await t.guest(coop, ['lister'])
})
afterAll(() => t.close())

const productBody = (over: object = {}) => ({
  orgId: coop.id,
  name: '沙县拌面花生酱',
  category: 'C5',
  countyCode: '350405',
  aliases: ['拌面酱'],
  ...over,
})
const writeProduct = (id: string, over: object = {}, who = lister) =>
  t.call('catalogue.writeProduct', { params: { id }, body: productBody(over) }, who)
const productOf = async (id: string) => (await t.db.select().from(products).where(eq(products.id, id)))[0]
const pointers = (answer: { problem: { pointers?: { pointer: string; reason: string }[] } }) =>
  answer.problem.pointers?.map(({ pointer, reason }) => `${pointer} ${reason}`)

test('who may not: quality staff, buyers, another co-op, nobody; and nothing is written', async () => {
  const other = await t.guest(await makeSupplier(t.db), ['lister'])
  const quality = await t.guest(coop, ['quality'])
  const buyer = await t.guest(await makeBuyer(t.db), ['purchaser'])
  const id = newId()
  expect((await writeProduct(id, {}, other)).status).toBe(404)
  expect((await writeProduct(id, {}, quality)).status).toBe(403)
  expect((await writeProduct(id, {}, buyer)).status).toBe(403)
  const nobody = await t.call('catalogue.writeProduct', { params: { id }, body: productBody() })
  expect(nobody.status).toBe(401)
  expect(await productOf(id)).toBeUndefined()
})

test('a broker acts for a principal while the mandate lasts, and for nobody else', async () => {
  const office = await makeOrg(t.db, 'broker')
  const broker = await t.guest(office, ['broker'])
  expect((await writeProduct(newId(), {}, broker)).status).toBe(404)
  const today = serviceDayOf(new Date())
  const mandate = { brokerOrgId: office.id, principalOrgId: coop.id }
  const ended = { id: newId(), validFrom: addDays(today, -90), validTo: addDays(today, -1) }
  const future = { id: newId(), validFrom: addDays(today, 1), validTo: addDays(today, 90) }
  await t.db.insert(mandates).values([
    { ...mandate, ...ended },
    { ...mandate, ...future },
  ])
  expect((await writeProduct(newId(), {}, broker)).status).toBe(404)
  await t.db.insert(mandates).values({ ...mandate, id: newId(), validFrom: today, validTo: today })
  const id = newId()
  expect((await writeProduct(id, {}, broker)).status).toBe(200)
  expect((await productOf(id))?.orgId).toBe(coop.id)
  const list = await t.call('catalogue.listProducts', { query: {} }, broker)
  expect(list.body.items.map((product) => product.orgId)).toContain(coop.id)
  expect(new Set(list.body.items.map((product) => product.orgId)).size).toBe(1)
  const [event] = await t.db.select().from(events).where(eq(events.subjectId, id))
  expect([event?.orgId, event?.actorOrgId]).toEqual([coop.id, office.id])
})

test('a product cannot be made for an organisation that sells nothing', async () => {
  const buyer = await makeBuyer(t.db)
  const answer = await writeProduct(newId(), { orgId: buyer.id })
  expect(answer.status).toBe(404)
})

test('wrong fields of a product are refused with their place', async () => {
  const wrong: [object, number, string][] = [
    [{ category: 'Z9' }, 422, 'unknown_category'],
    [{ name: '' }, 422, 'bad_input'],
    [{ name: '   ' }, 422, 'bad_input'],
    [{ name: `a${String.fromCharCode(0)}b` }, 422, 'bad_input'],
    [{ name: `bad\ud800` }, 422, 'bad_input'],
    [{ name: '长'.repeat(61) }, 422, 'bad_input'],
    [{ seasons: [{ from: '02-30', to: '03-01' }] }, 422, 'bad_input'],
    [{ picture: '../../etc/passwd' }, 422, 'bad_input'],
    [{ countyCode: 'abc' }, 422, 'bad_input'],
    [{ aliases: Array.from({ length: 13 }, (_, i) => `别名${i}`) }, 422, 'bad_input'],
  ]
  for (const [over, status, code] of wrong) {
    const answer = await writeProduct(newId(), over)
    expect([over, answer.status, answer.problem.code]).toEqual([over, status, code])
  }
})

test('script in a name stays text', async () => {
  const id = newId()
  const name = '<img src=x onerror=alert(1)>'
  expect((await writeProduct(id, { name })).body.name).toBe(name)
  expect((await productOf(id))?.name).toBe(name)
})

test('the photo must be a public picture of the supplier or of the one who acts', async () => {
  const file = (orgId: string, visibility: string) => ({
    id: newId(),
    orgId,
    mediaType: 'image/png',
    bytes: 8,
    sha256: 'x',
    visibility,
    createdBy: lister.personId,
    createdAt: new Date(),
  })
  const stranger = await makeSupplier(t.db)
  const [own, hidden, foreign] = [file(coop.id, 'public'), file(coop.id, 'own'), file(stranger.id, 'public')]
  await t.db.insert(files).values([own, hidden, foreign])
  for (const photoFileId of [hidden.id, foreign.id, newId()]) {
    const answer = await writeProduct(newId(), { photoFileId })
    expect(pointers(answer)).toEqual(['/body/photoFileId no_such_picture'])
  }
  const id = newId()
  expect((await writeProduct(id, { photoFileId: own.id })).status).toBe(200)
  const list = await t.call('catalogue.listProducts', { query: { limit: 1 } }, lister)
  expect(list.body.items[0]).toMatchObject({ id, photoUrl: `/api/files/${own.id}` })
})

test('a repeat gives the same answer and writes nothing; a used id and a stale version are refused', async () => {
  const id = newId()
  const first = await writeProduct(id)
  expect(first.body.version).toBe(1)
  expect((await writeProduct(id)).body).toEqual(first.body)
  const reused = await writeProduct(id, { name: '别的商品' })
  expect([reused.status, reused.problem.code]).toEqual([409, 'id_reused'])
  const second = await writeProduct(id, { name: '第二版', version: 1 })
  expect(second.body).toMatchObject({ name: '第二版', version: 2 })
  expect((await writeProduct(id, { name: '第二版', version: 1 })).body).toEqual(second.body)
  const stale = await writeProduct(id, { name: '第三版', version: 1 })
  expect([stale.status, stale.problem.code]).toEqual([409, 'stale_version'])
  expect((await writeProduct(newId(), { version: 3 })).status).toBe(404)
  expect((await productOf(id))?.name).toBe('第二版')
  const written = await t.db.select().from(events).where(eq(events.subjectId, id))
  expect(written.map((event) => event.type)).toEqual(['product.written', 'product.written'])
})

test('of two editors at once one wins and the other is told', async () => {
  const id = newId()
  await writeProduct(id)
  const both = await Promise.all([
    writeProduct(id, { name: '甲改', version: 1 }),
    writeProduct(id, { name: '乙改', version: 1 }),
  ])
  expect(both.map((answer) => answer.status).sort()).toEqual([200, 409])
})

test('a double click writes once and both clicks get the answer', async () => {
  const id = newId()
  const twice = await Promise.all([writeProduct(id), writeProduct(id)])
  expect(twice.map((answer) => [answer.status, answer.body.version])).toEqual([
    [200, 1],
    [200, 1],
  ])
})

test('search words and short codes follow from name and aliases; own short codes are kept', async () => {
  const id = newId()
  const made = await writeProduct(id)
  expect(made.body.shortCodes).toContain('HSJ')
  expect(await productOf(id)).toMatchObject({
    pinyinFull: 'shaxianbanmianhuashengjiang',
    pinyinInitials: 'sxbmhsj',
  })
  const own = await writeProduct(id, { version: 1, shortCodes: ['HS1', 'HS1'] })
  expect(own.body.shortCodes).toEqual(['HS1'])
})

test('lists newest first, by name, sound, code or archive, page by page, and a foreign cursor is refused', async () => {
  const own = await makeSupplier(t.db)
  const who = await t.guest(own, ['lister'])
  const ids: string[] = []
  for (const name of ['甲笋干', '乙莲子', '丙笋干']) {
    ids.push(newId())
    await writeProduct(ids.at(-1) as string, { orgId: own.id, name, archived: name === '甲笋干' }, who)
  }
  const list = async (query: object) => (await t.call('catalogue.listProducts', { query }, who)).body
  expect((await list({})).items.map((one) => one.id)).toEqual(ids.toReversed())
  expect((await list({ search: '笋干' })).items.map((one) => one.name)).toEqual(['丙笋干', '甲笋干'])
  expect((await list({ search: 'LIANZI' })).items.map((one) => one.name)).toEqual(['乙莲子'])
  expect((await list({ search: '%' })).items).toEqual([])
  expect((await list({ archived: true })).items.map((one) => one.name)).toEqual(['甲笋干'])
  const first = await list({ limit: 2 })
  expect(first.items).toHaveLength(2)
  expect((await list({ limit: 2, cursor: first.nextCursor })).items.map((one) => one.id)).toEqual([ids[0]])
  const bad = await t.call('catalogue.listProducts', { query: { cursor: 'nonsense' } }, who)
  expect([bad.status, bad.problem.code]).toEqual([422, 'bad_input'])
})
