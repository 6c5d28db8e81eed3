import type { Client } from '../night/client.ts'
import type { Camera, Page } from './camera.ts'
import type { People } from './people.ts'

/** Puts the first packs of the guide into the basket, as a person would. */
async function fillBasket(page: Page): Promise<void> {
  const more = page.getByRole('button', { name: /^增加/ })
  await more.first().waitFor()
  const count = Math.min(4, await more.count())
  for (let i = 0; i < count; i++) for (let n = 0; n <= i % 3; n++) await more.nth(i).click()
  await page.evaluate('window.scrollTo(0, 0)')
}

/** What can be seen at any hour: the shop, the supplier's goods, the broker's principals, the two governments. */
export async function photographQuiet(camera: Camera, client: Client, people: People): Promise<void> {
  const { purchaser, lister, broker, government } = people
  await camera.take({ name: 'app-sign-in', who: null, path: '/' })
  await camera.take({
    name: 'shop-guide',
    who: purchaser,
    path: '/',
    wait: '.shop-total',
    first: fillBasket,
  })
  await camera.take({
    name: 'shop-catalogue',
    who: purchaser,
    path: '/catalogue',
  })
  await camera.take({
    name: 'shop-basket',
    who: purchaser,
    path: '/',
    wait: 'text=提交订单',
    first: async (page) => {
      await fillBasket(page)
      await page.getByRole('link', { name: '去下单' }).click()
    },
  })
  const { items: offers } = await client.call(
    'catalogue.browse',
    { query: { available: 'true', limit: 40 } },
    purchaser,
  )
  const product = offers[0]?.productId
  if (product) {
    const path = `/products/${product}`
    await camera.take({ name: 'shop-product', who: purchaser, path, devices: ['phone'] })
  }
  await camera.take({
    name: 'coop-home',
    who: lister,
    path: '/coop',
    wait: '.coop-stages b',
    devices: ['phone'],
  })
  await camera.take({ name: 'coop-lots', who: lister, path: '/coop/lots' })
  await camera.take({ name: 'broker-principals', who: broker, path: '/broker' })
  await camera.take({ name: 'gov-report', who: government, path: '/gov', wait: 'text=按三明县区' })
}
