import { afterAll, beforeAll, expect, test } from 'vitest'
import { openApp } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

test('a screen whose code could not be fetched says so, and opens when the network is back', async () => {
  const page = await app.signInAs('purchaser')
  await page.getByRole('link', { name: '全部商品' }).waitFor()
  await page.context().setOffline(true)
  await page.getByRole('link', { name: '全部商品' }).click()
  await page.getByText('这一页还没打开').waitFor()
  expect(await page.getByText('我们已收到报告').count()).toBe(0)
  await page.context().setOffline(false)
  await page.getByRole('heading', { level: 1, name: '全部商品' }).waitFor()
})
