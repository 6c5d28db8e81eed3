import { makeBuyer, makeHub, makeLot, makeOrg, makeSite, makeSku, makeSupplier } from '@huming/db/factories'
import { makeVehicle } from '@huming/db/factories-dispatch'
import { addDays, serviceDayOf } from '@huming/shared/days'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
let hub: Awaited<ReturnType<typeof makeHub>>
let base: Awaited<ReturnType<typeof makeSupplier>>
let sku: Awaited<ReturnType<typeof makeSku>>
const today = serviceDayOf(new Date())

beforeAll(async () => {
  app = await openApp()
  hub = await makeHub(app.db)
  base = await makeSupplier(app.db, {
    shortName: '示例沙县调味',
    name: '示例沙县调味品厂',
    uscc: '91350405MA9000054M',
  })
  // Nothing is left of its production licence, so what it packs is off sale.
  await app.sql`delete from papers where org_id = ${base.id} and kind = 'production_licence'`
  sku = await makeSku(
    app.db,
    base.id,
    { saleFrom: '', saleUntil: '' },
    { product: { name: '沙县拌面花生酱', category: 'C5', picture: 'peanut-sauce' } },
  )
  await makeLot(app.db, sku, hub.id, 1_000_000)
})
afterAll(() => app.close())

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Looks at the whole page: no barrier, all can be touched, and a picture to look at. */
async function look(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.querySelector<HTMLElement>('.k-toasts:popover-open')?.hidePopover())
  await axeCheck(page)
  const size = page.viewportSize() ?? { width: 360, height: 740 }
  if (size.width < 400) await touchCheck(page)
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) })
  await shoot(page, name)
  await page.setViewportSize(size)
}

const dayField = (page: Page, label: string, day: string) => page.getByLabel(label, { exact: true }).fill(day)

test('a licence is handed in on the phone, corrected, approved at the desk, and its goods are on sale', async () => {
  const page = await app.signInAs('lister', { org: base, path: '/coop/papers', device: phone })
  await page.getByText('1 个规格因证照不能销售').waitFor()
  await page.getByText('缺：食品生产许可证（未提交）').waitFor()
  await look(page, 'papers-phone')
  await page.getByRole('link', { name: '提交证照' }).click()
  await page.getByLabel('证照种类').selectOption({ label: '食品生产许可证' })
  await page.getByRole('textbox', { name: '编号' }).fill('SC10335040590029')
  await dayField(page, '有效期自', addDays(today, -30))
  await dayField(page, '有效期至', addDays(today, 1500))
  await button(page, '提交审核').click()
  await page.getByText('校验位不对，请核对编号。').waitFor()
  await page.getByRole('textbox', { name: '编号' }).fill('SC10335040590028')
  expect(await page.getByRole('checkbox', { name: /03 调味品/ }).isChecked()).toBe(true)
  await look(page, 'papers-form-phone')
  await button(page, '提交审核').click()
  await page.getByText('缺：食品生产许可证（待审核）').waitFor()

  const officer = await app.signInAs('food_safety', {
    org: await makeOrg(app.db, 'operations'),
    path: '/ops/papers',
    device: desktop,
  })
  await button(officer, '食品生产许可证').click()
  await officer.getByText('格式与校验位正确').waitFor()
  await look(officer, 'papers-desk-review')
  await button(officer, '通过').click()
  await officer.getByText('没有等待审核的证照').waitFor()
  await officer.getByText(/^全部/).click()
  await button(officer, '营业执照').first().waitFor()
  await look(officer, 'papers-desk')

  await page.reload()
  await page.getByText('在售规格证照齐全').waitFor()
  await look(page, 'papers-approved-phone')
  const [row] = await app.sql`select sale_until from skus where id = ${sku.id}`
  // For half a year: then the licences are compared with the register again.
  expect(row?.['sale_until']).toBe(addDays(today, 183))
})

test('a buyer finds the licences of the seller beside the goods', async () => {
  const buyer = await makeBuyer(app.db)
  await makeSite(app.db, buyer.id, hub.id)
  const page = await app.signInAs('purchaser', {
    org: buyer,
    path: `/products/${sku.productId}`,
    device: phone,
  })
  await page.getByRole('link', { name: '商家证照公示' }).click()
  await page.getByRole('heading', { name: '证照公示' }).waitFor()
  await page.getByText('示例沙县调味品厂').waitFor()
  await page.getByText('91350405MA9000054M').waitFor()
  await look(page, 'papers-licences-phone')
  // The law wants everybody to see them: nobody need be signed in.
  const passer = await app.newPage(phone)
  await passer.goto(`/sellers/${base.id}`)
  await passer.getByText('SC10335040590028').waitFor()
  await axeCheck(passer)
})

