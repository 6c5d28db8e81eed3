import { makeBuyer, makeHub, makeOrg, makePerson, makeSite } from '@huming/db/factories'
import { makeVehicle } from '@huming/db/factories-dispatch'
import { accessBans, pairRules } from '@huming/db/schema/planning'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

let houses = 0

/** A hub with a small truck and a big one, two shops that must not share a vehicle, and a ban in the centre. */
async function house() {
  const { db } = app
  houses += 1
  const hub = await makeHub(db, { name: `示例 ${houses} 号仓` })
  const carrier = await makeOrg(db, 'carrier', { shortName: '示例城配' })
  const driver = await makePerson(db, carrier.id, ['driver'], { name: '示例赵师傅' })
  const size = {
    kind: '4.2 m 双温冷藏车',
    lengthCm: 599,
    heightCm: 320,
    grossKg: 4495,
    skills: ['city_pass'],
  }
  const plate = `沪示T${hub.id.slice(-5)}`
  await makeVehicle(db, hub.id, carrier.id, { plate, driverPersonId: driver.id, ...size })
  await makeVehicle(db, hub.id, carrier.id, { kind: '纯电动厢式车' })
  const buyer = await makeBuyer(db, { shortName: '示例小吃' })
  const [one, other] = [
    await makeSite(db, buyer.id, hub.id, { name: '示例 曲阳路店' }),
    await makeSite(db, buyer.id, hub.id, { name: '示例 江桥店' }),
  ]
  const today = serviceDayOf(new Date())
  const always = { validFrom: addDays(today, -30), validTo: '2099-12-31' }
  await db.insert(pairRules).values({
    id: newId(),
    hubId: hub.id,
    kind: 'apart',
    siteId: one.id,
    otherSiteId: other.id,
    reason: '两家店约定不同车',
    ...always,
  })
  await db.insert(accessBans).values({
    id: newId(),
    name: '示例 内环货车限行',
    districtCode: '310101',
    fromMinute: 420,
    toMinute: 1200,
    weekdays: [1, 2, 3, 4, 5],
    minGrossKg: 4500,
    unlessSkill: 'city_pass',
    source: '示例通告',
    ...always,
  })
  return { hub, plate, org: { id: hub.orgId, kind: 'warehouse' } }
}

const drawerSave = (page: Page) => page.getByRole('dialog').getByRole('button', { name: '保存' }).click()

