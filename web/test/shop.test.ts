import { makeBuyer, makeOrg, makeSite } from '@huming/db/factories'
import { type Market, type Shop, testMarket } from '@huming/server/orders/test-market'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
let market: Market
/** Minimum order 1,000.00 yuan: two cartons. */
const minimumFen = 100_000
beforeAll(async () => {
  app = await openApp()
  market = await testMarket(app, { minimumFen })
})
afterAll(() => app.close())

const wide = { ...desktop, viewport: { width: 1440, height: 900 } }
const buyer = (shop: Shop) => ({ id: shop.org.id, kind: 'buyer' })
const total = (page: Page) => page.locator('.shop-total .k-money')
const toast = (page: Page, text: string | RegExp) => page.getByRole('status').getByText(text).first()
const orderOf = async (shop: Shop) =>
  (
    await app.sql`select id, number, status, note, version, total_fen as "totalFen" from orders
      where org_id = ${shop.org.id} order by placed_at desc limit 1`
  )[0]

/** A pack with a name of its own, so that it is found by it. */
async function goods(name: string, cartons: number, over = {}) {
  const made = await market.goods(cartons, over)
  await app.sql`update products set name = ${name} where id = ${made.sku.productId}`
  return { ...made, name, label: `${name} ${made.sku.spec} 数量` }
}
type Goods = Awaited<ReturnType<typeof goods>>

const pin = (shop: Shop, { sku }: Goods) =>
  app.call(
    'orders.pinGuideItem',
    { params: { siteId: shop.site.id, skuId: sku.id }, body: { pinned: true } },
    shop.guest,
  )
const units = (page: Page, { label }: Goods) => page.getByRole('group', { name: label }).getByRole('textbox')

/** A basket filled in the guide, looked at in the basket. */
async function fillBasket(page: Page, lines: readonly (readonly [Goods, number])[]) {
  for (const [one, count] of lines) await units(page, one).fill(String(count))
  await page.getByRole('link', { name: /去下单|核对改单/ }).click()
  await page.getByRole('heading', { level: 1, name: /购物篮|修改订单/ }).waitFor()
}

test('a purchaser orders from the guide, reaches the minimum, changes and cancels', async () => {
  const shop = await market.shop()
  const wonton = await goods('速冻扁肉', 30)
  const sauce = await goods('拌面花生酱', 30)
  for (const one of [wonton, sauce]) await pin(shop, one)
  const page = await app.signInAs('purchaser', { org: buyer(shop) })

  await page.getByRole('button', { name: `增加${wonton.label}` }).click()
  await page.getByText('还差 ¥500.00 起送').waitFor()
  expect(await total(page).innerText()).toBe('¥500.00')
  await page.getByRole('link', { name: '去下单' }).click()
  const place = page.getByRole('button', { name: '提交订单' })
  await page.getByText('还差 ¥500.00 起送').first().waitFor()
  expect(await place.getAttribute('aria-disabled')).toBe('true')

  await page.goto('/')
  await fillBasket(page, [[sauce, 2]])
  await page.getByText('已满 ¥1,000.00 起送').waitFor()
  await page.getByLabel('备注').fill('放后门')
  await place.click()
  await page.getByText('已下单').first().waitFor()
  const placed = await orderOf(shop)
  expect(placed).toMatchObject({ status: 'placed', totalFen: 150_000, note: '放后门', version: 1 })
  expect(page.url()).toContain(placed?.['id'])

  await page.getByRole('button', { name: '改单' }).click()
  await page.getByRole('heading', { name: `修改订单 ${placed?.['number']}` }).waitFor()
  await units(page, sauce).fill('3')
  await page.getByRole('button', { name: '提交修改' }).and(page.locator(':not([aria-disabled])')).click()
  await toast(page, /已修改/).waitFor()
  expect(await orderOf(shop)).toMatchObject({ id: placed?.['id'], totalFen: 200_000, version: 2 })

  await page.getByRole('button', { name: '取消订单' }).click()
  await page.getByRole('dialog').getByLabel('取消原因').fill('停业一天')
  await page.getByRole('dialog').getByRole('button', { name: '取消订单' }).click()
  await toast(page, '订单已取消').waitFor()
  await page.getByText('取消原因：停业一天').waitFor()
  expect(await orderOf(shop)).toMatchObject({ status: 'cancelled' })

  await page.getByRole('button', { name: '再来一单' }).click()
  await page.getByRole('heading', { level: 1, name: '购物篮' }).waitFor()
  expect(await units(page, sauce).inputValue()).toBe('3')
})

