import { makeHub, makeSku, makeSupplier } from '@huming/db/factories'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
let hub: Awaited<ReturnType<typeof makeHub>>
let coop: Awaited<ReturnType<typeof makeSupplier>>
const today = serviceDayOf(new Date())

beforeAll(async () => {
  app = await openApp()
  hub = await makeHub(app.db)
  coop = await makeSupplier(app.db, { shortName: '示例蔬菜合作社', name: '示例永安蔬菜合作社' })
})
afterAll(() => app.close())

const lister = (path: string, device = phone) =>
  app.signInAs('lister', { org: coop, path: `/coop${path}`, device })
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })
async function look(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.querySelector<HTMLElement>('.k-toasts:popover-open')?.hidePopover())
  await axeCheck(page)
  if ((page.viewportSize()?.width ?? 0) < 400) await touchCheck(page)
  await shoot(page, name)
}
const pack = (name: string, over: object = {}) =>
  makeSku(
    app.db,
    coop.id,
    { shelfLifeDays: 12, zone: 'chilled', ...over },
    { product: { name, nameEn: name } },
  )
const forecasts = () =>
  app.sql`select f.harvest_day as day, l.quantity, l.stage, f.copied from forecasts f join lots l on l.id = f.lot_id
    where l.org_id = ${coop.id} order by f.harvest_day, l.quantity`

test('last week is copied with one tap, a day is changed, and without a connection nothing is lost', async () => {
  const [lettuce] = [await pack('永安莴苣'), await pack('永安黄椒'), await pack('永安淮山')]
  const monday = addDays(today, 1 - ((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7) - 1)
  const lastThursday = addDays(monday, -4)
  const lot = newId()
  await app.sql`insert into lots (id, code, sku_id, org_id, hub_id, stage, quantity, promisable, ready_day, use_by_day, created_at)
    values (${lot}, ${`OLD-${lot.slice(-6)}`}, ${lettuce.id}, ${coop.id}, ${hub.id}, 'used_up', 300000, 0, ${lastThursday}, ${today}, now())`
  await app.sql`insert into forecasts (lot_id, org_id, sku_id, hub_id, week, harvest_day, said_quantity, said_at)
    values (${lot}, ${coop.id}, ${lettuce.id}, ${hub.id}, ${addDays(monday, -7)}, ${lastThursday}, 300000, now())`

  const page = await lister('/forecasts')
  await page.getByText('永安莴苣', { exact: true }).waitFor()
  await page.getByText('已全部保存').waitFor()
  await look(page, 'coop-forecasts-empty-phone')

  // The next week, from this one: fill in one day by hand, then take the rest over.
  await button(page, /永安莴苣.*填写/)
    .nth(1)
    .click()
  const dialog = page.getByRole('dialog', { name: /永安莴苣/ })
  await dialog.getByRole('textbox', { name: /预计数量/ }).fill('42')
  await look(page, 'coop-forecast-cell-phone')
  await dialog.getByRole('button', { name: '填好了' }).click()
  await page.getByText('已全部保存').waitFor()
  expect(await forecasts()).toMatchObject([
    { stage: 'used_up' },
    { quantity: 420_000, stage: 'planned', copied: false },
  ])

  await page.context().setOffline(true)
  await button(page, '照前一周填').nth(2).click()
  await page.getByText('1 项还没存到服务器，联网后自动保存').waitFor()
  await look(page, 'coop-forecasts-offline-phone')
  expect(await forecasts()).toHaveLength(2)
  await page.context().setOffline(false)
  await page.reload()
  await page.getByText('已全部保存').waitFor()
  await expect.poll(async () => (await forecasts()).at(-1)).toMatchObject({ quantity: 420_000, copied: true })

  await button(page, /可预售 70%/)
    .first()
    .click()
  await page.getByText('还没有记录，按起始比例计算。').or(page.getByText('没有要货，不计')).first().waitFor()
  await look(page, 'coop-trust-phone')
})

test('what the server does not take is said at the cell and can be dropped', async () => {
  await app.sql`update products set seasons = '[{"from":"02-01","to":"02-02","peak":false}]' where name = '永安黄椒' and org_id = ${coop.id}`
  const page = await lister('/forecasts', desktop)
  await button(page, /永安黄椒.*非上市季/)
    .nth(1)
    .click()
  const dialog = page.getByRole('dialog', { name: /永安黄椒/ })
  await dialog.getByRole('textbox', { name: /预计数量/ }).fill('5')
  await dialog.getByText('采收日不在该商品的上市季内', { exact: false }).waitFor()
  await look(page, 'coop-forecast-refused-desktop')
  await dialog.getByRole('button', { name: '放弃这次修改' }).click()
  await dialog.getByRole('button', { name: '填好了' }).click()
  await page.getByText('已全部保存').waitFor()
  expect((await forecasts()).filter((one) => one['quantity'] === 50_000)).toEqual([])
})
