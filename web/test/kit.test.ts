import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
let page: Page
beforeAll(async () => {
  app = await openApp({ root: join(import.meta.dirname, 'kit') })
  page = await app.newPage(desktop)
  await page.goto('/')
})
afterAll(() => app.close())

const said = () => page.locator('#said').innerText()

test.for([
  ['phone', 'light', phone],
  ['phone', 'dark', phone],
  ['desktop', 'light', desktop],
  ['desktop', 'dark', desktop],
] as const)('has no accessibility violation on a %s in %s', async ([name, colorScheme, device]) => {
  const other = await app.newPage({ ...device, colorScheme })
  await other.goto('/')
  await other.getByRole('heading', { name: '作业' }).waitFor()
  await axeCheck(other)
  if (name === 'phone') await touchCheck(other)
  const height = await other.evaluate(() => document.documentElement.scrollHeight)
  await other.setViewportSize({ width: device.viewport?.width ?? 360, height })
  await shoot(other, `kit-${name}-${colorScheme}`)
  await other.context().close()
})

test('a stepper steps, takes what is typed, and comes back inside its limits', async () => {
  const boxes = page.getByRole('textbox', { name: '莲子 (箱)' })
  const value = () => page.locator('#boxes').innerText()
  await page.getByRole('button', { name: '增加莲子' }).click()
  expect(await value()).toBe('3')
  await boxes.fill('１2')
  expect(await value()).toBe('12')
  await boxes.press('ArrowDown')
  expect(await value()).toBe('11')
  await boxes.fill('500')
  expect(await value()).toBe('11')
  await boxes.press('Enter')
  expect(await value()).toBe('99')
  expect(await page.getByRole('button', { name: '增加莲子' }).getAttribute('aria-disabled')).toBe('true')
  await boxes.fill('')
  expect(await value()).toBe('null')
  await page.getByRole('button', { name: '增加鸭腿' }).click()
  expect(await page.locator('#kilos').innerText()).toBe('3')
})

test('a refused button says why and does nothing', async () => {
  const button = page.getByRole('button', { name: '改单' })
  await button.click({ force: true })
  expect(await said()).not.toBe('never')
  expect(
    await button.evaluate(
      (one) => document.getElementById(one.getAttribute('aria-describedby') ?? '')?.innerText,
    ),
  ).toBe('已过截单时间')
})

test('a dialog keeps the focus and gives it back', async () => {
  const opener = page.getByRole('button', { name: '打开对话框' })
  await opener.click()
  await page.getByRole('dialog', { name: '选择车辆' }).waitFor()
  await axeCheck(page)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await opener.evaluate((one) => one === document.activeElement)).toBe(true)
  await page.getByRole('button', { name: '作废' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
  expect(await said()).not.toBe('voided')
  await page.getByRole('button', { name: '作废' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '作废' }).click()
  await expect.poll(said).toBe('voided')
})

test('a toast is said, and its action works over everything', async () => {
  await page.getByRole('button', { name: '提示', exact: true }).click()
  await page.getByRole('status').getByRole('button', { name: '撤销' }).click()
  await expect.poll(said).toBe('undone')
})

test('tabs and lists follow the keys', async () => {
  await page.getByRole('tab', { name: '货品' }).focus()
  await page.keyboard.press('ArrowLeft')
  expect(await page.getByRole('tabpanel').innerText()).toBe('第 three 页')
  const entry = page.getByRole('combobox', { name: '快速录入' })
  await entry.fill('县')
  await page.getByRole('option', { name: '沙县扁肉' }).waitFor()
  await entry.press('Enter')
  expect(await said()).toBe('picked 沙县扁肉')
  expect(await entry.inputValue()).toBe('')
  await entry.fill('没有')
  expect(await page.getByRole('listbox').getByRole('option').innerText()).toBe('没有符合条件的结果')
  await entry.press('Escape')
  expect(await entry.getAttribute('aria-expanded')).toBe('false')
})

test('a closed day cannot be chosen and says why', async () => {
  const closed = page.getByRole('radio', { name: /周日不送/ })
  expect(await closed.isDisabled()).toBe(true)
  await page.getByRole('radio', { name: /11月27日/ }).click()
  expect(await page.getByRole('radio', { name: /11月27日/ }).isChecked()).toBe(true)
})

test('a table sorts by number and by name', async () => {
  const names = () => page.getByRole('row').locator('td:first-child').allInnerTexts()
  await page.getByRole('button', { name: '金额' }).click()
  expect(await names()).toEqual(['曹杨菜场', '五角场沙县小吃', '复旦大学食堂'])
  await page.getByRole('button', { name: '金额' }).click()
  expect(await names()).toEqual(['复旦大学食堂', '五角场沙县小吃', '曹杨菜场'])
  expect(await page.getByRole('columnheader', { name: '金额' }).getAttribute('aria-sort')).toBe('descending')
})

test('a scanner is heard anywhere, a wrong code is refused aloud, and typing works too', async () => {
  await page.getByRole('heading', { name: 'kit' }).click()
  const scan = (code: string) =>
    page.evaluate((text) => {
      for (const key of [...text.split(''), 'Enter'])
        window.dispatchEvent(new KeyboardEvent('keydown', { key }))
    }, code)
  await scan(']C1L2026-01')
  await expect.poll(said).toBe('scanned L2026-01')
  await scan('X99')
  await page.getByRole('alert').getByText('这不是要拣的批次').waitFor()
  await page.getByLabel('扫码或输入编号').fill('Ｌ77')
  await page.keyboard.press('Enter')
  await expect.poll(said).toBe('scanned L77')
})

test('a signature is drawn with the pointer and can be cleared', async () => {
  const pad = page.getByRole('img', { name: /收货人/ })
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (!box) throw new Error('no pad')
  await page.mouse.move(box.x + 30, box.y + 90)
  await page.mouse.down()
  await page.mouse.move(box.x + 200, box.y + 40, { steps: 8 })
  await page.mouse.up()
  await expect.poll(said).toBe('signed image/png')
  const ink = await pad.evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
    return [...data].filter((value, index) => index % 4 === 0 && value < 100).length
  })
  expect(ink).toBeGreaterThan(200)
  await page.getByRole('button', { name: '重签' }).click()
  await expect.poll(said).toBe('cleared')
})
