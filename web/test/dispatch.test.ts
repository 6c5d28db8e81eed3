import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
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
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

/** What becomes true after the server has answered and the screen has drawn it. */
const soon = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 10_000 })

const shops = ['曲阳路店', '五角场店', '江桥店', '北外滩店', '张江店', '陆家嘴店', '七宝店', '南翔店']

/** A hub with three vans, a picked wave over the districts, and one order of live fish that nothing carries. */
async function night() {
  const { db } = app
  const hub = await makeHub(db, { name: '示例嘉定仓' })
  const carrier = await makeOrg(db, 'carrier', { shortName: '示例城配' })
  for (const [i, name] of ['示例赵师傅', '示例钱师傅', '示例孙师傅'].entries()) {
    const driver = await makePerson(db, carrier.id, ['driver'], { name })
    await makeVehicle(db, hub.id, carrier.id, {
      plate: `沪示A${i}088${hub.id.slice(-6)}`,
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
  await soon(() => idle.count()).toBe(0)
  await page.getByRole('button', { name: '全部派车' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '全部派车' }).click()
  await page.getByText('已派车').first().waitFor()
  await soon(() => page.getByText('装车中').count()).toBeGreaterThan(0)
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

type Page = Awaited<ReturnType<typeof app.signInAs>>

/** The board of a fresh plan on a large screen, with the list of its runs. */
async function board() {
  const made = await night()
  await app.sql`update vehicles set fixed_fen = 20000 where hub_id = ${made.hub.id}`
  const page = await app.signInAs('dispatcher', {
    org: made.org,
    device: { viewport: { width: 1440, height: 1700 } },
    path: '/warehouse/dispatch',
  })
  await page.getByRole('button', { name: '排线' }).click()
  await page.getByRole('group', { name: '时间表' }).waitFor()
  const runs = page.getByRole('list', { name: '车次' }).getByRole('region')
  return { ...made, page, runs }
}

const handles = (run: Locator) => run.getByRole('button', { name: /^拿起/ })
const siteOf = async (handle: Locator) =>
  ((await handle.getAttribute('aria-label')) ?? '').replace(/^拿起 (.*?)：.*$/, '$1')
const middle = async (of: Locator) => {
  const box = await of.boundingBox()
  if (!box) throw new Error('not on the screen')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
const verdict = (page: Page) => page.locator('.dispatch-float')

test('a stop is dragged to another run by mouse, told beforehand what it does, then by keys within a run', async () => {
  const { page, runs, hub } = await board()
  await app.sql`update vehicles set capacity_grams = 2000000, capacity_millilitres = 9000000 where hub_id = ${hub.id}`
  await page.getByRole('button', { name: /^第 1 车/ }).click()
  const first = handles(runs.first()).first()
  const moved = await siteOf(first)
  const before = await handles(runs.first()).count()
  await first.scrollIntoViewIfNeeded()
  const from = await middle(first)
  const to = await middle(runs.nth(1))
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 12 })
  await verdict(page)
    .getByText(/成本 [+−±]/)
    .waitFor()
  await shoot(page, 'board-drag')
  await page.mouse.up()
  await page.getByText('已调整，到达时间已重新计算').waitFor()
  await soon(() => handles(runs.first()).count()).toBe(before - 1)
  await page.getByRole('button', { name: /^第 2 车/ }).click()
  await runs.nth(1).getByText(moved).waitFor()
  // Escape puts back what is held.
  const held = handles(runs.nth(1)).first()
  await held.focus()
  const name = await siteOf(held)
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  await verdict(page)
    .getByText(/第 2 站/)
    .waitFor()
  await axeCheck(page)
  await page.keyboard.press('Escape')
  expect(await siteOf(handles(runs.nth(1)).first())).toBe(name)
  await held.focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  await verdict(page)
    .getByText(/第 2 站/)
    .waitFor()
  await page.keyboard.press('Enter')
  await soon(() => siteOf(handles(runs.nth(1)).nth(1))).toBe(name)
})

test('a block of the timetable is dragged to another row; what a vehicle cannot take is refused before it is tried', async () => {
  const { page, hub } = await board()
  const rows = page.locator('.gantt-row')
  const blocks = rows.first().locator('.gantt-block')
  const count = await blocks.count()
  const drag = async (to: { x: number; y: number }, meanwhile: () => Promise<unknown>) => {
    await blocks.first().scrollIntoViewIfNeeded()
    const from = await middle(blocks.first())
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(to.x, to.y, { steps: 10 })
    await meanwhile()
    await page.mouse.up()
  }
  // 450 kg a van: the others are full.
  await app.sql`update vehicles set capacity_grams = 200000 where hub_id = ${hub.id}`
  await drag(await middle(rows.nth(1).locator('.gantt-track')), async () => {
    await verdict(page).getByText('装不下').waitFor()
    await shoot(page, 'board-refused')
  })
  await page
    .getByRole('status')
    .getByText(/不能放在这辆车上/)
    .first()
    .waitFor()
  expect(await blocks.count()).toBe(count)
  await app.sql`update vehicles set capacity_grams = 2000000, capacity_millilitres = 9000000 where hub_id = ${hub.id}`
  await page.reload()
  await page.getByRole('group', { name: '时间表' }).waitFor()
  await drag(await middle(rows.nth(1).locator('.gantt-track')), () =>
    verdict(page)
      .getByText(/成本 [+−±]/)
      .waitFor(),
  )
  await soon(() => blocks.count()).toBe(count - 1)
})

test('list, timetable and map show the same run; a locked stop stays where it is', async () => {
  const { page, runs } = await board()
  await page.getByRole('button', { name: /^第 1 车/ }).click()
  await soon(() => runs.first().getAttribute('data-open')).toBe('true')
  expect(await page.locator('.dispatch-map g[data-dim]').count()).toBeGreaterThan(0)
  expect(await page.locator('.gantt-row[data-on]').count()).toBe(1)
  const stop = page.locator('.gantt-block').first()
  await stop.click()
  await soon(() => page.locator('.dispatch-point[data-on]').count()).toBe(1)
  expect(await page.locator('.dispatch-row[data-on]').count()).toBe(1)
  const lock = runs.first().getByRole('button', { name: /^锁定/ }).first()
  const shown = await handles(runs.first()).count()
  await lock.click()
  await runs.first().getByRole('button', { name: /解锁/ }).waitFor()
  expect(await handles(runs.first()).count()).toBe(shown - 1)
  await axeCheck(page)
  await shoot(page, 'board-step')
})

/** The planner of the jobs process, for one proposal. */
async function planNow(page: Page): Promise<void> {
  const proposal = async () =>
    (
      await app.sql`select id, status from plan_proposals where status = 'asked' order by asked_at desc limit 1`
    )[0]
  await soon(proposal).toBeTruthy()
  const child = join(import.meta.dirname, '../../jobs/src/planning/planner.child.ts')
  const planner = spawn(process.execPath, [child, app.databaseUrl, (await proposal())?.['id']], {
    stdio: 'inherit',
  })
  const [code] = await once(planner, 'exit')
  expect(code).toBe(0)
  await page.bringToFront()
}

test('the planner is asked for the rest, its plan compared and taken; a failed truck gives up its stops', async () => {
  const { page, runs } = await board()
  await page.getByText('5 秒').click()
  await page.getByRole('button', { name: '优化其余站点' }).click()
  await page.getByText('排队中').waitFor()
  const planning = planNow(page)
  await page.getByText('计算中').waitFor()
  await page.getByText(/最低成本/).waitFor()
  await shoot(page, 'board-planning')
  await planning
  await page.getByRole('button', { name: '对比' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('row', { name: /总成本/ }).waitFor()
  await axeCheck(page)
  await shoot(page, 'board-compare')
  await dialog.getByRole('button', { name: '采用这个方案' }).click()
  await page.getByRole('dialog').last().getByRole('button', { name: '采用这个方案' }).click()
  await page.getByText('已采用新方案').waitFor()
  await page.getByText('已采用', { exact: true }).waitFor()
  await runs.first().getByRole('button', { name: '车辆故障' }).click()
  await page.getByRole('dialog').getByText('停用').waitFor()
  await axeCheck(page)
  await page.getByRole('dialog').getByRole('button', { name: '车辆故障' }).click()
  await expect
    .poll(
      async () =>
        (await app.sql`select count(*)::int n from vehicles where out_of_service is not null`)[0]?.['n'],
    )
    .toBe(1)
})

test('a proposal that is still being searched can be stopped', async () => {
  const { page } = await board()
  await page.getByRole('button', { name: '优化其余站点' }).click()
  await page.getByRole('button', { name: '停止' }).click()
  await page.getByText('已取消').waitFor()
})

test('the board shows a phone one part at a time and says so when it is offline', async () => {
  const { org } = await night()
  const page = await app.signInAs('dispatcher', { org, device: phone, path: '/warehouse/dispatch' })
  await page.getByRole('button', { name: '排线' }).click()
  const part = (name: string) => page.getByRole('tab', { name, exact: true }).click()
  const map = page.locator('.dispatch-map')
  await page.getByRole('list', { name: '车次' }).waitFor()
  expect(await map.count()).toBe(0)
  await part('时间表')
  await page.getByRole('group', { name: '时间表' }).waitFor()
  await page.getByRole('button', { name: /^第 1 车/ }).click()
  await axeCheck(page)
  await touchCheck(page)
  await page.screenshot({ path: '.data/shots/board-phone.png', fullPage: true })
  await part('地图')
  // The run chosen in the timetable is the one the map shows.
  await map.locator('g[data-dim]').first().waitFor()
  await page.screenshot({ path: '.data/shots/board-phone-map.png', fullPage: true })
  for (const name of ['方案', '车次']) {
    await part(name)
    await axeCheck(page)
    await touchCheck(page)
    await page.screenshot({
      path: `.data/shots/board-phone-${name === '方案' ? 'plans' : 'runs'}.png`,
      fullPage: true,
    })
  }
  await page.context().setOffline(true)
  await page.getByText(/现在没有网络/).waitFor()
})
