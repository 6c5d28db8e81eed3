import { doorRules, tripCheckItems } from '@huming/db/schema/driving'
import { road } from '@huming/server/delivery/test-road'
import { recallHands } from '@huming/server/recall/test-recall'
import type { Guest } from '@huming/server/test-app'
import { newId } from '@huming/shared/ids'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { axeCheck, openApp, phone, photo, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())
beforeEach(() => app.sql.begin((tx) => [tx`delete from door_rules`, tx`delete from trip_check_items`]))

const dates = { validFrom: '2020-01-01', validTo: '2099-12-31', source: '示例' }
const strict = () =>
  app.db.insert(doorRules).values({
    id: newId(),
    tripCheck: true,
    preCoolPhoto: true,
    unloadScan: true,
    zoneReadings: true,
    refusePhoto: true,
    keyDropSet: true,
    waitMinutes: 10,
    waitReasons: ['closed', 'nobody', 'no_access'],
    ...dates,
  })
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const synced = (page: Page) => page.getByText('已全部上传').waitFor()
const take = (page: Page, label: string) => page.getByLabel(label).setInputFiles(photo)

/** The driver's phone, with everything kept that it needs without a network. */
async function phoneOf(driver: Guest, path = '/driver'): Promise<Page> {
  const page = await app.newPage(phone)
  await app.becomes(page, driver)
  await page.goto(path)
  await page.locator('html[data-offline-ready]').waitFor()
  await page.waitForLoadState('networkidle')
  return page
}
async function sign(page: Page): Promise<void> {
  const pad = page.getByRole('img', { name: /收货人签名/ })
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (!box) throw new Error('no signature pad')
  await page.mouse.move(box.x + 40, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + 160, box.y + 70, { steps: 8 })
  await page.mouse.up()
}
async function scanAll(page: Page, codes: string[]): Promise<void> {
  for (const code of codes) {
    await page.getByLabel('扫本站周转箱').fill(code)
    await page.keyboard.press('Enter')
  }
  await page.getByText('箱子齐了').waitFor()
}
const codesAt = async (runId: string, seq: number): Promise<string[]> => {
  const rows = await app.sql<{ code: string }[]>`
    select c.code from totes c join stop_orders so on so.order_id = c.order_id join stops s on s.id = so.stop_id
    where s.run_id = ${runId} and s.seq = ${seq} order by 1`
  return rows.map((row) => row.code)
}

test('without a network the phone is reloaded at every step, and each act arrives once, in order', async () => {
  const r = await road(app, {
    sites: [{ name: '示例一店' }, { name: '示例二店' }],
    zones: ['ambient', 'frozen'],
  })
  await strict()
  const run = await r.read()
  const page = await phoneOf(r.driver)
  const context = page.context()
  await context.setOffline(true)
  await page.reload()
  await page.getByRole('link', { name: /第 1 车/ }).click()
  await page.getByText(/保存在本机的内容/).waitFor()
  for (const stop of run.stops) {
    await page.getByRole('link', { name: `下一站：${stop.site}` }).click()
    await press(page, '到达')
    await scanAll(page, await codesAt(r.runId, stop.seq))
    await page.getByLabel('货物温度').last().fill('18.5')
    await page.getByRole('button', { name: /^拒收/ }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: '全部' }).click()
    await page.getByText('破损').click()
    await press(page, '确定')
    await take(page, '拍拒收的货')
    await sign(page)
    await page.getByRole('button', { name: '交货完成' }).and(page.locator(':not([aria-disabled])')).waitFor()
    await page.waitForTimeout(300)
    // The camera threw the page out: what was told is still there.
    await page.reload()
    await page.getByText('签名已保存').waitFor()
    await page.getByText('箱子齐了').waitFor()
    if (stop.seq === 1) {
      await touchCheck(page)
      await axeCheck(page)
      await shoot(page, 'driver-door-strict')
    }
    await press(page, '交货完成')
    await page.getByText('部分送达').first().waitFor()
    await page.reload()
    await page.getByText('部分送达').first().waitFor()
    await press(page, '返回')
  }
  await page.getByText('4 项待上传').waitFor()
  const before =
    await app.sql`select 1 from stop_proofs p join stops s on s.id = p.stop_id where s.run_id = ${r.runId}`
  expect(before).toEqual([])
  await context.setOffline(false)
  await synced(page)
  const events = await app.sql`select e.type, s.seq from events e join stops s on s.id = e.subject_id
    where s.run_id = ${r.runId} and e.type in ('stop.arrived', 'stop.delivered') order by e.id`
  expect(events.map((row) => `${row['type']} ${row['seq']}`)).toEqual([
    'stop.arrived 1',
    'stop.delivered 1',
    'stop.arrived 2',
    'stop.delivered 2',
  ])
  const proofs = await app.sql`select p.kind, p.evidence, jsonb_array_length(s.photo_file_ids) as photos
    from stop_proofs p join stops s on s.id = p.stop_id where s.run_id = ${r.runId}`
  expect(proofs.map((row) => [row['kind'], row['photos'], row['evidence'].shots[0].of])).toEqual([
    ['signature', 1, 'refused'],
    ['signature', 1, 'refused'],
  ])
})