test('nothing is ordered at another total than the one agreed to', async () => {
  const shop = await market.shop()
  const flour = await goods('糯米粉', 30)
  await pin(shop, flour)
  const page = await app.signInAs('purchaser', { org: buyer(shop) })
  await fillBasket(page, [[flour, 2]])
  const place = page.getByRole('button', { name: '提交订单' }).and(page.locator(':not([aria-disabled])'))
  await place.waitFor()
  await app.sql`update prices set centifen = 550000 where sku_id = ${flour.sku.id}`
  await place.click()
  const ask = page.getByRole('dialog', { name: '价格有变，请确认新的合计' })
  await ask.getByText('¥1,100.00').waitFor()
  expect(await ask.innerText()).toContain('¥1,000.00')
  expect(await orderOf(shop)).toBeUndefined()
  await axeCheck(page)
  await shoot(page, 'shop-new-total')
  await ask.getByRole('button', { name: '按新合计提交' }).click()
  await toast(page, /已提交/).waitFor()
  expect(await orderOf(shop)).toMatchObject({ totalFen: 110_000 })
})

test('what somebody else took meanwhile is marked, and what is left is one press away', async () => {
  const [shop, other] = [await market.shop(), await market.shop()]
  const yam = await goods('明溪淮山', 5)
  await pin(shop, yam)
  const page = await app.signInAs('purchaser', { org: buyer(shop) })
  // The other buyer takes the goods of the same day.
  const day = await page.locator('.k-days input:checked').inputValue()
  await fillBasket(page, [[yam, 5]])
  const place = page.getByRole('button', { name: '提交订单' }).and(page.locator(':not([aria-disabled])'))
  await place.waitFor()
  await market.place(other, [[yam.sku, 2]], { day })
  await place.click()
  await page.getByText('当日只能送 3 箱').waitFor()
  expect(await orderOf(shop)).toBeUndefined()
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'shop-not-available')
  await page.getByRole('button', { name: '只要 3 箱' }).click()
  await place.click()
  await toast(page, /已提交/).waitFor()
  expect(await orderOf(shop)).toMatchObject({ totalFen: 150_000 })
})

test('a cut-off that passes never moves an order unasked', async () => {
  const early = await testMarket(app)
  const shop = await early.shop()
  const { sku } = await early.goods(30)
  await app.sql`update products set name = '截单商品' where id = ${sku.productId}`
  const pack = { sku, name: '截单商品', label: `截单商品 ${sku.spec} 数量` } as Goods
  await pin(shop, pack)
  const page = await app.signInAs('purchaser', { org: buyer(shop) })
  const day = await page.locator('.k-days input:checked').inputValue()
  await fillBasket(page, [[pack, 2]])
  const place = page.getByRole('button', { name: '提交订单' })
  const ready = place.and(page.locator(':not([aria-disabled])'))
  await ready.waitFor()
  const admin = await app.guest(await makeOrg(app.db, 'operations'), ['admin'])
  const closed = await app.call(
    'orders.closeCutOff',
    { params: { hubId: early.hub.id }, body: { day, buyerClass: null } },
    admin,
  )
  expect(closed.status).toBe(200)
  await ready.click()
  await page.getByText('请先确认新的送货日').waitFor()
  expect(await orderOf(shop)).toBeUndefined()
  await axeCheck(page)
  await shoot(page, 'shop-cut-off')
  await page.getByRole('button', { name: /^改送/ }).first().click()
  await ready.click()
  await toast(page, /已提交/).waitFor()
  const [placed] = await app.sql`select day from orders where org_id = ${shop.org.id}`
  expect(placed?.['day'] > day).toBe(true)
})

test('an answer lost on the way does not order twice', async () => {
  const shop = await market.shop()
  const tea = await goods('丢包茶', 30)
  await pin(shop, tea)
  const page = await app.signInAs('purchaser', { org: buyer(shop) })
  await fillBasket(page, [[tea, 2]])
  let lost = 0
  await page.route('**/api/orders/*', async (route) => {
    if (route.request().method() !== 'PUT' || lost > 0) return route.continue()
    lost++
    await route.fetch()
    return route.abort('connectionreset')
  })
  await page.getByRole('button', { name: '提交订单' }).and(page.locator(':not([aria-disabled])')).click()
  await toast(page, /已提交/).waitFor()
  expect(lost).toBe(1)
  const rows = await app.sql`select version from orders where org_id = ${shop.org.id}`
  expect(rows.map((row) => row['version'])).toEqual([1])
})

