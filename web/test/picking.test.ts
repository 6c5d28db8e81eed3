import { type TestNight, testNight } from '@huming/server/picking/test-night'
import { newId } from '@huming/shared/ids'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
let n: TestNight
beforeAll(async () => {
  app = await openApp()
  n = await testNight(app)
})
afterAll(() => app.close())

const wide = { ...desktop, viewport: { width: 1440, height: 900 } }
const gloves = 44
const enter = (role: 'picker' | 'lead', path: string, device = phone) =>
  app.signInAs(role, {
    org: { id: n.hub.orgId, kind: 'warehouse' },
    path: `/warehouse${path}`,
    device,
  })

/** Types as a scanner does: a burst of keys and Enter, wherever the focus is. */
const scan = (page: Page, code: string) =>
  page.evaluate((text) => {
    for (const key of [...text.split(''), 'Enter'])
      (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      )
  }, code)
const alertText = (page: Page, text: string | RegExp) => page.getByRole('alert').getByText(text).first()
type Row = Record<string, string>
const openTasks = (waveId: string): Promise<Row[]> =>
  app.sql<Row[]>`
    select t.id, l.code as lot, e.code as tote, e.sscc from pick_tasks t join lots l on l.id = t.lot_id
    join totes e on e.id = t.tote_id where t.wave_id = ${waveId} and t.status = 'open' order by t.walk, t.id`

test('the lead has a pack put to stores; it is fetched once and put store by store, never into the wrong tote', async () => {
  const peppers = await n.goods(20, { handling: 'raw' })
  const butter = await n.goods(20, { allergens: ['peanut'] })
  await app.sql`update products set name = '沙县青椒' where id = ${peppers.sku.productId}`
  await app.sql`update products set name = '沙县花生酱' where id = ${butter.sku.productId}`
  for (let i = 0; i < 3; i++)
    await n.place(await n.shop({ site: { name: `杨浦示例小吃${i + 1}店` } }), [
      [peppers.sku, 2],
      [butter.sku, 1],
    ])
  const waveId = await n.plan()
  const lead = await enter('lead', `/waves/${waveId}`, wide)
  await lead.getByText('按规则：摘果').first().waitFor({ state: 'attached' })
  const cell = lead.getByRole('row', { name: /沙县青椒/ }).getByRole('combobox')
  await cell.selectOption({ label: '播种' })
  await expect
    .poll(
      async () => (await app.sql`select method from wave_methods where wave_id = ${waveId}`)[0]?.['method'],
    )
    .toBe('put_to_store')
  await axeCheck(lead)
  await shoot(lead, 'warehouse-wave-methods-desk')
  await n.release(waveId, n.lead)

  const page = await enter('picker', `/put/${waveId}`)
  await page.getByText('沙县青椒').first().waitFor()
  await touchCheck(page, gloves)
  await axeCheck(page)
  await shoot(page, 'warehouse-put-list-phone')
  await scan(page, peppers.lot.code)
  await page.getByText('第一步：整批取到播种墙').waitFor()
  await scan(page, 'NOT-THIS-LOT')
  await alertText(page, `批号不对！请拣 ${peppers.lot.code}`).waitFor()
  await shoot(page, 'warehouse-put-fetch-phone')
  await scan(page, peppers.lot.code)
  await page.getByRole('button', { name: /^已取齐/ }).click()
  const tasks = await app.sql<Row[]>`
    select e.code as tote from pick_tasks t join totes e on e.id = t.tote_id
    where t.wave_id = ${waveId} and t.lot_id = ${butter.lot.id}`
  await page.getByText(/^播种墙 /).waitFor()
  const shown = async () => (await page.locator('.wh-big .wh-code').allTextContents()).at(-1) ?? ''
  const first = await shown()
  const [same] = await app.sql<Row[]>`
    select f.code from totes e join totes f on f.order_id = e.order_id and f.id <> e.id where e.code = ${first}`
  await scan(page, same?.['code'] ?? '')
  await alertText(page, /含花生的货要单独装箱/).waitFor()
  await touchCheck(page, gloves)
  await axeCheck(page)
  await shoot(page, 'warehouse-put-store-phone')
  expect(tasks).toHaveLength(3)
  for (let left = 3; left > 0; left--) {
    const code = await shown()
    const [tote] = await app.sql<Row[]>`select sscc from totes where code = ${code}`
    await scan(page, `00${tote?.['sscc']}`)
    await expect
      .poll(async () => (await openTasks(waveId)).filter((task) => task['lot'] === peppers.lot.code).length)
      .toBe(left - 1)
    if (left > 1) await expect.poll(shown).not.toBe(code)
  }
  await page.getByText('这一批已分完').waitFor()
})