test('a dispatcher sets what a truck is and a shop asks for; bad times are told, not sent', async () => {
  const { org, plate, hub } = await house()
  const page = await app.signInAs('dispatcher', { org, device: desktop, path: '/warehouse/vehicles' })
  await page.getByText(plate).waitFor()
  await axeCheck(page)
  await shoot(page, 'truck-vehicles')
  await page.getByRole('button', { name: new RegExp(plate) }).click()
  const drawer = page.getByRole('dialog')
  const ends = drawer.getByLabel(/^工作时间 到/)
  await ends.fill('25:00')
  await drawer.getByText('先后不能颠倒').waitFor()
  await axeCheck(page)
  await shoot(page, 'truck-vehicle')
  await drawerSave(page)
  expect(await drawer.count()).toBe(1)
  await ends.fill('23:00')
  await drawerSave(page)
  await drawer.waitFor({ state: 'detached' })
  await page.getByText('00:30-23:00').waitFor()

  await page.getByRole('tab', { name: '收货点' }).click()
  await page.getByText('还没有收货点写过特别要求').waitFor()
  const find = page.getByRole('searchbox')
  await find.fill('没有的店')
  await page.getByText('没有这个名称的收货点').waitFor()
  await find.fill('曲阳路')
  await page.getByRole('button', { name: '修改 示例 曲阳路店' }).click()
  await drawer.getByLabel(/^可进车时段/).fill('04:00-06:00，13:00-14:30')
  await drawer.getByLabel(/^总质量/).fill('4500')
  await drawer.getByLabel('优先级').selectOption('1')
  await axeCheck(page)
  await shoot(page, 'truck-site')
  await drawerSave(page)
  await drawer.waitFor({ state: 'detached' })
  await find.fill('')
  await page.getByText('04:00-06:00，13:00-14:30 · 4.5 t · 优先').waitFor()

  await page.getByRole('tab', { name: '成本' }).click()
  await page.getByRole('button', { name: '修改成本' }).click()
  await drawer.getByLabel(/^每公里/).fill('2.1')
  await drawerSave(page)
  await drawer.waitFor({ state: 'detached' })
  await page.getByText(`${addDays(serviceDayOf(new Date()), 1)} 起`).waitFor()

  await page.getByRole('tab', { name: '同车与分车' }).click()
  await page.getByRole('button', { name: '新增同车或分车' }).click()
  await drawer.getByText('必须同车').click()
  await drawer.getByRole('searchbox').first().fill('曲阳路')
  await drawer.getByLabel('第一个收货点', { exact: true }).selectOption({ label: '示例 曲阳路店 · 示例小吃' })
  await drawer.getByRole('searchbox').last().fill('江桥')
  await drawer.getByLabel('第二个收货点', { exact: true }).selectOption({ label: '示例 江桥店 · 示例小吃' })
  await drawer.getByLabel('原因').fill('示例：同一位店长收货')
  await axeCheck(page)
  await shoot(page, 'truck-pair')
  await drawerSave(page)
  await drawer.waitFor({ state: 'detached' })
  await page.getByText('示例：同一位店长收货').waitFor()
  const ended = page.getByRole('row', { name: /同一位店长/ }).getByRole('button', { name: '停用' })
  await ended.click()
  await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  await expect.poll(() => ended.count(), { timeout: 10_000 }).toBe(0)

  await page.getByRole('button', { name: '停用' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  const left = page.getByRole('button', { name: '停用' })
  await expect.poll(() => left.count(), { timeout: 10_000 }).toBe(0)
  expect(await page.getByText(`– ${serviceDayOf(new Date())}`).count()).toBe(2)
  const rows = await app.sql`select windows, largest_gross_kg, plan_priority from sites
    where hub_id = ${hub.id} and name = '示例 曲阳路店'`
  expect(rows).toEqual([
    {
      windows: [
        { from: 240, to: 360 },
        { from: 780, to: 870 },
      ],
      largest_gross_kg: 4500,
      plan_priority: 1,
    },
  ])
})

for (const [name, device] of Object.entries({ phone, desktop })) {
  test(`every part of the rules is shown (${name})`, async () => {
    const { org } = await house()
    const page = await app.signInAs('lead', { org, device, path: '/warehouse/vehicles' })
    await page.getByRole('tab').first().waitFor()
    const tabs = await page.getByRole('tab').all()
    for (const [i, tab] of tabs.entries()) {
      await tab.click()
      await expect.poll(() => page.locator('.k-bone').count()).toBe(0)
      await shoot(page, `truck-${name}-${i}`)
      await axeCheck(page)
      await touchCheck(page)
    }
  })
}

test('operations looks at any hub', async () => {
  await house()
  const { plate, hub } = await house()
  const page = await app.signInAs('admin', { device: desktop, path: '/ops/vehicles' })
  await page.getByText(hub.name, { exact: true }).click()
  await page.getByText(plate).waitFor()
  await axeCheck(page)
  await shoot(page, 'truck-ops')
})

test('operations write down a ban and end it; a dispatcher only reads it', async () => {
  const { org } = await house()
  const page = await app.signInAs('admin', { device: phone, path: '/ops/vehicles' })
  await page.getByRole('tab', { name: '限行' }).click()
  await page.getByRole('button', { name: '新增限行' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('限行', { exact: true }).fill('示例 早高峰')
  await drawer.getByLabel('地点').selectOption('310115')
  await drawer.getByLabel('时间 从').fill('09:00')
  await drawer.getByLabel('时间 到').fill('08:00')
  await drawer.getByText('先后不能颠倒').waitFor()
  await drawer.getByLabel('时间 到').fill('10:30')
  await drawer.getByLabel('依据').fill('示例通告 2026-11')
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'truck-ban-phone')
  await drawerSave(page)
  await drawer.waitFor({ state: 'detached' })
  const row = page.getByRole('row', { name: /示例 早高峰/ })
  await row.getByText('09:00-10:30', { exact: false }).waitFor()
  await row.getByRole('button', { name: '停用' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  const left = row.getByRole('button', { name: '停用' })
  await expect.poll(() => left.count(), { timeout: 10_000 }).toBe(0)
  const rows = await app.sql`select from_minute, to_minute, min_gross_kg, valid_to::text from access_bans
    where name = '示例 早高峰'`
  const today = serviceDayOf(new Date())
  expect(rows).toEqual([{ from_minute: 540, to_minute: 630, min_gross_kg: 4500, valid_to: today }])
  const reader = await app.signInAs('dispatcher', { org, device: phone, path: '/warehouse/vehicles' })
  await reader.getByRole('tab', { name: '限行' }).click()
  await reader.getByText('示例 早高峰').waitFor()
  expect(await reader.getByRole('button', { name: '新增限行' }).count()).toBe(0)
})

test('a dispatcher says from how many minutes on buyers of a class are told, and ends it', async () => {
  const { org } = await house()
  const page = await app.signInAs('dispatcher', { org, device: phone, path: '/warehouse/vehicles' })
  await page.getByRole('tab', { name: '到货告知' }).click()
  await page.getByRole('button', { name: '新增告知规则' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel(/^买家类型/).selectOption('wholesale')
  await drawer.getByLabel(/^预计到货变动超过/).fill('12')
  await drawer.getByLabel('依据').fill('示例：与市场约定')
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'truck-tolerance-phone')
  await drawerSave(page)
  await drawer.waitFor({ state: 'detached' })
  const row = page.getByRole('row', { name: /与市场约定/ })
  await row.getByText('12 分钟').waitFor()
  const end = row.getByRole('button', { name: '停用' })
  await end.click()
  await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  await expect.poll(() => end.count(), { timeout: 10_000 }).toBe(0)
  const day = addDays(serviceDayOf(new Date()), 1)
  const rows = await app.sql`select minutes, valid_from::text, valid_to::text from arrival_tolerances
    where source = '示例：与市场约定'`
  expect(rows).toEqual([{ minutes: 12, valid_from: day, valid_to: day }])
})