test('of two people who change an order, the second looks at it again', async () => {
  const shop = await market.shop()
  const rice = await goods('双人米', 30)
  const placed = await market.place(shop, [[rice.sku, 2]])
  const page = await app.signInAs('purchaser', { org: buyer(shop), path: `/orders/${placed.id}` })
  await page.getByRole('button', { name: '改单' }).click()
  await units(page, rice).fill('5')
  const submit = page.getByRole('button', { name: '提交修改' }).and(page.locator(':not([aria-disabled])'))
  await submit.waitFor()
  const changed = await market.put(
    shop,
    market.body(shop, [[rice.sku, 4]], { version: 1, day: market.day }),
    placed.id,
  )
  expect(changed.status).toBe(200)
  await submit.click()
  await page.getByRole('alert').getByText('别人刚刚修改过').waitFor()
  expect(await orderOf(shop)).toMatchObject({ totalFen: 200_000, version: 2 })
  await page.getByRole('button', { name: '载入最新订单' }).click()
  await expect.poll(() => units(page, rice).inputValue()).toBe('4')
})

test('an order above the limit waits for the approver', async () => {
  const shop = await market.shop({ org: { approvalAboveFen: 100_000 } })
  const tea = await goods('大田高山茶', 30)
  await pin(shop, tea)
  const page = await app.signInAs('purchaser', { org: buyer(shop) })
  await fillBasket(page, [[tea, 3]])
  await page.getByText('金额超过采购限额').waitFor()
  await page.getByRole('button', { name: '提交订单' }).and(page.locator(':not([aria-disabled])')).click()
  await page.getByText('等待审批。').waitFor()
  expect(await page.getByRole('button', { name: '批准' }).count()).toBe(0)

  const chief = await app.signInAs('approver', { org: buyer(shop), device: wide, path: '/orders' })
  await chief.getByRole('combobox', { name: '状态' }).selectOption('awaiting_approval')
  await chief.getByRole('link', { name: /待审批/ }).click()
  await chief.getByRole('heading', { level: 1, name: /^[A-Z0-9]{6,}$/ }).waitFor()
  await axeCheck(chief)
  await chief.getByRole('button', { name: '批准' }).click()
  await toast(chief, '已批准').waitFor()
  expect(await orderOf(shop)).toMatchObject({ status: 'placed' })
  // The purchaser's page hears of it.
  await page.getByText('已审批').first().waitFor()
})

test('a canteen accepts by two different people', async () => {
  const shop = await market.shop({ org: { buyerClass: 'canteen_university' } })
  const rice = await goods('宁化大米', 30)
  const { id } = await market.place(shop, [[rice.sku, 4]])
  await app.sql`update orders set status = 'delivered' where id = ${id}`
  const enter = () => app.signInAs('acceptor', { org: buyer(shop), path: `/orders/${id}` })
  const first = await enter()
  await first.getByText('还差 2 人').waitFor()
  await first.getByLabel('验收备注').fill('箱体完好')
  await first.getByRole('button', { name: '确认验收' }).click()
  await first.getByText('您已验收，等待另一位。').waitFor()
  expect(await first.getByRole('button', { name: '确认验收' }).count()).toBe(0)
  expect(await orderOf(shop)).toMatchObject({ status: 'delivered' })
  await first.getByRole('button', { name: '关闭' }).click()
  await axeCheck(first)
  await touchCheck(first)
  await shoot(first, 'shop-acceptance')

  const second = await enter()
  await second.getByText('还差 1 人').waitFor()
  await second.getByRole('button', { name: '确认验收' }).click()
  await toast(second, '已验收').waitFor()
  expect(await orderOf(shop)).toMatchObject({ status: 'accepted' })
})

test('the basket outlives a lost network, a reload and an ended session', async () => {
  const shop = await market.shop()
  const egg = await goods('散养鸡蛋', 30)
  await pin(shop, egg)
  const page = await app.signInAs('purchaser', { org: buyer(shop) })
  await fillBasket(page, [[egg, 2]])
  await page.getByText('已满 ¥1,000.00 起送').waitFor()
  await page.context().setOffline(true)
  await page.getByText('网络已断开').waitFor()
  await page.getByText('网络断开，恢复后可提交').waitFor()
  await axeCheck(page)
  await shoot(page, 'shop-offline')
  await page.context().setOffline(false)
  await page.reload()
  expect(await units(page, egg).inputValue()).toBe('2')

  const cookies = await page.context().cookies()
  await page.context().clearCookies()
  await page.reload()
  await page.getByRole('heading', { name: '登录' }).waitFor()
  await page.context().addCookies(cookies)
  await page.goto('/basket')
  expect(await units(page, egg).inputValue()).toBe('2')
  await page.getByRole('button', { name: '提交订单' }).and(page.locator(':not([aria-disabled])')).click()
  await toast(page, /已提交/).waitFor()
  expect(await orderOf(shop)).toMatchObject({ totalFen: 100_000 })
})