test('Wi-Fi goes: picking goes on, what was done is sent in order when it is back, what is refused is shown', async () => {
  const rice = await n.goods(20)
  for (let i = 0; i < 3; i++) await n.place(await n.shop(), [[rice.sku, 1]])
  const waveId = await n.released()
  const page = await enter('picker', `/pick/${waveId}`)
  await page.getByRole('heading', { level: 2 }).waitFor()
  // The list of the wave is on the device once it was read.
  await page.waitForLoadState('networkidle')
  await page.context().setOffline(true)
  const shown = async () => {
    const codes = await page.locator('.wh-big .wh-code').allTextContents()
    return { lot: codes.at(-2) ?? '', tote: codes.at(-1) ?? '' }
  }
  const done: string[] = []
  for (let i = 0; i < 2; i++) {
    const { lot, tote } = await shown()
    done.push(tote)
    await scan(page, lot)
    await page.getByText('扫箱签').first().waitFor()
    await page.getByRole('button', { name: /^已放入/ }).click()
    await page.getByText(new RegExp(`${i + 1} 项待上传`)).waitFor({ timeout: 30_000 })
    if (i === 0) await expect.poll(async () => (await shown()).tote).not.toBe(tote)
  }
  await touchCheck(page, gloves)
  await axeCheck(page)
  await shoot(page, 'warehouse-pick-offline-phone')
  expect(await openTasks(waveId)).toHaveLength(3)
  // Meanwhile somebody with a network picks one of them.
  const taken = (await openTasks(waveId)).find((task) => task['tote'] === done[1]) as Row
  await n.pick(taken['id'] as string, { lot: taken['lot'], quantity: 10_000 }, n.secondPicker)
  await page.context().setOffline(false)
  await expect.poll(async () => (await openTasks(waveId)).length, { timeout: 40_000 }).toBe(1)
  await page.getByText('1 项要处理').click()
  await page.getByRole('button', { name: '放弃这一项' }).waitFor()
  await axeCheck(page)
  await shoot(page, 'warehouse-queue-conflict-phone')
  await page.getByRole('button', { name: '放弃这一项' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '放弃这一项' }).click()
  await page.getByText('全部已上传').waitFor()
}, 120_000)

test('a tote is taken over, weighed, counted when the weight is off, and sealed', async () => {
  const {
    hubId: _,
    rules: __,
    ...rules
  } = (await app.call('picking.hubRules', { params: { hubId: n.hub.id } }, n.lead)).body
  await app.call(
    'picking.writeHubRules',
    { params: { hubId: n.hub.id }, body: { ...rules, checkRule: 'weigh' } },
    n.lead,
  )
  const { sku } = await n.goods(9)
  await n.place(await n.shop({ site: { name: '虹口示例食堂' } }), [[sku, 2]])
  const waveId = await n.released()
  const [task] = (await openTasks(waveId)) as [Row]
  await app.call(
    'picking.takeTote',
    { params: { code: task['tote'] as string }, body: { id: newId() } },
    n.secondPicker,
  )
  await n.pick(task['id'] as string, { lot: task['lot'], quantity: 20_000 }, n.secondPicker)
  const page = await enter('picker', '/totes')
  await page.getByText(task['tote'] as string).waitFor()
  await scan(page, task['tote'] as string)
  await page.getByText('箱内', { exact: true }).waitFor()
  await page.getByText('应重 23.2 kg', { exact: false }).waitFor()
  await touchCheck(page, gloves)
  await axeCheck(page)
  await shoot(page, 'warehouse-tote-check-phone')
  await page.getByRole('button', { name: '接手这个箱子' }).click()
  await page.getByLabel('放在哪个交接点').waitFor()
  await page.getByLabel(/可直接粘贴/).fill('US,GS,+ 12.5kg')
  await page.getByLabel(/可直接粘贴/).press('Enter')
  await alertText(page, '秤还没稳').waitFor()
  await page.getByLabel(/可直接粘贴/).fill('ST,GS,+  12.500kg')
  await page.getByLabel(/可直接粘贴/).press('Enter')
  await page.getByText('重量超出范围').waitFor()
  await shoot(page, 'warehouse-tote-count-phone')
  await page.getByRole('textbox', { name: new RegExp('示例商品') }).fill('2')
  await page.getByRole('button', { name: '点数一致才能封箱，提交' }).click()
  await page.getByRole('button', { name: '封箱', exact: true }).click()
  await expect
    .poll(
      async () =>
        (await app.sql`select status from totes where code = ${task['tote'] as string}`)[0]?.['status'],
    )
    .toBe('sealed')
})

test('the lead sees and changes how the hub picks', async () => {
  const page = await enter('lead', '/rules', wide)
  await page.getByRole('combobox', { name: '缺货分配' }).selectOption({ label: '各店平均' })
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('规则已保存').first().waitFor()
  await page.getByRole('button', { name: '新增规则' }).click()
  await page.getByLabel('至少几家店').fill('30')
  await axeCheck(page)
  await page.getByRole('button', { name: '保存' }).last().click()
  await page.getByText('≥30 家店').waitFor()
  await axeCheck(page)
  await shoot(page, 'warehouse-rules-desk')
})
