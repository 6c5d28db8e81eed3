import { seedOnce } from '@huming/db/seed/run'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
let lot: { code: string; name: string; number: string }
let operations: { id: string; kind: string }
beforeAll(async () => {
  app = await openApp()
  await seedOnce(app.databaseUrl)
  const [found] = await app.sql<(typeof lot)[]>`
    select l.code, p.name, max(o.number) as number
    from trace_edges e join lots l on l.id = e.lot_id join orders o on o.id = e.from_id
    join skus k on k.id = l.sku_id join products p on p.id = k.product_id
    where e.kind = 'delivered' and l.stage = 'received' group by 1, 2 order by count(*) desc, 1 limit 1`
  lot = found as typeof lot
  const [org] = await app.sql<
    (typeof operations)[]
  >`select id, kind from organisations where kind = 'operations'`
  operations = org as typeof operations
})
afterAll(() => app.close())

/** The page of a lot for somebody who never signed in. */
async function opened(path: string, device: typeof phone) {
  const page = await app.newPage(device)
  await page.goto(path)
  return page
}

describe.each([
  ['phone', phone],
  ['desktop', desktop],
] as const)('the trace on a %s', (size, device) => {
  test('anybody reads what the lot in their hand is, without signing in', async () => {
    const page = await opened(`/b/${lot.code}`, device)
    await page.getByRole('heading', { level: 1, name: lot.name }).waitFor()
    await page.getByText('正常流通，没有召回。').waitFor()
    await page.getByRole('heading', { name: '合格证与检测' }).waitFor()
    await page.waitForLoadState('networkidle')
    await axeCheck(page)
    if (size === 'phone') await touchCheck(page)
    await shoot(page, `trace-lot-${size}`)
    await page.context().close()
  })

  test('operations follow a lot to its orders', async () => {
    const page = await app.signInAs('food_safety', { org: operations, path: '/ops/trace', device })
    await page.getByLabel('批次号或订单号').fill(lot.code)
    await page.getByRole('button', { name: '查询' }).click()
    await page.getByRole('heading', { name: /张订单/ }).waitFor()
    await page.waitForLoadState('networkidle')
    expect(await page.getByRole('table').getByRole('link').count()).toBeGreaterThan(0)
    await axeCheck(page)
    if (size === 'phone') await touchCheck(page)
    await shoot(page, `ops-trace-${size}`)
    await page.context().close()
  })
})

test('a recalled lot says so first, in both languages', async () => {
  await app.sql`update lots set stage = 'recalled' where code = ${lot.code}`
  const page = await opened(`/b/${lot.code}`, phone)
  await page.getByRole('alert').getByText('正在召回').waitFor()
  await axeCheck(page)
  await shoot(page, 'trace-recalled-phone')
  await page.evaluate(() => localStorage.setItem('huming.locale', 'en'))
  await page.reload()
  await page.getByRole('alert').getByText('being recalled').waitFor()
  await app.sql`update lots set stage = 'received' where code = ${lot.code}`
  await page.context().close()
})

test('a code that nobody knows leads to the field for another one', async () => {
  const page = await opened('/b/NO-SUCH-LOT', phone)
  await page.getByText('没有找到这个批次').waitFor()
  await page.getByLabel('批次号').fill(lot.code.toLowerCase())
  await page.getByRole('button', { name: '查询' }).click()
  await page.getByRole('heading', { level: 1, name: lot.name }).waitFor()
  await page.context().close()
})

test('who has only the code on the pack types it at the door of the trace', async () => {
  const page = await opened('/trace', phone)
  await page.getByLabel('批次号').fill(lot.code)
  await axeCheck(page)
  await touchCheck(page)
  await page.getByRole('button', { name: '查询' }).click()
  await page.getByRole('heading', { level: 1, name: lot.name }).waitFor()
  const language = await page.getByRole('button', { name: 'English' }).boundingBox()
  expect(language?.height).toBeLessThan(50)
  await page.context().close()
})

test('an order leads back to its lots', async () => {
  const page = await app.signInAs('food_safety', {
    org: operations,
    path: `/ops/trace?by=order&key=${lot.number}`,
    device: desktop,
  })
  await page.getByRole('heading', { name: '1 张订单，1 个收货点' }).waitFor()
  await page.getByText(lot.code).first().waitFor()
  await page.context().close()
})
