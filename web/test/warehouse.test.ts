import { makeLot } from '@huming/db/factories'
import { type TestNight, testNight } from '@huming/server/picking/test-night'
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
const warehouse = () => ({ id: n.hub.orgId, kind: 'warehouse' })
const enter = (role: 'picker' | 'lead', path: string, device = phone) =>
  app.signInAs(role, { org: warehouse(), path: `/warehouse${path}`, device })

/** Types as a scanner does: a burst of keys and Enter, wherever the focus is; at once, however busy the machine. */
const scan = (page: Page, code: string) =>
  page.evaluate((text) => {
    for (const key of [...text.split(''), 'Enter'])
      (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      )
  }, code)
const alertText = (page: Page, text: string | RegExp) => page.getByRole('alert').getByText(text).first()
const row = async (id: string) =>
  (await app.sql`select stage, on_hand, promised from lots where id = ${id}`)[0]

test('a lead sees the shortage before releasing, and releases', async () => {
  const dumplings = await n.goods(12, { spec: '20 g×50 = 1 kg袋 ×10', zone: 'frozen' })
  const sauce = await n.goods(4)
  await app.sql`update products set name = '沙县蒸饺', picture = 'steamed-dumplings' where id = ${dumplings.sku.productId}`
  await app.sql`update products set name = '沙县花生酱' where id = ${sauce.sku.productId}`
  await makeLot(app.db, sauce.sku, n.hub.id, 40_000, { stage: 'made' })
  for (let i = 0; i < 3; i++)
    await n.place(await n.shop({ site: { name: `虹口示例小吃${i + 1}店` } }), [
      [dumplings.sku, 2],
      [sauce.sku, 2],
    ])
  await app.sql`update orders set status = 'frozen' where status = 'placed'`
  const page = await enter('lead', '/waves', wide)
  await page.getByText('3 单未排入波次').waitFor()
  await page.getByRole('button', { name: '排入波次' }).click()
  await page.getByRole('link', { name: /第 1 波/ }).click()
  await page.getByText('1 个规格不足').waitFor()
  await axeCheck(page)
  await shoot(page, 'warehouse-wave-desk')
  await page.getByRole('button', { name: '释放波次' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '释放波次' }).click()
  await page.getByRole('link', { name: '去拣货' }).waitFor()
  await page.getByText('货还没到').or(page.getByText('供货晚到')).first().waitFor()
  await axeCheck(page)
  await shoot(page, 'warehouse-wave-released-desk')
  const cut =
    await app.sql`select sum(cut_quantity)::int8 as cut from order_lines where sku_id = ${sauce.sku.id}`
  expect(cut[0]?.['cut']).toBe(20_000)
})

test('a picker is stopped at the wrong lot, picks, and picks short with a reason', async () => {
  const page = await enter('picker', '/pick')
  await page.getByText('开始作业', { exact: true }).first().click()
  await page.getByRole('heading', { level: 2 }).waitFor()
  await touchCheck(page, gloves)
  await axeCheck(page)
  await shoot(page, 'warehouse-pick-phone')
  const first = await current(page)
  await scan(page, 'WRONG-LOT-1')
  await alertText(page, `批号不对！请拣 ${first.lot}`).waitFor()
  await shoot(page, 'warehouse-pick-wrong-phone')
  expect(await openTasks()).toBe(first.open)
  await scan(page, first.lot)
  await page.getByText('扫箱签').first().waitFor()
  await scan(page, 'T999999999')
  await alertText(page, `箱号不对：请放入 ${first.tote}。`).waitFor()
  await shoot(page, 'warehouse-pick-tote-phone')
  await scan(page, first.tote)
  await page
    .getByText(/^已拣 /)
    .first()
    .waitFor()
  await expect.poll(openTasks).toBe(first.open - 1)
  await expect.poll(async () => (await current(page)).tote !== first.tote).toBe(true)
  await page.getByRole('button', { name: '货不够' }).click()
  await page.getByRole('dialog').getByLabel('实际拿到').waitFor()
  await axeCheck(page)
  await shoot(page, 'warehouse-short-phone')
  const second = await current(page)
  await page.getByRole('dialog').getByText('破损', { exact: true }).click()
  await page.getByRole('button', { name: '确认短拣' }).click()
  await page
    .getByText(/已减|其余从批次/)
    .first()
    .waitFor()
  const [task] = await app.sql`
    select t.status, t.short_reason from pick_tasks t join totes e on e.id = t.tote_id join lots l on l.id = t.lot_id
    where e.code = ${second.tote} and l.code = ${second.lot}`
  expect(task).toEqual({ status: 'short', short_reason: 'damaged' })
})

