import { makeLot } from '@huming/db/factories'
import { type Stores, testStores } from '@huming/server/picking/test-stores'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
let s: Stores
beforeAll(async () => {
  app = await openApp()
  s = await testStores(app)
})
afterAll(() => app.close())

const wide = { ...desktop, viewport: { width: 1440, height: 900 } }
const gloves = 44
const enter = (role: 'receiver' | 'picker' | 'lead', path: string, device = phone) =>
  app.signInAs(role, { org: s.warehouse, path: `/warehouse${path}`, device })
/** Types as a scanner does: a burst of keys and Enter, wherever the focus is. */
const scan = (page: Page, code: string) =>
  page.evaluate((text) => {
    for (const key of [...text.split(''), 'Enter'])
      (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      )
  }, code)
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.getByRole('button', { name: key, exact: true }).click()
}
/** From the top, but where a pad stands at the thumb. */
const looked = async (page: Page, name: string, from: 'top' | 'pad' = 'top') => {
  if (from === 'top') await page.evaluate(() => window.scrollTo(0, 0))
  await touchCheck(page, gloves)
  await axeCheck(page)
  await shoot(page, name)
}

test('a picker scans a bin, carries goods to another by scan, and keeps torn ones apart', async () => {
  const { lot } = await s.goods(6)
  const [dock, face] = [await s.bin('dock'), await s.bin('pick_face', 3)]
  const page = await enter('receiver', '/stores')
  await page.getByText('补货').waitFor()
  await scan(page, 'NO-SUCH-BIN')
  await page.getByRole('alert').getByText('本仓没有这个货位或批次').first().waitFor()
  await scan(page, lot.code)
  await page.getByRole('link', { name: new RegExp(lot.code) }).waitFor()
  await looked(page, 'stores-scan-phone')
  await page.getByRole('link', { name: new RegExp(lot.code) }).click()
  await page.getByText('扫目标货位', { exact: true }).waitFor()
  await scan(page, dock.code)
  await page.getByRole('alert').getByText('这就是原来的货位').first().waitFor()
  await scan(page, face.code)
  await page.getByLabel('数量').click()
  await press(page, '4')
  await page.getByRole('button', { name: new RegExp(`移 4 箱 到 ${face.code}`) }).waitFor()
  await looked(page, 'stores-move-phone', 'pad')
  await page.getByRole('button', { name: new RegExp(`移 4 箱 到 ${face.code}`) }).click()
  await page.getByText('已移货').first().waitFor()
  expect(await s.lying(lot.id)).toEqual({ [dock.code]: 20_000, [face.code]: 40_000 })
  await scan(page, face.code)
  await page.getByRole('link', { name: new RegExp(lot.code) }).click()
  await page.getByText('隔离', { exact: true }).click()
  await page.getByLabel('原因').fill('外箱破损')
  await page.getByRole('button', { name: '暂停整个批次' }).waitFor()
  await page.getByLabel('数量').click()
  await press(page, '1')
  await looked(page, 'stores-hold-phone', 'pad')
  await page.getByRole('button', { name: '隔离 1 箱' }).click()
  await page.getByText('已隔离，等食品安全处理').first().waitFor()
  expect(await s.lotOf(lot.id)).toMatchObject({ on_hand: 50_000, promisable: 50_000 })
})

