import { makeOrg } from '@huming/db/factories'
import { testMarket } from '@huming/server/orders/test-market'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, shoot, touchCheck } from './browser.ts'
import { buyer, fillBasket, openShop, ready, toast, total, units } from './open-shop.ts'

let shopApp: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  shopApp = await openShop()
})
afterAll(() => shopApp.app.close())

test('a purchaser orders from the guide, reaches the minimum, changes and cancels', async () => {
  const { app, market, goods, pin, orderOf } = shopApp
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
  await ready(page, '提交修改').click()
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
  const { app, market, goods, pin, orderOf } = shopApp
  const shop = await market.shop()
  const flour = await goods('糯米粉', 30)
  await pin(shop, flour)
  const page = await app.signInAs('purchaser', { org: buyer(shop) })
  await fillBasket(page, [[flour, 2]])
  const place = ready(page, '提交订单')
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
  const { app, market, goods, pin, orderOf } = shopApp
  const [shop, other] = [await market.shop(), await market.shop()]
  const yam = await goods('明溪淮山', 5)
  await pin(shop, yam)
  const page = await app.signInAs('purchaser', { org: buyer(shop) })
  // The other buyer takes the goods of the same day.
  const day = await page.locator('.k-days input:checked').inputValue()
  await fillBasket(page, [[yam, 5]])
  const place = ready(page, '提交订单')
  await place.waitFor()
  await market.place(other, [[yam.sku, 2]], { day })
  await place.click()
  await page.getByText('当日只能送 3 箱').waitFor()
  // The button stays in sight above the navigation, however far the page is scrolled.
  const nav = await page.getByRole('navigation').boundingBox()
  for (const y of [0, 10_000]) {
    await page.evaluate((top) => window.scrollTo(0, top), y)
    const button = await page.getByRole('button', { name: '提交订单' }).boundingBox()
    expect((button?.y ?? Infinity) + (button?.height ?? 0)).toBeLessThanOrEqual(nav?.y ?? 0)
  }
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
  const { app, goods, pin, orderOf } = shopApp
  const early = await testMarket(app)
  const shop = await early.shop()
  const pack = await goods('截单商品', 30, {}, early)
  await pin(shop, pack)
  const page = await app.signInAs('purchaser', { org: buyer(shop) })
  const day = await page.locator('.k-days input:checked').inputValue()
  await fillBasket(page, [[pack, 2]])
  await ready(page, '提交订单').waitFor()
  const admin = await app.guest(await makeOrg(app.db, 'operations'), ['admin'])
  const closed = await app.call(
    'orders.closeCutOff',
    { params: { hubId: early.hub.id }, body: { day, buyerClass: null } },
    admin,
  )
  expect(closed.status).toBe(200)
  await ready(page, '提交订单').click()
  await page.getByText('请先确认新的送货日').waitFor()
  expect(await orderOf(shop)).toBeUndefined()
  await axeCheck(page)
  await shoot(page, 'shop-cut-off')
  await page.getByRole('button', { name: /^改送/ }).first().click()
  await ready(page, '提交订单').click()
  await toast(page, /已提交/).waitFor()
  const placed = await orderOf(shop)
  expect(placed?.['day'] > day).toBe(true)
})

test('an answer lost on the way does not order twice', async () => {
  const { app, market, goods, pin } = shopApp
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
  await ready(page, '提交订单').click()
  await toast(page, /已提交/).waitFor()
  expect(lost).toBe(1)
  const rows = await app.sql`select version from orders where org_id = ${shop.org.id}`
  expect(rows.map((row) => row['version'])).toEqual([1])
})

test('of two people who change an order, the second looks at it again', async () => {
  const { app, market, goods, orderOf } = shopApp
  const shop = await market.shop()
  const rice = await goods('双人米', 30)
  const placed = await market.place(shop, [[rice.sku, 2]])
  const page = await app.signInAs('purchaser', { org: buyer(shop), path: `/orders/${placed.id}` })
  await page.getByRole('button', { name: '改单' }).click()
  await units(page, rice).fill('5')
  const submit = ready(page, '提交修改')
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
