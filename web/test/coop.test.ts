import { makeBuyer, makeHub, makeLot, makeOrg, makeSite, makeSku, makeSupplier } from '@huming/db/factories'
import { mandates } from '@huming/db/schema/accounts'
import { callOffs } from '@huming/db/schema/supply'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
let hub: Awaited<ReturnType<typeof makeHub>>
let coop: Awaited<ReturnType<typeof makeSupplier>>
const today = serviceDayOf(new Date())
const wide = { ...desktop, viewport: { width: 1440, height: 900 } }

beforeAll(async () => {
  app = await openApp()
  hub = await makeHub(app.db)
  coop = await makeSupplier(app.db, { shortName: '示例金柑合作社', name: '示例尤溪金柑合作社' })
})
afterAll(() => app.close())

const lister = (path: string, device = phone) =>
  app.signInAs('lister', { org: coop, path: `/coop${path}`, device })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
/** Looks at the whole page: nothing sticks out, all can be touched, no barrier, and a picture to look at. */
async function look(page: Page, name: string): Promise<void> {
  // What was just done is still being said over the page.
  await page.evaluate(() => document.querySelector<HTMLElement>('.k-toasts:popover-open')?.hidePopover())
  await axeCheck(page)
  if ((page.viewportSize()?.width ?? 0) < 400) await touchCheck(page)
  const size = page.viewportSize() ?? { width: 360, height: 740 }
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) })
  await shoot(page, name)
  await page.setViewportSize(size)
}

test('a lister makes a product, a pack, a price and a lot; a buyer finds it', async () => {
  const page = await lister('/products')
  await page.getByText('还没有商品').waitFor()
  await page.getByRole('link', { name: '新商品' }).click()
  await page.getByRole('textbox', { name: '商品名' }).fill('尤溪金柑')
  await page.getByLabel('品类').selectOption({ label: '水果 › 柑橘' })
  await page.getByLabel('产地', { exact: true }).selectOption({ label: '尤溪县' })
  await page.getByRole('textbox', { name: /别名/ }).fill('金桔、金橘')
  await page.getByRole('radio', { name: 'kumquat' }).check({ force: true })
  await look(page, 'coop-product-new-phone')
  await button(page, '保存').click()
  await page.getByRole('heading', { name: '规格和价格' }).waitFor()

  await page.getByRole('link', { name: '新规格' }).click()
  await page.getByRole('textbox', { name: /1 箱有多少/ }).fill('10')
  await button(page, '加一层包装').click()
  await page.getByRole('textbox', { name: /1 袋有多少/ }).fill('2.5')
  await page.getByText('1 箱 = 4 袋 = 10 kg；按公斤计价').waitFor()
  await page.getByRole('textbox', { name: /保质期/ }).fill('30')
  await page.getByRole('textbox', { name: /每件毛重/ }).fill('9')
  await page.getByRole('textbox', { name: /每件体积/ }).fill('24')
  await page.getByRole('textbox', { name: /规格文字/ }).fill('2.5 kg袋 ×4 = 10 kg箱')
  await button(page, '保存').click()
  await page.getByText('毛重不能小于净重').waitFor()
  await page.getByRole('textbox', { name: /每件毛重/ }).fill('10.5')
  await look(page, 'coop-pack-phone')
  await button(page, '保存').click()

  await page.getByText('还没有价格，买家暂时不能订').waitFor()
  await button(page, '设价格').click()
  const dialog = page.getByRole('dialog', { name: '设价格' })
  await dialog.getByRole('textbox', { name: /单价/ }).fill('12.8')
  await dialog.getByRole('button', { name: '加一档' }).click()
  await dialog
    .getByRole('textbox', { name: /满多少/ })
    .nth(1)
    .fill('20')
  await dialog.getByRole('textbox', { name: /单价/ }).nth(1).fill('13')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.getByText('数量越多不能越贵').waitFor()
  await dialog.getByRole('textbox', { name: /单价/ }).nth(1).fill('11.5')
  await look(page, 'coop-prices-phone')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('¥12.80').waitFor()
  await look(page, 'coop-product-phone')

  await page.getByRole('link', { name: '报批次' }).click()
  await page.getByRole('textbox', { name: /数量/ }).fill('50')
  await page.getByText('= 500 kg').waitFor()
  await button(page, '报批次').click()
  await page.getByText('这批货缺少承诺达标合格证，请先登记。').waitFor()
  await page.getByRole('textbox', { name: /合格证编号/ }).fill('SL-2026-0088')
  await look(page, 'coop-declare-phone')
  await button(page, '报批次').click()
  await page.getByRole('heading', { name: '这批货的经过' }).waitFor()
  await page.getByText('50 箱 (500 kg)').first().waitFor()
  await look(page, 'coop-lot-phone')
  await page.context().close()

  const buyer = await makeBuyer(app.db)
  const site = await makeSite(app.db, buyer.id, hub.id)
  const shop = await app.guest(buyer, ['purchaser'])
  for (const search of ['金桔', 'jingan', 'YXJG']) {
    const found = await app.call(
      'catalogue.browse',
      { query: { siteId: site.id, search, day: addDays(today, 1) } },
      shop,
    )
    expect(found.body.items).toMatchObject([
      {
        name: '尤溪金柑',
        picture: 'kumquat',
        availableUnits: 50,
        unavailableReason: null,
        tiers: [
          { fromUnits: 1, centifen: 128_000, reason: 'list' },
          { fromUnits: 20, centifen: 115_000, reason: 'list' },
        ],
      },
    ])
  }
})

