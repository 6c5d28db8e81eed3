import { doorRules, tripCheckItems } from '@huming/db/schema/driving'
import { road } from '@huming/server/delivery/test-road'
import type { Guest } from '@huming/server/test-app'
import { newId } from '@huming/shared/ids'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { axeCheck, openApp, phone, photo, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
beforeAll(async () => {
  app = await openApp()
  const dates = { validFrom: '2020-01-01', validTo: '2099-12-31', source: '示例' }
  await app.db.insert(tripCheckItems).values({
    id: newId(),
    code: 'brakes',
    name: '制动',
    nameEn: 'Brakes',
    seq: 1,
    stopsRun: true,
    ...dates,
  })
  await app.db.insert(doorRules).values({
    id: newId(),
    proofs: ['signature', 'photo'],
    tripCheck: true,
    preCoolPhoto: true,
    unloadScan: true,
    zoneReadings: true,
    refusePhoto: true,
    keyDropSet: true,
    waitMinutes: 0,
    waitReasons: [],
    ...dates,
  })
})
afterAll(() => app.close())
beforeEach(() => app.sql`update trip_check_items set stops_run = true`)

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const scan = async (page: Page, label: string, code: string) => {
  await page.getByLabel(label).fill(code)
  await page.keyboard.press('Enter')
}
const dock = '扫周转箱或输入箱号'

/** The driver's phone, with everything kept that it needs, its network cut. */
async function cutPhone(driver: Guest, at?: { longitude: number; latitude: number }): Promise<Page> {
  const page = await app.newPage(phone)
  if (at) {
    await page.context().grantPermissions(['geolocation'])
    await page.context().setGeolocation({ ...at, accuracy: 9 })
  }
  await app.becomes(page, driver)
  await page.goto('/driver')
  await page.locator('html[data-offline-ready]').waitFor()
  await page.waitForLoadState('networkidle')
  await page.context().setOffline(true)
  await page.reload()
  await page.getByRole('link', { name: /第 1 车/ }).click()
  await page.getByText(/保存在本机的内容/).waitFor()
  return page
}

async function checkAndLoad(page: Page, codes: readonly string[]): Promise<void> {
  await press(page, '全部正常')
  await press(page, '检查完成')
  await page.getByText(/已检查/).waitFor()
  for (const code of codes) {
    await scan(page, dock, code)
    await page.getByText(code).and(page.locator('[data-tone=good]')).waitFor()
  }
  await page.getByText('全部装完').waitFor()
}

/** Hands a stop over with a photo. */
async function handOver(page: Page, codes: readonly string[]): Promise<void> {
  await page.getByRole('link', { name: /^下一站/ }).click()
  const no = page.getByRole('button', { name: '不用' })
  await page.getByRole('button', { name: '到达' }).waitFor()
  if ((await no.count()) > 0) await no.click()
  await press(page, '到达')
  for (const code of codes) await scan(page, '扫本站周转箱', code)
  await page.getByText('箱子齐了').waitFor()
  await page.getByLabel('货物温度').last().fill('18.5')
  await page.getByText('也可以拍照为证').waitFor()
  await page.locator('input[type=file]').last().setInputFiles(photo)
  await press(page, '交货完成')
  await page.getByText('已送达').first().waitFor()
  await press(page, '返回')
}

test('a whole run without a network: checked, loaded, left, handed over, ended; then sent once, in order', async () => {
  const r = await road(app, {
    sites: [{ name: '示例一店' }, { name: '示例二店' }],
    zones: ['frozen'],
    until: 'loading',
  })
  const run = await r.read()
  const other = await road(app, { until: 'loading' })
  const codes = run.stops.toReversed().flatMap((stop) => stop.toteList.map((tote) => tote.code))
  const page = await cutPhone(r.driver, { longitude: 121.3, latitude: 31.23 })
  await page.getByText('先做行车前检查').waitFor()
  await scan(page, dock, other.orders[0]?.toteCodes[0] as string)
  await page.getByText('不是本车的箱子，别装！').waitFor()
  await axeCheck(page)
  await shoot(page, 'driver-wrong-tote')
  await checkAndLoad(page, codes)
  await page.getByLabel('车厢温度').last().fill('20')
  await page.getByLabel('拍温度表').setInputFiles(photo)
  await page.getByAltText('交货照片 1').waitFor()
  // The camera threw the page out: the reading and the photo are still there.
  await page.reload()
  await page.getByAltText('交货照片 1').waitFor()
  await touchCheck(page)
  await shoot(page, 'driver-load-offline')
  await page.getByLabel('出车公里数').fill('5000')
  await press(page, '出发')
  await page.getByRole('link', { name: /^下一站/ }).click()
  await page.getByText('到达时记下位置？').waitFor()
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'driver-ask-place')
  await press(page, '同意')
  await press(page, '返回')
  for (const stop of run.stops)
    await handOver(
      page,
      stop.toteList.map((tote) => tote.code),
    )
  await page.getByLabel('收车公里数').fill('5042')
  await press(page, '收车')
  await page.getByRole('dialog').getByRole('button', { name: '收车' }).click()
  await page.getByText(/本车次已完成：送达 2/).waitFor()
  await page.reload()
  await page.getByText(/本车次已完成：送达 2/).waitFor()
  await page.getByRole('link', { name: '11 项待上传' }).click()
  await page.getByText(/^收车 · /).waitFor()
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'driver-waiting-run')
  const [before] = await app.sql`select status from runs where id = ${r.runId}`
  expect(before?.['status']).toBe('loading')
  await page.context().setOffline(false)
  await page.getByText('没有待上传的内容').waitFor()
  const events = await app.sql<{ type: string }[]>`
    select e.type from events e where e.subject_id = ${r.runId} and e.type like 'run.%' and e.type <> 'run.odometer_written'
      or e.payload->>'runId' = ${r.runId} and e.type in ('tote.loaded', 'stop.arrived', 'stop.delivered')
    order by e.id`
  const told = events.map((event) => event.type).filter((type) => type !== 'run.dispatched')
  const [check, ...rest] = told
  expect([check, rest]).toEqual([
    'run.checked',
    [
      'tote.loaded',
      'tote.loaded',
      'run.departed',
      'stop.arrived',
      'stop.delivered',
      'stop.arrived',
      'stop.delivered',
      'run.finished',
    ],
  ])
  const places =
    await app.sql`select p.accuracy_m as accuracy from stop_places p join stops s on s.id = p.stop_id
    where s.run_id = ${r.runId}`
  expect(places.map((one) => one['accuracy'])).toEqual([9, 9])
  const [after] = await app.sql`select status, pre_cool_deci_c as cold from runs where id = ${r.runId}`
  expect([after?.['status'], after?.['cold']]).toEqual(['finished', -200])
})

