import {
  makeBuyer,
  makeHub,
  makeLot,
  makeOrg,
  makePerson,
  makeSite,
  makeSku,
  makeSupplier,
} from '@huming/db/factories'
import { makePickedOrder, makeVehicle, makeWave } from '@huming/db/factories-dispatch'
import { SHANGHAI_DISTRICTS } from '@huming/shared/districts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

const shops = ['曲阳路店', '五角场店', '江桥店', '北外滩店', '张江店', '陆家嘴店', '七宝店', '南翔店']

/** A hub with three vans, a picked wave over the districts, and one order of live fish that nothing carries. */
async function night() {
  const { db } = app
  const hub = await makeHub(db, { name: '示例嘉定仓' })
  const carrier = await makeOrg(db, 'carrier', { shortName: '示例城配' })
  for (const [i, name] of ['示例赵师傅', '示例钱师傅', '示例孙师傅'].entries()) {
    const driver = await makePerson(db, carrier.id, ['driver'], { name })
    await makeVehicle(db, hub.id, carrier.id, {
      plate: `沪示A${i}088${hub.id.slice(-2)}`,
      capacityGrams: 450_000,
      capacityMillilitres: 1_000_000,
      ...(i < 2 && { driverPersonId: driver.id }),
    })
  }
  const supplier = await makeSupplier(db)
  const sku = await makeSku(db, supplier.id)
  const fish = await makeSku(db, supplier.id, { zone: 'live' })
  const lot = await makeLot(db, sku, hub.id, 10_000_000)
  const fishLot = await makeLot(db, fish, hub.id, 1_000_000)
  const wave = await makeWave(db, hub.id)
  const buyer = await makeBuyer(db, { shortName: '示例小吃' })
  for (const [i, shop] of shops.entries()) {
    const { point } = SHANGHAI_DISTRICTS[i * 2] ?? { point: hub }
    const site = await makeSite(db, buyer.id, hub.id, { name: `示例 ${shop}`, ...point, windowFrom: 210 })
    await makePickedOrder(db, wave, site, [{ sku, lot, quantity: 120_000 }])
  }
  const pond = await makeSite(db, buyer.id, hub.id, { name: '示例 海鲜酒楼' })
  await makePickedOrder(db, wave, pond, [{ sku: fish, lot: fishLot, quantity: 50_000 }])
  return { hub, wave, org: { id: hub.orgId, kind: 'warehouse' } }
}

test('a dispatcher plans, moves a stop, puts a leftover on a van, gives a driver and dispatches', async () => {
  const { org, hub } = await night()
  const page = await app.signInAs('dispatcher', {
    org,
    device: { viewport: { width: 1440, height: 900 } },
    path: '/warehouse/dispatch',
  })
  await page.getByRole('button', { name: '排线' }).waitFor()
  await axeCheck(page)
  await shoot(page, 'dispatch-waves')
  await page.getByRole('button', { name: '排线' }).click()
  await page.getByText('没有对应温区的车').waitFor()
  await axeCheck(page)
  await shoot(page, 'dispatch-plan')
  const runs = page.getByRole('list', { name: '车次' }).getByRole('region')
  await runs.first().getByRole('button', { name: '站点明细' }).click()
  await shoot(page, 'dispatch-stops')
  const moved = await runs.first().getByRole('button', { name: /^调整/ }).first().getAttribute('aria-label')
  await runs.first().getByRole('button', { name: /^调整/ }).first().click()
  await axeCheck(page)
  await page.getByRole('dialog').getByRole('button', { name: '调整' }).click()
  await page.getByText('已调整，到达时间已重新计算').waitFor()
  await expect
    .poll(() => runs.first().getByRole('button', { name: /^调整/ }).last().getAttribute('aria-label'))
    .toBe(moved)
  await page.getByRole('button', { name: /^把 示例 海鲜酒楼/ }).click()
  await page.getByLabel('到哪趟车').selectOption({ index: 1 })
  await page.getByRole('dialog').getByRole('button', { name: '排到车上' }).click()
  await page.getByText('不能运输这种温区的货物').waitFor()
  await shoot(page, 'dispatch-refused')
  await app.sql`update vehicles set zones = zones || array['live'] where hub_id = ${hub.id}`
  await page.getByRole('dialog').getByRole('button', { name: '排到车上' }).click()
  await page.getByText('全部订单都排上了车').waitFor()
  await page.getByRole('button', { name: '全部派车' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '全部派车' }).click()
  await page.getByText(/请先为 .* 安排司机/).waitFor()
  const idle = runs.filter({ has: page.locator('select option:checked', { hasText: '未安排司机' }) })
  await idle.getByRole('combobox').selectOption({ label: await driverLabel(page, '示例孙师傅') })
  await expect.poll(() => idle.count()).toBe(0)
  await page.getByRole('button', { name: '全部派车' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '全部派车' }).click()
  await page.getByText('已派车').first().waitFor()
  await expect.poll(() => page.getByText('装车中').count()).toBeGreaterThan(0)
  expect(await page.getByRole('button', { name: '重新排线' }).count()).toBe(0)
  await axeCheck(page)
  await shoot(page, 'dispatch-sent')
})

async function driverLabel(page: Awaited<ReturnType<typeof app.signInAs>>, name: string): Promise<string> {
  const text = await page.locator('select option', { hasText: name }).first().textContent()
  return text ?? ''
}

test('the desk fits a phone, in the dark too', async () => {
  const { org, wave } = await night()
  const page = await app.signInAs('lead', {
    org,
    device: { ...phone, colorScheme: 'dark' },
    path: '/warehouse/dispatch',
  })
  await page.getByRole('button', { name: '排线' }).click()
  await page.getByText('没有对应温区的车').waitFor()
  await page.getByRole('button', { name: '站点明细' }).first().click()
  await axeCheck(page)
  await touchCheck(page)
  await page.screenshot({ path: '.data/shots/dispatch-phone.png', fullPage: true })
  const picker = await app.signInAs('picker', { org, device: desktop, path: '/warehouse' })
  await picker.getByRole('navigation').waitFor()
  expect(await picker.getByRole('link', { name: '派车' }).count()).toBe(0)
  expect((await app.call('routes.plan', { params: { waveId: wave.id } }, picker.guest)).problem.code).toBe(
    'forbidden',
  )
})