async function goods(name: string, picture: string) {
  return makeSku(app.db, coop.id, { spec: '10 kg箱' }, { product: { name, picture } })
}

test('a forecast is made with its true quantity; a stopped lot says why', async () => {
  const sku = await goods('永安黄椒', 'chilli-yellow')
  const planned = await makeLot(app.db, sku, hub.id, 300_000, {
    stage: 'planned',
    promisable: 210_000,
    promised: 120_000,
    readyDay: addDays(today, 1),
    useByDay: addDays(today, 12),
    madeOn: null,
    certificate: '',
  })
  const page = await lister('/')
  await page.getByRole('link', { name: /永安黄椒/ }).click()
  await button(page, '已采收/生产').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /实际数量/ }).fill('10')
  await dialog.getByText('少于已接单的 12 箱').waitFor()
  await dialog.getByRole('textbox', { name: /实际数量/ }).fill('28')
  await dialog.getByRole('textbox', { name: /合格证编号/ }).fill('SL-9')
  await look(page, 'coop-make-phone')
  await dialog.getByRole('button', { name: '已采收/生产' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('已订 12 箱 (120 kg)，可接 28 箱 (280 kg)').waitFor()
  expect(await button(page, '撤回批次').getAttribute('aria-disabled')).toBe('true')
  await page.context().close()

  const inspector = await app.signInAs('quality', {
    org: coop,
    path: `/coop/lots/${planned.id}`,
    device: wide,
  })
  await button(inspector, '暂停').click()
  await inspector.getByRole('dialog').getByRole('textbox', { name: '原因' }).fill('农残复检')
  await inspector.getByRole('dialog').getByRole('button', { name: '暂停' }).click()
  await inspector.getByText('暂停中：农残复检').waitFor()
  await look(inspector, 'coop-lot-held-desktop')
  await inspector.context().close()
})