test('what the dock says no to holds the run’s departure and all after it; decided, it goes on', async () => {
  const r = await road(app, { sites: [{ name: '示例扣货店' }], zones: ['frozen'], until: 'loading' })
  const codes = r.orders.flatMap((order) => order.toteCodes)
  const page = await cutPhone(r.driver)
  await checkAndLoad(page, codes)
  await page.getByLabel('车厢温度').last().fill('20')
  await page.getByLabel('拍温度表').setInputFiles(photo)
  await press(page, '出发')
  await page.getByRole('link', { name: /^下一站/ }).waitFor()
  // Meanwhile the tote is unsealed at the dock.
  await app.sql`update totes set status = 'open' where code = ${codes[0] as string}`
  await page.context().setOffline(false)
  await page.getByText('1 项被退回').waitFor()
  await page
    .getByText(codes[0] as string)
    .first()
    .waitFor()
  await axeCheck(page)
  await shoot(page, 'driver-load-back')
  const [held] = await app.sql`select status from runs where id = ${r.runId}`
  expect(held?.['status']).toBe('loading')
  await app.sql`update totes set status = 'sealed' where code = ${codes[0] as string}`
  await page.getByRole('link', { name: '去处理' }).click()
  await press(page, '重新提交')
  await page.getByText('没有待上传的内容').waitFor()
  const [gone] = await app.sql`select status from runs where id = ${r.runId}`
  expect(gone?.['status']).toBe('on_road')
})