test('goods recalled while the phone had no network: handed over before, it counts; known, they stay aboard', async () => {
  const r = await road(app, { sites: [{ name: '示例先店' }, { name: '示例后店' }] })
  const safety = await recallHands(app)
  const page = await phoneOf(r.driver)
  await page.getByRole('link', { name: /第 1 车/ }).click()
  await page.context().setOffline(true)
  const deliver = async () => {
    await page.getByRole('link', { name: /^下一站/ }).click()
    await press(page, '到达')
    await sign(page)
    await press(page, '交货完成')
  }
  await deliver()
  await page.getByText('2 项待上传').waitFor()
  const lotId = r.packs[0]?.lot.id as string
  await safety.stopped([lotId])
  await page.context().setOffline(false)
  await synced(page)
  const [proof] = await app.sql`select p.flags from stop_proofs p join stops s on s.id = p.stop_id
    where s.run_id = ${r.runId}`
  expect(proof?.['flags']).toEqual(['before_recall'])
  await press(page, '返回')
  await page.getByRole('link', { name: /^下一站/ }).click()
  await page.getByText('召回货物，不得交付，随车带回').waitFor()
  await press(page, '到达')
  await page.getByText('召回货物，不得交付，随车带回').waitFor()
  expect(await page.getByRole('button', { name: /^拒收/ }).count()).toBe(0)
  await axeCheck(page)
  await shoot(page, 'driver-recalled')
  await page.locator('input[type=file]').first().setInputFiles(photo)
  await press(page, '交货完成')
  const lastStatus = async () => {
    const [last] = await app.sql`select status from stops where run_id = ${r.runId} order by seq desc limit 1`
    return last?.['status']
  }
  await expect.poll(lastStatus, { timeout: 10_000 }).toBe('refused')
})

test('a link with a code opens the run, and only it', async () => {
  const r = await road(app, { sites: [{ name: '示例链接店' }] })
  const made = await app.call(
    'driverLinks.make',
    { params: { id: newId() }, body: { runId: r.runId } },
    r.dispatcher,
  )
  const page = await app.newPage(phone)
  await page.goto('/d#short')
  await page.getByText(/链接不完整/).waitFor()
  await page.goto('/sign-in')
  await page.goto(`/d#${made.body.url.split('#')[1]}`)
  await axeCheck(page)
  await touchCheck(page)
  await press(page, '获取验证码')
  const said = await page.getByText(/示例环境的验证码/).textContent()
  const code = /\d{6}/.exec(said ?? '')?.[0] as string
  await page.getByLabel('6 位验证码').fill(code === '111111' ? '222222' : '111111')
  await press(page, '打开')
  await page.getByText(/还可以试 4 次/).waitFor()
  await shoot(page, 'driver-link')
  await page.getByLabel('6 位验证码').fill(code)
  await press(page, '打开')
  await page.getByRole('link', { name: '下一站：示例链接店' }).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/driver/runs/${r.runId}`)
  expect(page.url()).not.toContain('#')
  await app.call('driverLinks.revoke', { params: { id: made.body.id } }, r.dispatcher)
  await page.reload()
  await page.waitForURL(/sign-in/)
})

const points = () =>
  app.db.insert(tripCheckItems).values(
    (['制动', '车厢清洁'] as const).map((name, i) => ({
      id: newId(),
      code: `check${i}`,
      name,
      nameEn: name,
      seq: i,
      stopsRun: i === 0,
      ...dates,
    })),
  )

test('the truck is checked, cold is proved, then it leaves', async () => {
  await points()
  const r = await road(app, { zones: ['frozen'], until: 'loading' })
  for (const code of r.orders.flatMap((order) => order.toteCodes))
    await app.call('delivery.loadTote', { params: { id: r.runId }, body: { code } }, r.driver)
  await strict()
  const page = await phoneOf(r.driver, `/driver/runs/${r.runId}`)
  await page.getByText('先做行车前检查').waitFor()
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'driver-trip-check')
  await press(page, '全部正常')
  await press(page, '检查完成')
  await page.getByText(/已检查/).waitFor()
  await page.getByLabel('车厢温度').last().fill('20')
  await page.getByText('先拍温度表').waitFor()
  await take(page, '拍温度表')
  await press(page, '出发')
  await page.getByRole('link', { name: /^下一站/ }).waitFor()
})