/** What the loop asks for now, as the database knows it. */
async function current(page: Page) {
  const codes = await page.locator('.wh-big .wh-code').allTextContents()
  return { lot: codes.at(-2) ?? '', tote: codes.at(-1) ?? '', open: await openTasks() }
}
const openTasks = async (): Promise<number> =>
  (await app.sql`select count(*) as n from pick_tasks where status = 'open'`)[0]?.['n'] as number

test('the rest is picked with the keyboard, the totes are sealed, labels and lists can be printed', async () => {
  const page = await enter('lead', '/pick', wide)
  await page.getByText('开始作业', { exact: true }).first().click()
  for (let left = await openTasks(); left > 0; left = await openTasks()) {
    await page.getByLabel('① 扫批次').waitFor()
    const { lot } = await current(page)
    await page.getByLabel('① 扫批次').fill(lot)
    await page.getByLabel('① 扫批次').press('Enter')
    if (left === 2) await shoot(page, 'warehouse-pick-desk')
    await page.getByRole('button', { name: /^已放入/ }).click()
    await expect.poll(openTasks).toBe(left - 1)
  }
  await page.getByRole('link', { name: '去封箱' }).click()
  const [tote] = await app.sql`select code from totes where status = 'open' order by code limit 1`
  await page.getByText(tote?.['code'] as string).waitFor()
  await axeCheck(page)
  await shoot(page, 'warehouse-totes-desk')
  await scan(page, tote?.['code'] as string)
  await page.getByText(`${tote?.['code']} 已封箱`).first().waitFor()
  await page.getByRole('button', { name: '封箱' }).first().click()
  await expect
    .poll(async () => (await app.sql`select count(*) as n from totes where status = 'sealed'`)[0]?.['n'])
    .toBe(2)
  await page.getByRole('link', { name: '打印箱签' }).click()
  await page.locator('.wh-label svg').first().waitFor()
  await axeCheck(page)
  await shoot(page, 'warehouse-labels-desk')
})

test('tonight, stock and the pick list on a phone', async () => {
  const { sku } = await n.goods(30)
  await n.place(await n.shop(), [[sku, 2]])
  const waveId = await n.released()
  const page = await enter('lead', '/')
  await page.getByRole('link', { name: /待拣/ }).waitFor()
  await touchCheck(page, gloves)
  await axeCheck(page)
  await shoot(page, 'warehouse-tonight-phone')
  await page.goto(`/warehouse/waves/${waveId}/pick-list`)
  await page.locator('.wh-barcode svg').first().waitFor()
  await page.getByText('AM-D01').waitFor()
  await page.getByText('摘果').or(page.getByText('播种')).first().waitFor()
  await axeCheck(page)
  await shoot(page, 'warehouse-pick-list-phone')
  await page.goto('/warehouse/lots')
  await page.locator('.k-table .wh-code-s').first().waitFor()
  await axeCheck(page)
  await shoot(page, 'warehouse-lots-phone')
  await page.goto(`/warehouse/waves/${waveId}`)
  await page.getByRole('link', { name: '去拣货' }).waitFor()
  await touchCheck(page, gloves)
  await shoot(page, 'warehouse-wave-phone')
})

test('weighed goods: the net weight is typed, outside the tolerance it is refused', async () => {
  const { sku, lot } = await n.goods(10, { catchWeight: true, orderUnit: 'head', zone: 'chilled_meat' })
  await app.sql`update products set name = '沙县板鸭' where id = ${sku.productId}`
  await n.place(await n.shop(), [[sku, 1]])
  const waveId = await n.released()
  const page = await enter('picker', `/pick/${waveId}?zone=chilled_meat`)
  await page.getByText('沙县板鸭').waitFor()
  await scan(page, lot.code)
  for (const key of ['1', '2']) await page.getByRole('button', { name: key, exact: true }).click()
  await touchCheck(page, gloves)
  await axeCheck(page)
  await shoot(page, 'warehouse-weigh-phone')
  await page.getByRole('button', { name: /^已放入/ }).click()
  await page.getByText('称重超出允许误差').first().waitFor()
  await page.getByLabel('② 称净重').fill('10.32')
  await page.getByRole('button', { name: /^已放入/ }).click()
  await page.getByText('这里都拣完了').waitFor()
  expect(await row(lot.id)).toMatchObject({ on_hand: 89_680, promised: 0 })
})

test('English, in the dark, on a small phone: nothing is cut off', async () => {
  const page = await enter('lead', '/')
  await page.evaluate(() => {
    localStorage.setItem('huming.locale', 'en')
    localStorage.setItem('huming.theme', 'dark')
  })
  for (const path of ['', '/receive', '/waves', '/totes', '/lots', '/pick']) {
    await page.goto(`/warehouse${path}`)
    await page.locator('h1').waitFor()
    await page.waitForLoadState('networkidle')
    await touchCheck(page, gloves)
    await axeCheck(page)
  }
  await shoot(page, 'warehouse-pick-start-dark-en')
})
