import { makeBuyer, makeSite } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, phone, shoot, touchCheck } from './browser.ts'
import { buyer, fillBasket, openShop, ready, toast, total, units, wide } from './open-shop.ts'

let shopApp: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  shopApp = await openShop()
})
afterAll(() => shopApp.app.close())

test('an order above the limit waits for the approver', async () => {
  const { app, market, goods, pin, orderOf } = shopApp
  const shop = await market.shop({ org: { approvalAboveFen: 100_000 } })
  const tea = await goods('大田高山茶', 30)
  await pin(shop, tea)
  const page = await app.signInAs('purchaser', { org: buyer(shop) })
  await fillBasket(page, [[tea, 3]])
  await page.getByText('金额超过采购限额').waitFor()
  await ready(page, '提交订单').click()
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
  const { app, market, goods, orderOf } = shopApp
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
  const { app, market, goods, pin, orderOf } = shopApp
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
  await ready(page, '提交订单').click()
  await toast(page, /已提交/).waitFor()
  expect(await orderOf(shop)).toMatchObject({ totalFen: 100_000 })
})

test('an order is pasted from a chat, checked and put in', async () => {
  const { app, market, goods } = shopApp
  const shop = await market.shop()
  const sauce = await goods('粘贴辣椒酱', 30)
  const rolls = await goods('粘贴蛋卷', 30)
  const page = await app.signInAs('purchaser', { org: buyer(shop), path: '/quick' })
  await page.getByLabel('从微信等处复制的订单').fill('粘贴辣椒酱3箱，天外飞仙2箱，粘贴蛋卷10瓶')
  await page.getByRole('button', { name: '识别' }).click()
  await page.getByText('已对上').waitFor()
  await page.getByText('没认出').waitFor()
  await page.getByText('单位对不上').waitFor()
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'shop-paste')
  // Ten bottles of something sold by the carton wait for a quantity.
  await page.getByRole('button', { name: '放入 1 种' }).waitFor()
  await units(page, rolls).fill('1')
  await page.getByRole('button', { name: '放入 2 种' }).click()
  await page.getByText('¥2,000.00').waitFor()
  await page.goto('/basket')
  expect(await units(page, sauce).inputValue()).toBe('3')
})

test('a prepared dish says so, with what its label says', async () => {
  const { app, market, goods } = shopApp
  const shop = await market.shop()
  const { sku } = await goods('排骨炖罐', 30, { storage: '−18℃以下冷冻', allergens: ['soy'] })
  await app.sql`update products set category = 'C4' where id = ${sku.productId}`
  const [ingredients, answers] = [
    [{ name: '猪排骨', additiveClass: null }],
    { staple: false, only_cut: false, eaten_cold: false, central_kitchen: false, industrial_dish: true },
  ]
  await app.sql`insert into sku_labels (sku_id, org_id, ingredients, sc_number, answers, written_at)
    values (${sku.id}, ${sku.orgId}, ${app.sql.json(ingredients)}, 'SC11135040590010', ${app.sql.json(answers)}, now())`
  const page = await app.signInAs('purchaser', { org: buyer(shop), path: `/products/${sku.productId}` })
  await page.getByText('这是预制菜。用于餐饮时，请向顾客明示。').waitFor()
  for (const told of ['猪排骨', '大豆', '−18℃以下冷冻', 'SC11135040590010'])
    await page.getByText(told, { exact: true }).waitFor()
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'shop-product-label')
})

test('an address that leads nowhere says so and leads back', async () => {
  const { app, market, goods } = shopApp
  const shop = await market.shop()
  const rice = await goods('迷路米', 30)
  const { number } = await market.place(shop, [[rice.sku, 2]])
  const page = await app.signInAs('purchaser', { org: buyer(shop), path: '/orders/abc' })
  await page.getByRole('alert').getByText('没有找到').waitFor()
  await axeCheck(page)
  await touchCheck(page)
  for (const path of ['/products/abc', `/orders/${newId()}`]) {
    await page.goto(path)
    await page.getByRole('alert').getByText('没有找到').waitFor()
  }
  await page.getByRole('link', { name: '返回首页' }).click()
  await page.getByRole('heading', { name: '常购清单' }).waitFor()

  await page.goto('/orders?status=zzz')
  await page.getByText(number).waitFor()
  await page.goto('/catalogue?sort=zzz&zone=zzz&category=zzz&countyCode=zzz')
  await page.getByText('迷路米').first().waitFor()
  const search = page.getByRole('searchbox')
  const cut = await search.evaluate((box) => {
    const text = document.createElement('span')
    text.textContent = (box as HTMLInputElement).placeholder
    const { font, paddingLeft, paddingRight } = getComputedStyle(box)
    text.style.cssText = `font:${font};position:absolute;white-space:nowrap`
    document.body.append(text)
    const room = box.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)
    return text.offsetWidth - room
  })
  expect(cut).toBeLessThanOrEqual(0)
})

test('typing an order, the hands never leave the keys', async () => {
  const { app, market, goods } = shopApp
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
  const { app, market, goods } = shopApp
  const shop = await market.shop()
  const rice = await goods('消息米', 30)
  const { id, number } = await market.place(shop, [[rice.sku, 2]])
  await app.sql`insert into notices (id, org_id, key, params, subject_id, at) values (${id}, ${shop.org.id},
    'notice.line_cut', ${app.sql.json({ number, name: '消息米', reason: 'late_supply' })}, ${id}, now())`
  const page = await app.signInAs('purchaser', { org: buyer(shop), path: '/notices' })
  await page.getByText(`订单 ${number}：消息米 供应不足`).waitFor()
  await page.getByRole('button', { name: /更多\s*1/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('link', { name: /消息\s*1/ })
    .click()
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'shop-notices')
  await page.getByRole('button', { name: '全部标为已读' }).click()
  await page.getByRole('button', { name: '更多', exact: true }).waitFor()
  await page.getByRole('link', { name: '查看订单' }).click()
  await page.getByRole('heading', { name: number }).waitFor()
})

test('finance sees the credit line', async () => {
  const { app, market, goods } = shopApp
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

test.each([
  ['phone', phone],
  ['desk', wide],
])('every screen is clean on a %s', async (name, device) => {
  const { app, market, goods, pin } = shopApp
  const org = await makeBuyer(app.db)
  const site = await makeSite(app.db, org.id, market.hub.id, { name: '一店' })
  await makeSite(app.db, org.id, market.hub.id, { name: '二店' })
  const shop = { org, site, guest: await app.guest(org, ['purchaser']) }
  const first = await goods('建宁莲子', 30, { minUnits: 2, stepUnits: 2 })
  const all = [first, await goods('永安莴苣', 4, { catchWeight: true }), await goods('售罄笋干', 0)]
  for (const one of all) await pin(shop, one)
  const { id } = await market.place(shop, [[first.sku, 4]])
  const product = first.sku.productId
  const paths = ['/', '/catalogue', `/products/${product}`, '/basket', '/quick', '/orders', `/orders/${id}`]
  const page = await app.signInAs('purchaser', { org, device })
  await units(page, first).fill('2')
  await total(page).waitFor()
  for (const path of paths) {
    await page.goto(path)
    await page.locator('h1').waitFor()
    await page.waitForLoadState('networkidle')
    await axeCheck(page)
    await touchCheck(page)
    await shoot(page, `shop${path.split('/').slice(0, 2).join('-')}-${name}`)
  }
})
