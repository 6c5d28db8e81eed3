import { makeHub, makeLot, makeOrg, makeSku, makeSupplier } from '@huming/db/factories'
import { weekOf } from '@huming/server/supply/forecast-rules'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, shoot } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
let hub: Awaited<ReturnType<typeof makeHub>>
let centre: Awaited<ReturnType<typeof makeOrg>>
let sku: Awaited<ReturnType<typeof makeSku>>
let coop: Awaited<ReturnType<typeof makeSupplier>>
const today = serviceDayOf(new Date())

beforeAll(async () => {
  app = await openApp()
  hub = await makeHub(app.db, { name: '江桥城市仓（示例）' })
  centre = await makeOrg(app.db, 'operations')
  coop = await makeSupplier(app.db, { shortName: '示例沙县基地' })
  sku = await makeSku(
    app.db,
    coop.id,
    { zone: 'frozen', shelfLifeDays: 90 },
    { product: { name: '沙县蒸饺' } },
  )
  await makeLot(app.db, sku, hub.id, 500_000, { stage: 'made', readyDay: addDays(today, 2) })
  await app.sql`insert into timeline_steps (id, hub_id, step, minutes, valid_from, valid_to)
    select gen_random_uuid(), ${hub.id}, s.step, s.minutes, '2024-01-01', '2099-12-31'
    from (values ('answer', 60), ('load', 90), ('line_haul', 780), ('dock', 120), ('wave', 100), ('delivery', 60)) s(step, minutes)`
})
afterAll(() => app.close())

const admin = (path: string) => app.signInAs('admin', { org: centre, path: `/ops${path}`, device: desktop })

test('operations see which step fails, and can set no cut-off that the goods cannot meet', async () => {
  const page = await admin('/supply')
  await page.getByText('有 7 类买家的截单，货赶不上。').waitFor()
  await axeCheck(page)
  await shoot(page, 'ops-supply-check')
  const row = page.getByRole('row', { name: /沙县小吃店/ })
  await row.getByRole('button', { name: '改' }).click()
  const dialog = page.getByRole('dialog', { name: '沙县小吃店的截单' })
  await dialog.getByLabel('截单时间').fill('22:00')
  await dialog.getByRole('button', { name: '设为新截单' }).click()
  await dialog.getByText(/到仓验收来不及（沙县蒸饺等1种）/).waitFor()
  await dialog.getByLabel('基地的货单独提前要货').check({ force: true })
  await dialog.getByLabel('提前几天要货').fill('2')
  await dialog.getByLabel('要货时间').fill('16:00')
  await axeCheck(page)
  await shoot(page, 'ops-supply-cut-off')
  await dialog.getByRole('button', { name: '设为新截单' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByLabel('送货日').selectOption({ index: 4 })
  await page.getByText('有 6 类买家的截单，货赶不上。').waitFor()
  expect(await app.sql`select minutes from call_off_times where hub_id = ${hub.id}`).toEqual([
    { minutes: 960 },
  ])
})

test('an offer is taken or refused with a reason', async () => {
  const callOff = newId()
  await app.sql`insert into call_offs (id, org_id, hub_id, day, sku_id, quantity, status, created_at)
    values (${callOff}, ${coop.id}, ${hub.id}, ${addDays(today, 2)}, ${sku.id}, 50000, 'asked', now())`
  const other = await makeLot(app.db, sku, hub.id, 50_000, { stage: 'made', readyDay: addDays(today, 4) })
  await app.sql`insert into call_off_offers (id, call_off_id, org_id, hub_id, kind, lot_id, quantity, day, status, note, created_at)
    values (${newId()}, ${callOff}, ${coop.id}, ${hub.id}, 'later_day', ${other.id}, 50000, ${addDays(today, 4)}, 'offered', '设备检修', now())`
  const page = await admin('/supply?tab=offers')
  await page.getByText('设备检修').waitFor()
  await axeCheck(page)
  await shoot(page, 'ops-supply-offers')
  await page.getByRole('button', { name: '不接受' }).click()
  const dialog = page.getByRole('dialog', { name: '不接受' })
  await dialog.getByLabel('不接受的原因').fill('食堂不能改天')
  await dialog.getByRole('button', { name: '不接受' }).click()
  await page.getByText('没有待决定的提议').waitFor()
  const [notice] = await app.sql`select key from notices where org_id = ${coop.id}`
  expect(notice?.['key']).toBe('notice.offer_refused')
})

test('trust is explained week by week, and can be set for a time', async () => {
  const week = addDays(weekOf(today), -14)
  const lot = await makeLot(app.db, sku, hub.id, 460_000, { madeOn: addDays(week, 1) })
  const load = newId()
  await app.sql`insert into forecasts (lot_id, org_id, sku_id, hub_id, week, harvest_day, said_quantity, said_at)
    values (${lot.id}, ${coop.id}, ${sku.id}, ${hub.id}, ${week}, ${addDays(week, 1)}, 500000, now())`
  await app.sql`insert into consignments (id, number, org_id, hub_id, status, created_by, created_at)
    values (${load}, ${load}, ${coop.id}, ${hub.id}, 'received', ${newId()}, now())`
  await app.sql`insert into consignment_lines (id, consignment_id, lot_id, quantity, received_quantity, photo_file_ids)
    values (${newId()}, ${load}, ${lot.id}, 460000, 460000, '[]')`
  const page = await admin('/supply?tab=trust')
  await page.getByRole('row', { name: /示例沙县基地/ }).waitFor()
  await axeCheck(page)
  await page.getByRole('button', { name: '看原因' }).click()
  const dialog = page.getByRole('dialog', { name: /沙县蒸饺/ })
  await dialog.getByText('您报 50 箱 (500 kg)，送到 46 箱 (460 kg)').waitFor()
  await dialog.getByLabel('可预售比例').fill('90')
  await dialog.getByLabel('原因（供货方会看到）').fill('三年都准时')
  await axeCheck(page)
  await shoot(page, 'ops-supply-trust')
  await dialog.getByRole('button', { name: '设定', exact: true }).click()
  await page.getByRole('row', { name: /90%/ }).waitFor()
})
