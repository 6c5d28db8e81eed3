import { type Market, type Shop, testMarket } from '@huming/server/orders/test-market'
import type { Page } from 'playwright-core'
import { desktop, openApp } from './browser.ts'

/** A desk with a large screen. */
export const wide = { ...desktop, viewport: { width: 1440, height: 900 } }

/** The organisation of a buyer, to sign somebody in for. */
export const buyer = (shop: Shop) => ({ id: shop.org.id, kind: 'buyer' })

/** The total in the bar at the bottom. */
export const total = (page: Page) => page.locator('.shop-total .k-money')

/** What a toast says. */
export const toast = (page: Page, text: string | RegExp) => page.getByRole('status').getByText(text).first()

/** A button that may be pressed now. */
export const ready = (page: Page, name: string) =>
  page.getByRole('button', { name }).and(page.locator(':not([aria-disabled])'))

type Made = Awaited<ReturnType<Market['goods']>>
export type Goods = Made & { name: string; label: string }

/** The field of a pack's stepper. */
export const units = (page: Page, { label }: Goods) =>
  page.getByRole('group', { name: label }).getByRole('textbox')

/** A basket filled in the guide, looked at in the basket. */
export async function fillBasket(page: Page, lines: readonly (readonly [Goods, number])[]) {
  for (const [one, count] of lines) await units(page, one).fill(String(count))
  await page.getByRole('link', { name: /去下单|核对改单/ }).click()
  await page.getByRole('heading', { level: 1, name: /购物篮|修改订单/ }).waitFor()
}

/** The shop with a market of its own. Minimum order 1,000.00 yuan: two cartons. */
export async function openShop() {
  const app = await openApp()
  const market = await testMarket(app, { minimumFen: 100_000 })

  /** A pack with a name of its own, so that it is found by it. */
  async function goods(name: string, cartons: number, over = {}, at: Market = market): Promise<Goods> {
    const made = await at.goods(cartons, over)
    await app.sql`update products set name = ${name} where id = ${made.sku.productId}`
    return { ...made, name, label: `${name} ${made.sku.spec} 数量` }
  }

  const pin = (shop: Pick<Shop, 'site' | 'guest'>, { sku }: Goods) =>
    app.call(
      'orders.pinGuideItem',
      { params: { siteId: shop.site.id, skuId: sku.id }, body: { pinned: true } },
      shop.guest,
    )

  /** The order placed last. */
  async function orderOf(shop: Shop) {
    const [order] = await app.sql`
      select id, number, day, status, note, version, total_fen as "totalFen" from orders
      where org_id = ${shop.org.id} order by placed_at desc limit 1`
    return order
  }
  return { app, market, goods, pin, orderOf }
}
