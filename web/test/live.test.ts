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
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

const minute = 60_000
const at = (minutes: number) => new Date(Date.now() + minutes * minute)

/** One truck on the road: a door served late, one that is in danger, one that failed. */
async function night() {
  const { db } = app
  const hub = await makeHub(db, { name: '示例嘉定仓' })
  const carrier = await makeOrg(db, 'carrier')
  const driver = await makePerson(db, carrier.id, ['driver'], { name: '示例赵师傅' })
  const vehicle = await makeVehicle(db, hub.id, carrier.id, { driverPersonId: driver.id })
  const supplier = await makeSupplier(db)
  const sku = await makeSku(db, supplier.id)
  const lot = await makeLot(db, sku, hub.id, 1_000_000)
  const wave = await makeWave(db, hub.id)
  const buyer = await makeBuyer(db, { shortName: '示例小吃' })
  const orders = []
  for (const [i, name] of ['曲阳路店', '江桥店', '张江店'].entries()) {
    const site = await makeSite(db, buyer.id, hub.id, {
      name: `示例 ${name}`,
      lngE6: 121_300_000 + i * 30_000,
    })
    orders.push(await makePickedOrder(db, wave, site, [{ sku, lot, quantity: 10_000 }]))
  }
  return { hub, vehicle, wave, buyer, orders, day: wave.day, org: { id: hub.orgId, kind: 'warehouse' } }
}

async function onRoad(
  world: Awaited<ReturnType<typeof night>>,
  page: Awaited<ReturnType<typeof app.signInAs>>,
) {
  const post = async (path: string, data: object) => {
    const answer = await page.request.post(path, { data })
    expect(answer.status(), path).toBe(200)
    return answer.json()
  }
  const plan = await post(`/api/waves/${world.wave.id}/plan`, {})
  const runId = plan.runs[0].id as string
  await post(`/api/plans/${plan.id}/dispatch`, {})
  await app.sql`update runs set status = 'on_road', depart_at = ${at(-90)} where id = ${runId}`
  const [first, second, third] = plan.runs[0].stops as { id: string }[]
  await app.sql`update stops set planned_arrive_at = ${at(-60)}, window_from_at = ${at(-90)}, window_to_at = ${at(-40)},
    arrived_at = ${at(-30)}, finished_at = ${at(-10)}, status = 'delivered' where id = ${first?.id ?? ''}`
  await app.sql`update stops set planned_arrive_at = ${at(-20)}, window_from_at = ${at(-60)}, window_to_at = ${at(2)}
    where id = ${second?.id ?? ''}`
  await app.sql`update stops set planned_arrive_at = ${at(-30)}, window_from_at = ${at(-60)}, window_to_at = ${at(60)},
    finished_at = ${at(-5)}, status = 'failed', fail_reason = 'closed' where id = ${third?.id ?? ''}`
  return runId
}

test('the dispatcher sees danger and its reason, and can hand a broken truck over', async () => {
  const world = await night()
  const page = await app.signInAs('dispatcher', { org: world.org, device: desktop })
  await onRoad(world, page)
  await app.sql`update order_lines set cut_quantity = 1000, cut_reason = 'held' where order_id = ${world.orders[0]?.id ?? ''}`
  await page.goto(`/warehouse/live?day=${world.day}`)
  await page.getByRole('heading', { name: '夜班实况' }).waitFor()
  await page.getByText('1 行，共 1 行').waitFor()
  const run = page.getByRole('region', { name: world.vehicle.plate })
  await run.waitFor()
  expect(await run.getByText('下一站').textContent()).toContain('约')
  expect(await page.getByText('待处理的站点').count()).toBeGreaterThan(0)
  await run.getByRole('button', { name: '站点明细' }).click()
  expect(await run.getByText('高').count()).toBeGreaterThan(0)
  await axeCheck(page)
  await shoot(page, 'live-desktop')
  await page.setViewportSize({ width: 360, height: 780 })
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'live-phone')
  await run.getByRole('button', { name: '车辆故障' }).click()
  await page.getByLabel('故障原因').fill('示例：爆胎')
  await page.getByText('没有别的车可用').waitFor()
  expect(await page.getByRole('button', { name: '确认接驳' }).isDisabled()).toBe(true)
  await shoot(page, 'live-relay-phone')
})

test('the dispatcher sends a failed door’s goods there again tonight', async () => {
  const world = await night()
  const page = await app.signInAs('dispatcher', { org: world.org, device: desktop })
  await onRoad(world, page)
  await app.sql`update orders set status = case when s.status = 'failed' then 'failed' else 'loaded' end
    from stop_orders so join stops s on s.id = so.stop_id
    where so.order_id = orders.id and orders.id = any(${world.orders.map((order) => order.id)}::uuid[])`
  await page.setViewportSize({ width: 360, height: 780 })
  await page.goto(`/warehouse/live?day=${world.day}`)
  await page.getByRole('button', { name: '决定' }).click()
  await page.getByLabel('备注').fill('示例：店主十分钟后到')
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'live-decide-phone')
  await page.getByRole('button', { name: '确认' }).click()
  await page.getByText(`决定今晚由 ${world.vehicle.plate} 再送`).waitFor()
  expect(await page.getByRole('button', { name: '决定' }).count()).toBe(0)
  await shoot(page, 'live-decided-phone')
  const waiting = await app.sql`select s.seq from stops s join runs r on r.id = s.run_id
    where r.hub_id = ${world.hub.id} and s.status = 'waiting' order by s.seq`
  expect(waiting.map((row) => row['seq'])).toEqual([2, 4])
})

test('the buyer makes a link; whoever opens it sees the time without signing in', async () => {
  const world = await night()
  const desk = await app.signInAs('dispatcher', { org: world.org, device: desktop })
  await onRoad(world, desk)
  const page = await app.signInAs('purchaser', { org: { id: world.buyer.id, kind: 'buyer' } })
  await app.sql`update orders set placed_by = ${page.guest.personId} where id = any(${world.orders.map((order) => order.id)}::uuid[])`
  const waiting = await app.sql<{ id: string }[]>`
    select so.order_id as id from stop_orders so join stops s on s.id = so.stop_id
    where s.status = 'waiting' and so.order_id = any(${world.orders.map((order) => order.id)}::uuid[])`
  await page.goto(`/orders/${waiting[0]?.id}`)
  await page.getByText('配送途中').waitFor()
  await page.getByRole('button', { name: '生成链接' }).click()
  const link = page.locator('.arrival-link')
  await link.waitFor()
  await shoot(page, 'shop-arrival-phone')
  const address = (await link.getAttribute('href')) ?? ''
  const guest = await app.newPage()
  await guest.goto(address)
  await guest.getByText('配送途中').waitFor()
  expect(await guest.locator('body').textContent()).not.toMatch(/1\d{10}|师傅/)
  await axeCheck(guest)
  await shoot(guest, 'track-phone')
})
