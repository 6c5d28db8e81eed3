import { makeBuyer, makeHub, makeLot, makeOrg, makeSite, makeSku, makeSupplier } from '@huming/db/factories'
import { serviceDayOf } from '@huming/shared/days'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
let coop: Awaited<ReturnType<typeof makeSupplier>>
let buyer: Awaited<ReturnType<typeof makeBuyer>>
let centre: Awaited<ReturnType<typeof makeOrg>>
const today = serviceDayOf(new Date())

beforeAll(async () => {
  app = await openApp()
  const hub = await makeHub(app.db, { name: '江桥城市仓（示例）' })
  centre = await makeOrg(app.db, 'operations')
  coop = await makeSupplier(app.db, { shortName: '将乐菌菇（示例）', name: '将乐菌菇合作社（示例）' })
  buyer = await makeBuyer(app.db, {
    name: '杨浦示范大学食堂（示例）',
    shortName: '杨浦食堂（示例）',
    buyerClass: 'canteen_university',
  })
  await makeSite(app.db, buyer.id, hub.id)
  const sku = await makeSku(app.db, coop.id, {}, { product: { name: '将乐上海青' } })
  await makeLot(app.db, sku, hub.id, 500_000)
})
afterAll(() => app.close())

test('market prices are pasted in, and a bad row is named', async () => {
  const page = await app.signInAs('ops_finance', {
    org: centre,
    path: '/ops/reference-prices',
    device: desktop,
  })
  await page.getByText('还没有行情').waitFor()
  await page.getByRole('button', { name: '导入行情' }).click()
  const dialog = page.getByRole('dialog', { name: '导入行情' })
  await dialog.getByLabel('来源').fill('示例行情')
  const row = `江桥市场,上海青,,${today},48,60,66,公斤`
  await dialog.getByLabel('从表格粘贴').fill(`${row}\n江桥市场,菜心,,${today},,六块,,公斤`)
  await dialog.getByText(/第 2 行看不懂/).waitFor()
  await axeCheck(page)
  await shoot(page, 'pricing-import')
  await dialog.getByLabel('从表格粘贴').fill(row)
  await dialog.getByText('读到 1 行').first().waitFor()
  await dialog.getByRole('button', { name: '导入行情' }).click()
  await page.getByText('已导入 1 行，0 个合同价随之更新').waitFor()
  await page.getByRole('cell', { name: '上海青' }).waitFor()
  await shoot(page, 'pricing-references')
})

test('a clerk enters a contract on a phone, and both see what is paid and why', async () => {
  const page = await app.signInAs('lister', { org: coop, path: '/coop/contracts', device: phone })
  await page.getByRole('link', { name: '录入合同' }).click()
  await page.getByLabel('合同编号').fill('HT-2026-018')
  await page.getByRole('combobox', { name: '客户' }).fill('杨浦')
  await page.getByRole('option', { name: /杨浦示范大学食堂/ }).click()
  await page.getByLabel('商品').selectOption({ index: 1 })
  await page.getByText('下浮率').click()
  await page.getByLabel('参考行情').selectOption('江桥市场/上海青')
  await page.getByLabel('下浮（%）').fill('8.5')
  await page.getByLabel('约定数量').fill('40')
  await touchCheck(page)
  await axeCheck(page)
  await shoot(page, 'pricing-contract-form')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('¥54.90').waitFor()
  await page.getByText(/江桥市场 上海青 .*均价 ¥60.00\/公斤，下浮 8.5 %/).waitFor()
  await page.getByText('已下单 0 / 40 箱').first().waitFor()
  await axeCheck(page)
  await shoot(page, 'pricing-contract')

  const shop = await app.signInAs('purchaser', { org: buyer, path: '/contracts', device: phone })
  await shop.getByText('HT-2026-018').click()
  await shop.getByText('¥54.90').waitFor()
  expect(await shop.getByRole('button', { name: '终止合同' }).count()).toBe(0)
  await shop.goto(`${app.url}/catalogue`)
  await shop.getByText('协议价').first().waitFor()
  await shoot(shop, 'pricing-shop')
})

test('tax rules are read with their article, and a new one begins tomorrow', async () => {
  const page = await app.signInAs('ops_finance', { org: centre, path: '/ops/tax-rules', device: phone })
  await page.getByText('增值税法第十条（二）').first().waitFor()
  await axeCheck(page)
  await shoot(page, 'pricing-taxes')
  await page.getByRole('button', { name: '新增税率' }).click()
  const dialog = page.getByRole('dialog', { name: '新增税率' })
  await dialog.getByLabel('税率（%）').fill('9')
  await dialog.getByLabel('生效日').fill(today)
  await dialog.getByLabel('依据').fill('示例依据')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.getByText('税率只能从明天起生效，已成交的不变。').waitFor()
  await axeCheck(page)
  await shoot(page, 'pricing-tax-form')
})