test('a call-off is answered, a truck is loaded and sent, and home shows it on its way', async () => {
  const [orange, melon] = [
    await goods('三明蜜橘', 'mandarin-orange'),
    await goods('桂阳萝卜', 'radish-dried'),
  ]
  const day = addDays(today, 1)
  const lot = await makeLot(app.db, orange, hub.id, 200_000, { stage: 'made', onHand: 0 })
  const row = { orgId: coop.id, hubId: hub.id, day, status: 'asked', createdAt: new Date() }
  await app.db.insert(callOffs).values([
    { id: newId(), ...row, skuId: orange.id, quantity: 200_000 },
    { id: newId(), ...row, skuId: melon.id, quantity: 80_000 },
  ])
  const page = await lister('/')
  await page.getByText('三明蜜橘').first().waitFor()
  await look(page, 'coop-home-phone')
  const card = (name: string) => page.getByRole('article').filter({ hasText: name })
  await card('三明蜜橘').getByRole('button', { name: '按数确认' }).click()
  await card('三明蜜橘').waitFor({ state: 'detached' })
  await card('桂阳萝卜').getByRole('button', { name: '供不了这么多' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /能发多少/ }).fill('3')
  await dialog.getByRole('textbox', { name: '原因' }).fill('雨天少收')
  await dialog.getByRole('button', { name: '回复仓库' }).click()
  await page.getByText('没有待确认的要货').waitFor()

  await page.goto(`/coop/consignments/new?lot=${lot.id}`)
  await page.getByRole('textbox', { name: /装车数量/ }).waitFor()
  await page.getByRole('textbox', { name: '车牌' }).fill('闽G12345')
  await page.getByRole('textbox', { name: '铅封号' }).fill('F-2026')
  await look(page, 'coop-consignment-phone')
  await button(page, '发车').click()
  await page.getByText('已发车，仓库已收到预告').waitFor()
  await page.getByRole('heading', { name: '闽G12345' }).waitFor()
  await look(page, 'coop-consignment-sent-phone')
  await page.goto('/coop')
  await page.getByRole('link', { name: /闽G12345/ }).waitFor()
  await page.context().close()
})

test('lists stand on a wide screen, in English too', async () => {
  const page = await lister('/products', wide)
  await page.getByText('永安黄椒').waitFor()
  await look(page, 'coop-products-desktop')
  await page.goto('/coop')
  await page.getByRole('link', { name: /闽G12345/ }).waitFor()
  await look(page, 'coop-home-desktop')
  await page.goto('/coop/lots')
  await page.getByText('三明蜜橘').waitFor()
  await look(page, 'coop-lots-desktop')
  await page.evaluate(() => localStorage.setItem('huming.locale', 'en'))
  await page.goto('/coop/lots/new')
  await page.getByRole('heading', { name: 'Declare a lot' }).waitFor()
  await page.getByRole('combobox').selectOption({ label: '三明蜜橘 · 10 kg箱' })
  await page.getByText('Certificate number').waitFor()
  expect(await page.getByText(/coop\.[a-z]/).count()).toBe(0)
  await look(page, 'coop-declare-desktop-en')
  await page.context().close()
})

test('a broker works for the principals of today, and for nobody else', async () => {
  const office = await makeOrg(app.db, 'broker')
  const stranger = await makeSupplier(app.db)
  const mandate = { brokerOrgId: office.id, validFrom: '2020-01-01' }
  await app.db.insert(mandates).values([
    { id: newId(), ...mandate, principalOrgId: coop.id, validTo: addDays(today, 9) },
    { id: newId(), ...mandate, principalOrgId: stranger.id, validTo: addDays(today, -1) },
  ])
  const page = await app.signInAs('broker', { org: office, path: '/broker' })
  await page.getByText('即将到期').waitFor()
  expect(await page.getByText(stranger.name).count()).toBe(0)
  await look(page, 'broker-phone')
  await page.goto('/broker/recalls')
  await page.getByText('没有召回通知').or(page.getByText('暂无')).first().waitFor()
  await page.goto('/broker')
  await page.getByRole('link', { name: /示例尤溪金柑合作社|示例金柑合作社/ }).click()
  await page.getByText(/正在代理/).waitFor()
  await page
    .getByRole('navigation', { name: /正在代理/ })
    .getByRole('link', { name: '商品' })
    .click()
  await page.getByText('永安黄椒').waitFor()
  await look(page, 'broker-products-phone')
  await page.getByRole('link', { name: /永安黄椒/ }).click()
  await page.getByRole('link', { name: '报批次' }).first().click()
  await page.getByRole('textbox', { name: /数量/ }).fill('7')
  await page.getByRole('textbox', { name: /合格证编号/ }).fill('SL-B')
  await button(page, '报批次').click()
  await page.getByRole('heading', { name: '这批货的经过' }).waitFor()
  await page.goto(`/broker/for/${stranger.id}/products`)
  await page.getByText('没有这家的有效委托').waitFor()
  await page.context().close()
})
