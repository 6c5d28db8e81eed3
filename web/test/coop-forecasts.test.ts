import { makeBuyer, makeHub, makeLot, makeSite, makeSku, makeSupplier } from '@huming/db/factories'
import { askCallOffs } from '@huming/server/supply/ask-call-offs'
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

const filled = (text: string) => text.slice(0, 16)
const shanghai = (hours: number) => filled(new Date(Date.now() + (8 + hours) * 3_600_000).toISOString())

test('a load by truck, rail and truck: planned, booked at the dock, shipped and handed over', async () => {
  await app.sql`insert into dock_slots (id, hub_id, from_minute, to_minute, capacity, valid_from, valid_to)
    select gen_random_uuid(), ${hub.id}, m * 60, m * 60 + 60, 2, '2024-01-01', '2099-12-31' from generate_series(6, 23) m`
  const sku = await pack('速冻扁肉', { zone: 'frozen', shelfLifeDays: 180 })
  const lot = await makeLot(app.db, sku, hub.id, 400_000, {
    stage: 'made',
    readyDay: addDays(today, 2),
    useByDay: addDays(today, 90),
  })
  const id = newId()
  const page = await lister('/')
  await app.call(
    'supply.writeConsignment',
    {
      params: { id },
      body: {
        orgId: coop.id,
        hubId: hub.id,
        plate: '闽G12345',
        lines: [{ lotId: lot.id, quantity: 400_000 }],
      },
    },
    page.guest,
  )
  await page.goto(`/coop/consignments/${id}`)
  await page.getByRole('link', { name: '路线、交接、月台预约' }).click()
  await button(page, '安排路线').click()
  const field = (name: string, nth: number) => page.getByLabel(name).nth(nth)
  await field('终点', 0).fill('三明北站')
  await field('计划出发', 0).fill(shanghai(-2))
  await field('计划到达', 0).fill(shanghai(1))
  await button(page, '再加一段').click()
  await page.getByRole('radiogroup', { name: '方式' }).nth(1).getByText('铁路').click()
  await field('计划到达', 1).fill(shanghai(9))
  await page.getByLabel(/冷冻/).fill('-10')
  await button(page, '保存路线').click()
  await page.getByText('冷链货物须填写车厢设定温度', { exact: false }).waitFor()
  await page.getByLabel(/冷冻/).fill('-20')
  await look(page, 'coop-way-form-phone')
  await button(page, '保存路线').click()
  await page.getByText('铁路 · 三明北站', { exact: false }).waitFor()

  await button(page, '选到仓时段').click()
  const slots = page.getByRole('dialog', { name: '选到仓时段' })
  await slots.locator('select').selectOption({ index: 2 })
  await look(page, 'coop-slots-phone')
  await slots.getByRole('button', { name: /08:00–/ }).click()
  await page.getByText('已申请', { exact: true }).waitFor()

  const { body: load } = await app.call('supply.readConsignment', { params: { id } }, page.guest)
  const sent = await app.call(
    'supply.shipConsignment',
    {
      params: { id },
      body: {
        plate: '闽G12345',
        sealNumber: 'F-1',
        departsAt: load.departsAt ?? '',
        expectedAt: load.expectedAt ?? '',
        version: load.version,
      },
    },
    page.guest,
  )
  expect(sent.problem?.code).toBeUndefined()
  await page.reload()
  await button(page, '登记交接').click()
  const handover = page.getByRole('dialog', { name: /交接/ })
  await handover.getByLabel('冷冻温度').fill('-18.5')
  await handover.getByLabel('接货人').fill('张师傅（示例）')
  await look(page, 'coop-handover-phone')
  await handover.getByRole('button', { name: '登记' }).click()
  await page.getByText('实际出发', { exact: false }).waitFor()
  await look(page, 'coop-way-phone')
})

test('a call-off says by when to leave, and another lot can be offered for it', async () => {
  const buyer = await makeBuyer(app.db)
  const site = await makeSite(app.db, buyer.id, hub.id)
  const purchaser = await app.guest(buyer, ['purchaser'])
  const sku = await pack('永安小白菜')
  const day = addDays(today, 2)
  const made = { stage: 'made', readyDay: day, useByDay: addDays(today, 11) }
  await makeLot(app.db, sku, hub.id, 200_000, made)
  const order = newId()
  const placed = await app.call(
    'orders.place',
    {
      params: { id: order },
      body: {
        siteId: site.id,
        day,
        windowFrom: site.windowFrom,
        windowTo: site.windowTo,
        expectedTotalFen: 250_000,
        lines: [{ skuId: sku.id, units: 5 }],
      },
    },
    purchaser,
  )
  expect(placed.problem?.code).toBeUndefined()
  await makeLot(app.db, sku, hub.id, 200_000, made)
  await app.sql`insert into timeline_steps (id, hub_id, step, minutes, valid_from, valid_to)
    select gen_random_uuid(), ${hub.id}, s.step, s.minutes, '2024-01-01', '2099-12-31'
    from (values ('answer', 60), ('load', 90), ('line_haul', 780), ('dock', 120), ('wave', 100), ('delivery', 60)) s(step, minutes)`
  await app.sql`insert into offer_rules (id, kind, spare_days, valid_from, valid_to)
    values (${newId()}, 'other_lot', 2, '2024-01-01', '2099-12-31')`
  await app.sql`update orders set status = 'frozen', frozen_at = now() where id = ${order}`
  await askCallOffs(app.system(), { hubId: hub.id, day })

  const page = await lister('/call-offs')
  await page.getByText(/最晚 .* 发车/).waitFor()
  await look(page, 'coop-call-off-phone')
  await button(page, '换一批').click()
  const dialog = page.getByRole('dialog', { name: '用别的批次代替' })
  await dialog.getByRole('radio').first().check({ force: true })
  await look(page, 'coop-offer-phone')
  await dialog.getByRole('button', { name: '提出' }).click()
  await page.getByText('已按规则接受，订单已换到新批次').waitFor()
  const moved = await app.sql`select promised from lots where sku_id = ${sku.id} order by created_at`
  expect(moved.map((one) => one['promised'])).toEqual([0, 50_000])
})
