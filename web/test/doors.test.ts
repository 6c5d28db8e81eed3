import { makeOrg } from '@huming/db/factories'
import { doorRules } from '@huming/db/schema/driving'
import { road } from '@huming/server/delivery/test-road'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, photo, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

const today = serviceDayOf(new Date())

test('operations write what doors of a class ask from tomorrow; the hub reads it', async () => {
  await app.db.insert(doorRules).values({
    id: newId(),
    tripCheck: true,
    preCoolPhoto: true,
    unloadScan: true,
    zoneReadings: true,
    refusePhoto: true,
    keyDropSet: true,
    waitMinutes: 10,
    waitReasons: ['closed', 'nobody'],
    weighToleranceBp: 50,
    validFrom: '2024-01-01',
    validTo: '2099-12-31',
    source: '示例约定',
  })
  const r = await road(app, { until: 'planned' })
  const admin = await app.guest(await makeOrg(app.db, 'operations'), ['admin'])
  const page = await app.openAs(admin, '/ops/vehicles', desktop)
  await page.getByRole('tab', { name: '门口交接' }).click()
  await page.getByText('10 分钟').first().waitFor()
  await axeCheck(page)
  await shoot(page, 'doors-desktop')
  await page.getByRole('button', { name: '新增交接规则' }).click()
  await page.getByLabel('买家类型').selectOption('community')
  await page.getByLabel('签名').uncheck()
  await page.getByLabel('照片', { exact: true }).check()
  await page.getByLabel('依据').fill('示例：自提点约定')
  await page.setViewportSize({ width: 360, height: 780 })
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'doors-form-phone')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await page.getByText('已保存').waitFor()
  const [row] =
    await app.sql`select proofs, valid_from as day from door_rules where buyer_class = 'community'`
  expect(row).toMatchObject({ proofs: ['pin', 'photo'], day: addDays(today, 1) })
  await page.reload()
  await page.getByRole('tab', { name: '门口交接' }).click()
  await page.getByText('示例：自提点约定').waitFor()
  await touchCheck(page)
  await shoot(page, 'doors-phone')
  const desk = await app.openAs(r.dispatcher, '/warehouse/vehicles')
  await desk.getByRole('tab', { name: '门口交接' }).click()
  await desk.getByText('示例：自提点约定').waitFor()
  expect(await desk.getByRole('button', { name: '新增交接规则' }).count()).toBe(0)
})

test('a driver notes a disinfection where there is no network; it is sent later and counts', async () => {
  const r = await road(app, { until: 'loading' })
  await app.sql`delete from papers where org_id = ${r.carrier.id} and kind = 'disinfection_record'`
  const page = await app.openAs(r.driver, '/driver')
  await page.getByText('没有有效的消毒记录').waitFor()
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '记录消毒' }).click()
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(photo)
  await page.getByLabel('臭氧').check()
  await page.getByRole('img', { name: /照片/ }).waitFor()
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'driver-wash-phone')
  await page.getByRole('dialog').getByRole('button', { name: '记下' }).click()
  await page.getByText('已记下，联网后上传').waitFor()
  await page.context().setOffline(false)
  await page.getByText('消毒记录有效到').waitFor()
  await axeCheck(page)
  await shoot(page, 'driver-runs-phone')
  const [paper] =
    await app.sql`select status, issuer from papers where kind = 'disinfection_record' and org_id = ${r.carrier.id}`
  expect(paper).toMatchObject({ status: 'valid', issuer: '司机自记：臭氧' })
})

test('the hub opens the pictures of a door', async () => {
  await app.sql`delete from door_rules`
  const r = await road(app)
  const [stop] = (await r.read()).stops
  if (!stop) throw new Error('no stop')
  const fileId = newId()
  await app.call('files.upload', { params: { id: fileId }, query: {} }, r.driver, {
    payload: photo.buffer,
    headers: { 'content-type': 'image/png' },
  })
  const lines = stop.goods.flatMap((order) =>
    order.lines.map(({ orderLineId, lotId, quantity }) => ({ orderLineId, lotId, delivered: quantity })),
  )
  await app.call('delivery.arrive', { params: { id: stop.id }, body: {} }, r.driver)
  const evidence = { shots: [{ fileId, of: 'goods' as const }], calledAt: new Date().toISOString() }
  const body = { lines, receiverName: '示例店主', signatureFileId: fileId, photoFileIds: [fileId], evidence }
  const done = await app.call('delivery.deliver', { params: { id: stop.id }, body }, r.driver)
  expect(done.status).toBe(200)
  const page = await app.openAs(r.dispatcher, `/warehouse/dispatch/${r.planId}`, desktop)
  await page.getByRole('button', { name: '站点明细' }).first().click()
  await page.getByRole('button', { name: '的送达凭证' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('示例店主').waitFor()
  const picture = drawer.getByRole('img').first()
  await picture.scrollIntoViewIfNeeded()
  await expect.poll(() => picture.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBe(1)
  await axeCheck(page)
  await shoot(page, 'proof-desktop')
  await page.setViewportSize({ width: 360, height: 780 })
  await touchCheck(page)
  await shoot(page, 'proof-phone')
})
