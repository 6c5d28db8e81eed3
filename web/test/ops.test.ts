import { seedOnce } from '@huming/db/seed/run'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
let operations: { id: string; kind: string }
let government: { id: string; kind: string }
beforeAll(async () => {
  app = await openApp()
  await seedOnce(app.databaseUrl)
  const rows = await app.sql<{ id: string; kind: string }[]>`
    select distinct on (kind) id, kind from organisations where kind in ('operations', 'government') order by kind, id`
  operations = rows.find((row) => row.kind === 'operations') as typeof operations
  government = rows.find((row) => row.kind === 'government') as typeof government
})
afterAll(() => app.close())

/** How many figures stand in the first row of figures. */
const tilesAbreast = async (page: Page): Promise<number> => {
  const boxes = await page
    .locator('.tiles')
    .first()
    .locator('.k-tile')
    .evaluateAll((tiles) => tiles.map((tile) => tile.getBoundingClientRect().top))
  return boxes.filter((top) => top === boxes[0]).length
}

const screens = [
  ['/ops', '今夜总览', 'board'],
  ['/ops/orders', '订单', 'orders'],
  ['/ops/cut-offs', '截单与日历', 'cut-offs'],
  ['/ops/organisations', '合作单位', 'organisations'],
  ['/ops/queues', '任务队列', 'queues'],
  ['/ops/audit', '系统对账', 'audit'],
] as const

describe.each([
  ['phone', phone],
  ['desktop', desktop],
] as const)('operations on a %s', (size, device) => {
  test.each(screens)('%s reads well', async (path, heading, name) => {
    const page = await app.signInAs('admin', { org: operations, path, device })
    await page.getByRole('heading', { level: 1, name: heading }).waitFor()
    await page.waitForLoadState('networkidle')
    await axeCheck(page)
    if (size === 'phone') await touchCheck(page)
    if (size === 'phone' && name === 'board') expect(await tilesAbreast(page)).toBe(2)
    await shoot(page, `ops-${name}-${size}`)
    await page.context().close()
  })

  test('the report of a government shows sums only', async () => {
    const page = await app.signInAs('government', { org: government, path: '/gov', device })
    await page.getByRole('heading', { name: '按三明县区' }).waitFor()
    await page.getByText('每单碳排放（kg CO₂e）').waitFor()
    await axeCheck(page)
    await shoot(page, `gov-${size}`)
    await page.context().close()
  })
})

test('an order is found, opened and read with its lots and its way', async () => {
  const page = await app.signInAs('admin', {
    org: operations,
    path: '/ops/orders?status=accepted',
    device: desktop,
  })
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('heading', { name: '经过' }).waitFor()
  await expect.poll(() => page.getByText('已下单').count()).toBeGreaterThan(0)
  await axeCheck(page)
  await shoot(page, 'ops-order-desktop')
  await page.context().close()
})

test('a buyer is registered and given a person, who can then sign in', async () => {
  const page = await app.signInAs('admin', { org: operations, path: '/ops/organisations', device: desktop })
  await page.getByRole('button', { name: '登记单位' }).click()
  await page.getByLabel('名称', { exact: true }).fill('示例新店')
  await page.getByLabel('简称').fill('新店')
  await page.getByLabel('信用额度').fill('5000')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { level: 1, name: '示例新店' }).waitFor()
  await page.getByRole('button', { name: '添加人员' }).click()
  await page.getByLabel('姓名').fill('示例店长')
  await page.getByLabel('手机号').fill('19988887777')
  await page.getByLabel('初始密码').fill('long-enough-9')
  await page.getByLabel('采购', { exact: true }).check()
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('19988887777').waitFor()
  const entered = await app.call('accounts.signIn', {
    body: { phone: '19988887777', password: 'long-enough-9' },
  })
  expect([entered.status, entered.body.org.name]).toEqual([200, '示例新店'])
  await page.context().close()
})

test('the books are proved from the screen and hold', async () => {
  const page = await app.signInAs('admin', { org: operations, path: '/ops/audit', device: desktop })
  await page.getByRole('button', { name: '立即对账' }).click()
  await page.getByText('项全部相符').first().waitFor()
  await shoot(page, 'ops-audit-run')
  await page.context().close()
})

test('a cut-off is closed early after a question', async () => {
  const page = await app.signInAs('admin', { org: operations, path: '/ops/cut-offs', device: desktop })
  await page.getByRole('button', { name: '提前截单' }).last().click()
  await page.getByRole('dialog').getByRole('button', { name: '提前截单' }).click()
  await page
    .getByText(/已截 \d+ 单/)
    .first()
    .waitFor()
  await page.context().close()
})