test('food safety releases what was kept apart, with a reason', async () => {
  const { lot } = await s.goods(3)
  await s.hold(lot.id, (await s.bin('dock')).id, 10_000)
  const page = await app.signInAs('food_safety', { path: '/ops/quarantine', device: wide })
  const card = page.getByRole('article').filter({ hasText: lot.code })
  await card.getByRole('button', { name: '放行' }).waitFor()
  await axeCheck(page)
  await shoot(page, 'stores-quarantine-desktop')
  await card.getByRole('button', { name: '放行' }).click()
  await page.getByLabel('处理依据').fill('复检合格，外箱更换')
  await page.getByRole('dialog').getByRole('button', { name: '放行' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await s.lotOf(lot.id)).toMatchObject({ on_hand: 30_000, promisable: 30_000 })
})

test('a bin is counted blind, counted again by somebody else, and put right by the lead', async () => {
  const { lot } = await s.goods(5)
  const [dock, shelf] = [await s.bin('dock'), await s.bin('reserve', 9)]
  await s.put(lot.id, dock.id, shelf.id, 50_000)
  const id = await s.openCount(shelf.id)
  const countAs = async (role: 'receiver' | 'picker', shot: string) => {
    const page = await enter(role, '/stores/counts')
    await page.getByRole('link', { name: new RegExp(shelf.code) }).click()
    await page.getByRole('button', { name: '提交盘点' }).waitFor()
    expect(await page.getByText('50 kg').count()).toBe(0)
    await scan(page, lot.code)
    await press(page, '4')
    await looked(page, shot, 'pad')
    await page.getByRole('button', { name: '提交盘点' }).click()
    await page
      .getByText('没有要盘的货位')
      .or(page.getByRole('link', { name: new RegExp(shelf.code) }))
      .first()
      .waitFor()
  }
  await countAs('receiver', 'stores-count-phone')
  await countAs('picker', 'stores-recount-phone')
  const page = await enter('lead', `/stores/counts/${id}`, wide)
  await page.getByText('差异待处理').first().waitFor()
  await page.getByLabel('原因').fill('少一箱，已查监控')
  await axeCheck(page)
  await shoot(page, 'stores-count-review-desktop')
  await page.getByRole('button', { name: '按复盘调整账面' }).click()
  await page.waitForURL(/stores\/counts$/)
  expect(await s.lotOf(lot.id)).toMatchObject({ on_hand: 40_000, promisable: 40_000 })
})

test('goods go to the sub-centre sealed and counted at both ends', async () => {
  const { lot, sku } = await s.goods(4)
  const id = newId()
  await s.ask([{ skuId: sku.id, quantity: 30_000 }], id)
  const page = await enter('receiver', `/stores/transfers/${id}`)
  await page.getByRole('button', { name: '确认发车' }).waitFor()
  await page.getByLabel('车牌').fill('沪A12345')
  await page.getByLabel('封签号').fill('F-88')
  await looked(page, 'stores-ship-phone')
  await page.getByRole('button', { name: '确认发车' }).click()
  await page.getByRole('button', { name: '确认收货' }).waitFor()
  await page.getByText('封签完好').click()
  await page.getByLabel('实收').fill('2')
  await page.getByLabel('短少原因').fill('途中挤破一箱')
  await looked(page, 'stores-unload-phone')
  await page.getByRole('button', { name: '确认收货' }).click()
  await page.getByText('短少 1 箱').first().waitFor()
  expect(await s.lotOf(lot.id)).toMatchObject({ on_hand: 10_000 })
})

test('the desk sees stock by bin and movements, near expiry, what is to be destroyed, and prints bin labels', async () => {
  const today = serviceDayOf(new Date())
  const { sku } = await s.goods(1)
  const near = await makeLot(app.db, sku, s.hub.id, 30_000, {
    useByDay: addDays(today, 1),
    madeOn: addDays(today, -9),
  })
  await s.setApart(near.id, (await s.bin('dock')).id, 10_000)
  const page = await enter('lead', '/stores/expiry', wide)
  await page.getByText(near.code).waitFor()
  await page.getByRole('button', { name: '移入临期专区' }).first().click()
  await page.getByText('已移入临期专区').waitFor()
  await axeCheck(page)
  await shoot(page, 'stores-expiry-desktop')
  await page.goto('/warehouse/stores/board')
  await page.getByText(near.code).first().waitFor()
  await axeCheck(page)
  await shoot(page, 'stores-board-desktop')
  await page.getByRole('tab', { name: '出入库流水' }).click()
  await page.getByText('送待销毁').first().waitFor()
  await shoot(page, 'stores-movements-desktop')
  await page.goto('/warehouse/stores/disposal')
  await page.getByRole('button', { name: '登记销毁' }).first().waitFor()
  await axeCheck(page)
  await shoot(page, 'stores-disposal-desktop')
  await page.goto('/warehouse/stores/bins')
  await page.getByText('AM-D01').waitFor()
  await page.getByRole('button', { name: '新建货位' }).click()
  await page.getByRole('textbox', { name: '编号' }).fill('a-07-01')
  await axeCheck(page)
  await page.getByRole('dialog').getByRole('button', { name: '新建货位' }).click()
  await page.getByText('A-07-01').waitFor()
  await shoot(page, 'stores-bins-desktop')
  await page.goto('/warehouse/stores/bins/labels')
  await page.getByRole('img', { name: 'A-07-01' }).waitFor()
  await shoot(page, 'stores-bin-labels-desktop')
})