test('a lot without its 合格证 says so; the quality officer enters one, the dock reads it', async () => {
  const greens = await makeSku(app.db, base.id, {}, { product: { name: '永安莴苣', category: 'A1' } })
  const lot = await makeLot(app.db, greens, hub.id, 500_000, { stage: 'made', certificate: '' })
  const page = await app.signInAs('quality', { org: base, path: `/coop/lots/${lot.id}`, device: phone })
  await page.getByText('还不能发货：承诺达标合格证未提交').waitFor()
  await button(page, '登记单证').click()
  await page.getByLabel('证照种类').selectOption({ label: '承诺达标合格证' })
  await page.getByRole('textbox', { name: '编号' }).fill('HGZ-350481-0001')
  await page.getByRole('checkbox', { name: '自行检测合格' }).check()
  await button(page, '登记').click()
  await page.getByText('请填写。').first().waitFor()
  await page.getByRole('textbox', { name: '用什么药、检什么药' }).fill('吡虫啉')
  await page.getByRole('textbox', { name: '产地' }).fill('三明市永安市小陶镇')
  await look(page, 'lot-paper-form-phone')
  await button(page, '登记').click()
  await page.getByText('单证齐全').waitFor()
  await page.getByText(/自行检测合格（吡虫啉）/).waitFor()
  await look(page, 'lot-papers-phone')
  const dock = await app.signInAs('receiver', {
    org: { id: hub.orgId, kind: 'warehouse' },
    path: `/warehouse/lots/${lot.id}/papers`,
    device: phone,
  })
  await dock.getByText('HGZ-350481-0001').waitFor()
  await look(dock, 'lot-papers-dock')
})

test('the warehouse lead sees the house’s own filing, operations hand papers in for a carrier', async () => {
  const lead = await app.signInAs('lead', {
    org: { id: hub.orgId, kind: 'warehouse' },
    path: '/warehouse/papers',
    device: phone,
  })
  await lead.getByText('食品贮存运输备案').waitFor()
  await look(lead, 'papers-warehouse-phone')
  const carrier = await makeOrg(app.db, 'carrier', { shortName: '示例冷链' })
  const admin = await app.signInAs('admin', {
    org: await makeOrg(app.db, 'operations'),
    path: `/ops/organisations/${carrier.id}/papers`,
    device: desktop,
  })
  await admin.getByText('道路运输经营许可证').waitFor()
  await admin.getByRole('link', { name: '提交证照' }).click()
  await admin.getByLabel('证照种类').selectOption({ label: '食品贮存运输备案' })
  await admin.getByRole('textbox', { name: '编号' }).fill('沪嘉运备示例0009')
  await dayField(admin, '有效期自', today)
  await dayField(admin, '有效期至', addDays(today, 700))
  await look(admin, 'papers-form-desk')
  await button(admin, '提交审核').click()
  await admin.getByText('沪嘉运备示例0009').waitFor()
})

test('operations see which vehicle may not leave and hand in its disinfection', async () => {
  const carrier = await makeOrg(app.db, 'carrier')
  const vehicle = await makeVehicle(app.db, hub.id, carrier.id, { plate: '沪示A8888' })
  await app.sql`delete from papers where vehicle_id = ${vehicle.id} and kind = 'disinfection_record'`
  const page = await app.signInAs('admin', { path: `/ops/organisations/${carrier.id}/papers`, device: phone })
  await page.getByText('不能出车：1 项').waitFor()
  await page.getByText('缺：车辆消毒记录（未提交）').waitFor()
  await look(page, 'ops-fleet-papers-phone')
  await page.goto(`/ops/organisations/${carrier.id}/papers/new`)
  await page.getByLabel('证照种类').selectOption('disinfection_record')
  await page.getByLabel('车辆', { exact: true }).selectOption(vehicle.id)
  await page.getByRole('textbox', { name: '编号' }).fill('消毒-2026-001')
  await dayField(page, '有效期自', today)
  await dayField(page, '有效期至', addDays(today, 30))
  await look(page, 'ops-fleet-paper-form-phone')
  await button(page, '提交审核').click()
  await page.getByText('沪示A8888 · 消毒-2026-001').waitFor()
})
