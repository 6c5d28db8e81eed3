import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

test('a stranger is asked to sign in, and wrong words are refused with a sentence', async () => {
  const page = await app.newPage(phone)
  await page.goto('/orders/1?x=1')
  await page.waitForURL('**/sign-in?to=%2Forders%2F1%3Fx%3D1')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect.poll(() => page.getByText('请填 11 位手机号').count()).toBe(1)
  await page.getByLabel('手机号').fill('19900000000')
  await page.getByLabel('密码', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page
    .getByRole('alert')
    .getByText(/手机号或密码/)
    .waitFor()
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'sign-in-phone')
})

test('language and theme change at once and are remembered', async () => {
  const page = await app.newPage(desktop)
  await page.goto('/sign-in')
  await page.getByText('English').click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await page.getByText('Dark').click()
  await axeCheck(page)
  await shoot(page, 'sign-in-dark-en')
  await page.reload()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(
    await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset['theme']]),
  ).toEqual(['en', 'dark'])
})

test('everyone lands in the console of their role, and may leave on every device', async () => {
  const page = await app.signInAs('driver')
  await page.waitForURL('**/driver')
  await page.getByRole('button', { name: '账号' }).click()
  await page.getByRole('button', { name: '在所有设备上退出' }).click()
  await axeCheck(page)
  await page
    .getByRole('dialog', { name: '在所有设备上退出' })
    .getByRole('button', { name: '在所有设备上退出' })
    .click()
  await page.waitForURL('**/sign-in')
  await page.goto('/driver')
  await page.waitForURL('**/sign-in?to=%2Fdriver')
})

test('another role’s console says so', async () => {
  const page = await app.signInAs('purchaser', { path: '/warehouse', device: desktop })
  await page.getByRole('heading', { name: '这里属于别的岗位' }).waitFor()
  await axeCheck(page)
})