test('an order is pasted from a chat, checked and put in', async () => {
  const shop = await market.shop()
  const sauce = await goods('粘贴辣椒酱', 30)
  const page = await app.signInAs('purchaser', { org: buyer(shop), path: '/quick' })
  await page.getByLabel('从微信等处复制的订单').fill('粘贴辣椒酱3箱，天外飞仙2箱')
  await page.getByRole('button', { name: '识别' }).click()
  await page.getByText('已对上').waitFor()
  await page.getByText('没认出').waitFor()
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'shop-paste')
  await page.getByRole('button', { name: '放入 1 种' }).click()
  await page.getByText('¥1,500.00').waitFor()
  await page.goto('/basket')
  expect(await units(page, sauce).inputValue()).toBe('3')
})

test('typing an order, the hands never leave the keys', async () => {
  const shop = await market.shop()
  const [one, two] = [await goods('键盘甲', 30), await goods('键盘乙', 30)]
  const page = await app.signInAs('purchaser', {
    org: buyer(shop),
    path: '/quick?way=type',
    device: wide,
  })
  await page.getByRole('combobox', { name: '商品' }).focus()
  for (const [pack, count] of [
    [one, '2'],
    [two, '4'],
  ] as const) {
    await page.keyboard.type(pack.sku.code, { delay: 20 })
    await page.getByRole('option', { name: new RegExp(pack.name) }).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.type(count)
    await page.keyboard.press('Enter')
  }
  await page.getByText('¥3,000.00').waitFor()
  expect(await units(page, one).inputValue()).toBe('2')
  expect(await units(page, two).inputValue()).toBe('4')
  await axeCheck(page)
  await shoot(page, 'shop-type')
})

test('notices are told, counted and read', async () => {
  const shop = await market.shop()
  const rice = await goods('消息米', 30)
  const { id, number } = await market.place(shop, [[rice.sku, 2]])
  await app.sql`insert into notices (id, org_id, key, params, subject_id, at) values (${id}, ${shop.org.id},
    'notice.line_cut', ${app.sql.json({ number, name: '消息米', reason: 'late_supply' })}, ${id}, now())`
  const page = await app.signInAs('purchaser', { org: buyer(shop), path: '/notices' })
  await page.getByText(`订单 ${number}：消息米 供应不足`).waitFor()
  await page.getByRole('link', { name: /消息\s*1/ }).waitFor()
  await axeCheck(page)
  await touchCheck(page)
  await page.getByRole('button', { name: '全部标为已读' }).click()
  await page.getByRole('link', { name: '消息', exact: true }).waitFor()
  await page.getByRole('link', { name: '查看订单' }).click()
  await page.getByRole('heading', { name: number }).waitFor()
})

test('finance sees the credit line', async () => {
  const shop = await market.shop({ creditFen: 1_000_000 })
  const rice = await goods('账款米', 30)
  await market.place(shop, [[rice.sku, 3]])
  const page = await app.signInAs('buyer_finance', { org: buyer(shop), path: '/credit' })
  await page.getByText('¥8,500.00').waitFor()
  await page.getByText('¥1,500.00').waitFor()
  await axeCheck(page)
  await touchCheck(page)
  expect(await page.getByRole('link', { name: '购物篮' }).count()).toBe(0)
})

test('every screen is clean for everybody, on a phone and on a desk', async () => {
  const org = await makeBuyer(app.db)
  const site = await makeSite(app.db, org.id, market.hub.id, { name: '一店' })
  await makeSite(app.db, org.id, market.hub.id, { name: '二店' })
  const shop = { org, site, guest: await app.guest(org, ['purchaser']) }
  const all = [
    await goods('建宁莲子', 30, { minUnits: 2, stepUnits: 2 }),
    await goods('永安莴苣', 4, { catchWeight: true }),
    await goods('售罄笋干', 0),
  ]
  for (const one of all) await pin(shop, one)
  const { id } = await market.place(shop, [[(all[0] as Goods).sku, 4]])
  const product = (all[0] as Goods).sku.productId
  const paths = ['/', '/catalogue', `/products/${product}`, '/basket', '/quick', '/orders', `/orders/${id}`]
  for (const device of [phone, wide]) {
    const page = await app.signInAs('purchaser', { org, device })
    await units(page, all[0] as Goods).fill('2')
    await total(page).waitFor()
    for (const path of paths) {
      await page.goto(path)
      await page.locator('h1').waitFor()
      await page.waitForLoadState('networkidle')
      await axeCheck(page)
      await touchCheck(page)
      await shoot(page, `shop${path.split('/').slice(0, 2).join('-')}-${device === phone ? 'phone' : 'desk'}`)
    }
  }
})
