import { makeCrateType } from '@huming/db/factories-dock'
import { type Dock, dock } from '@huming/server/receiving/test-dock'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
let d: Dock
beforeAll(async () => {
  app = await openApp()
  d = await dock(app)
})
afterAll(() => app.close())

const gloves = 44

test('a lead opens hours at the dock and adds a size of totes', async () => {
  const page = await app.signInAs('lead', { org: d.warehouse, path: '/warehouse/dock/rules', device: phone })
  await page.getByText('还没有开放时段，供货方约不到车。').waitFor()
  await page.getByText('双人规则由食品安全部门设置。').waitFor()
  await touchCheck(page, gloves)
  await axeCheck(page)
  await page.getByRole('button', { name: '新增时段' }).click()
  await page.getByLabel('从', { exact: true }).fill('06:30')
  await page.getByLabel('到', { exact: true }).fill('06:30')
  await page.getByText('请先填完').first().waitFor({ state: 'attached' })
  await page.getByLabel('到', { exact: true }).fill('08:00')
  await page.getByLabel('月台数（同时可停车）').fill('3')
  await axeCheck(page)
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('06:30–08:00').waitFor()
  await shoot(page, 'warehouse-dock-rules-phone')
  await page.getByRole('button', { name: '新增时段' }).click()
  await page.getByLabel('到', { exact: true }).fill('07:00')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('alert').getByText('与同一天的另一个时段重叠').waitFor()

  await page.goto('/warehouse/rules')
  await page.getByRole('button', { name: '加一种' }).click()
  await page.getByRole('button', { name: '去掉纸箱' }).waitFor()
  await touchCheck(page, gloves)
  await axeCheck(page)
  await shoot(page, 'warehouse-tote-kinds-phone')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('规则已保存，下一波次起用').waitFor()
  const [hub] = await app.sql`select tote_kinds from hub_picking where hub_id = ${d.m.hub.id}`
  expect(hub?.['tote_kinds'].map((one: { kind: string }) => one.kind)).toEqual([
    'carton',
    'crate',
    'cage',
    'pallet',
  ])
})

test('food safety says when two people must see goods', async () => {
  const page = await app.signInAs('food_safety', { path: '/ops/dock-rules', device: phone })
  await page.getByRole('button', { name: '新增双人规则' }).click()
  await page.getByLabel('货值').fill('5000')
  await page.getByLabel('依据').fill('示例：贵重货品双人验收')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('示例：贵重货品双人验收').waitFor()
  await axeCheck(page)
  await shoot(page, 'ops-dock-rules-phone')
})

test('operations adds a kind of crate, changes its deposit and takes it out of use', async () => {
  await makeCrateType(app.db, { code: 'K-6040', name: '600×400 周转筐', tareGrams: 2100 })
  const page = await app.signInAs('admin', { path: '/ops/crate-types', device: phone })
  await page.getByRole('button', { name: '新增筐型' }).click()
  await page.getByLabel('编号').fill('K-6040')
  await page.getByLabel('名称').fill('保温箱')
  await page.getByLabel('皮重').fill('3.2')
  await page.getByLabel('每只押金').fill('50')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('alert').first().waitFor()
  await page.getByLabel('编号').fill('EPP-60')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('cell', { name: 'EPP-60' }).waitFor()
  await touchCheck(page)
  await axeCheck(page)
  await shoot(page, 'ops-crate-types-phone')
  await page
    .getByRole('row', { name: /保温箱/ })
    .getByRole('button', { name: '修改' })
    .click()
  await page.getByLabel('每只押金').fill('60')
  await page.getByText('停用', { exact: true }).click()
  await page.getByRole('button', { name: '保存' }).click()
  await page
    .getByRole('row', { name: /保温箱/ })
    .getByText('停用')
    .waitFor()
  const [row] = await app.sql`select deposit_fen, closed_at from crate_types where code = 'EPP-60'`
  expect(row).toMatchObject({ deposit_fen: 6000, closed_at: expect.any(Date) })
})

test('a supplier says how long a pack takes to be made', async () => {
  const { sku } = await d.madeGoods()
  await app.sql`update products set name = '鲜切九层塔' where id = ${sku.productId}`
  const org = { id: d.m.supplier.id, kind: 'coop' }
  const page = await app.signInAs('lister', { org, path: '/coop/leads', device: phone })
  const line = page.getByRole('row', { name: /鲜切九层塔/ })
  await line.getByText('未填（按现货算）').waitFor()
  await line.getByRole('button', { name: '改' }).click()
  await page.getByLabel('从要货到备好（小时）').fill('4')
  await page.getByRole('button', { name: '保存' }).click()
  await line.getByText('4 小时').waitFor()
  await touchCheck(page)
  await axeCheck(page)
  await shoot(page, 'coop-leads-phone')
})
