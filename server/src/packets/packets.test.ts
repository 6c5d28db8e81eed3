import { makeOrg } from '@huming/db/factories'
import { lotPapers } from '@huming/db/schema/papers'
import { newId } from '@huming/shared/ids'
import { unzipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import { road } from '../delivery/test-road.ts'
import { testApp } from '../test-app.ts'

const t = await testApp()
afterAll(() => t.close())

/** A true picture of one pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const get = (url: string, cookie: string, language = 'zh-CN') =>
  t.app.inject({ method: 'GET', url, headers: { cookie, 'accept-language': language } })
const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0

test('there are no papers before anything is picked, and a stranger sees none', async () => {
  const { orders, dispatcher } = await road(t)
  const [order] = orders
  const stranger = await t.guest(await makeOrg(t.db, 'buyer'), ['purchaser'])
  expect((await get(`/api/orders/${order?.id}/packet`, stranger.cookie)).statusCode).toBe(404)
  await t.sql`update promises set picked_quantity = 0 where order_line_id in
    (select id from order_lines where order_id = ${order?.id as string})`
  const answer = await get(`/api/orders/${order?.id}/delivery-note`, dispatcher.cookie)
  expect(answer.json()).toMatchObject({ status: 409, code: 'nothing_packed' })
})

test('the packet of a delivery holds its note and every paper of its lots as uploaded', async () => {
  const { orders, packs, supplier, buyer, driver } = await road(t)
  const [order] = orders
  const lotId = packs[0]?.lot.id as string
  const quality = await t.guest(supplier, ['lister'])
  const fileId = newId()
  const sent = await t.app.inject({
    method: 'PUT',
    url: `/api/files/${fileId}`,
    headers: { cookie: quality.cookie, 'content-type': 'image/png' },
    payload: png,
  })
  expect(sent.statusCode).toBe(200)
  const damagedId = newId()
  await t.app.inject({
    method: 'PUT',
    url: `/api/files/${damagedId}`,
    headers: { cookie: quality.cookie, 'content-type': 'image/png' },
    payload: png.subarray(0, 20),
  })
  const paper = { lotId, quantity: 1_000_000, issuedOn: '2026-11-20', createdAt: new Date(), fileId }
  await t.db.insert(lotPapers).values([
    { ...paper, id: newId(), kind: 'test_report', number: '../../JC-1' },
    { ...paper, id: newId(), kind: 'test_report', number: 'JC-void', voidedAt: new Date() },
  ])
  const purchaser = await t.guest(buyer, ['purchaser'])
  const zip = await get(`/api/orders/${order?.id}/packet`, purchaser.cookie)
  expect(zip.headers['content-disposition']).toContain(`filename*=UTF-8''${encodeURIComponent('随货单证')}`)
  const entries = unzipSync(zip.rawPayload)
  const names = Object.keys(entries)
  expect(names).toHaveLength(2)
  expect(names.join()).toMatch(/送货单 .*\.pdf/)
  const scan = names.find((name) => name.endsWith('.png')) as string
  expect(scan).not.toContain('/../')
  expect(Buffer.from(entries[scan] as Uint8Array)).toEqual(png)
  const pdf = await get(`/api/orders/${order?.id}/packet?format=pdf`, driver.cookie, 'en')
  expect(pdf.headers['content-type']).toBe('application/pdf')
  // The note with its table of papers, and the picture on a page of its own.
  expect(pagesOf(pdf.rawPayload)).toBe(2)
  await t.db
    .insert(lotPapers)
    .values({ ...paper, id: newId(), kind: 'rapid_test', number: 'KJ-1', fileId: damagedId })
  const again = await get(`/api/orders/${order?.id}/packet?format=pdf`, driver.cookie)
  expect(pagesOf(again.rawPayload)).toBe(1)
})

test('a run prints one note for each order, in the order of its stops', async () => {
  const { runId, driver, dispatcher } = await road(t, { sites: [{}, {}, {}] })
  for (const { cookie } of [driver, dispatcher])
    expect(pagesOf((await get(`/api/runs/${runId}/delivery-notes`, cookie)).rawPayload)).toBe(3)
  const other = await t.guest(await makeOrg(t.db, 'carrier'), ['driver'])
  expect((await get(`/api/runs/${runId}/delivery-notes`, other.cookie)).statusCode).toBe(404)
})

test('a lot prints as many case labels as asked, with a GTIN or without', async () => {
  const { packs, supplier } = await road(t)
  const [pack] = packs
  const lister = await t.guest(supplier, ['lister'])
  const labels = (count: number) => get(`/api/lots/${pack?.lot.id}/labels?count=${count}`, lister.cookie)
  expect(pagesOf((await labels(3)).rawPayload)).toBe(3)
  await t.sql`update skus set gtin = '06901234567892' where id = ${pack?.sku.id as string}`
  expect(pagesOf((await labels(1)).rawPayload)).toBe(1)
  expect((await labels(201)).json()).toMatchObject({ code: 'bad_input' })
  const stranger = await t.guest(await makeOrg(t.db, 'coop'), ['lister'])
  expect((await get(`/api/lots/${pack?.lot.id}/labels`, stranger.cookie)).statusCode).toBe(404)
})
