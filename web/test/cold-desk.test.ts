import { coldRoad } from '@huming/server/temperature/test-device'
import { addDays, serviceDayOf } from '@huming/shared/days'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
const inDialog = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click()

test('a device is registered, gets its key shown once, and is retired', async () => {
  const world = await coldRoad(app, [{}])
  const org = { id: world.hub.orgId, kind: 'warehouse' }
  const page = await app.signInAs('lead', { org, device: phone, path: '/warehouse/temperatures/devices' })
  await press(page, '登记设备')
  const serial = `SIM-${Date.now()}`
  await page.getByLabel('设备编号').fill(serial.toLowerCase())
  await page.getByLabel('名称').fill('示例冷藏间')
  await page.getByLabel('种类').selectOption('cold_room')
  await page.getByLabel('校准到期').fill(addDays(serviceDayOf(new Date()), 10))
  await axeCheck(page)
  await shoot(page, 'cold-device-form-phone')
  await inDialog(page, '保存')
  await page.getByText('10 天后到期').waitFor()
  const row = page.getByRole('row').filter({ hasText: serial })
  await row.getByRole('button', { name: '新密钥' }).click()
  await inDialog(page, '新密钥')
  await page.getByText('密钥只显示这一次').waitFor()
  const [stored] = await app.sql`select secret from temperature_devices where serial = ${serial}`
  await page.getByText(stored?.['secret'] as string).waitFor()
  await axeCheck(page)
  await shoot(page, 'cold-device-key-phone')
  await inDialog(page, '已写入，关闭')
  expect(await page.getByText(stored?.['secret'] as string).count()).toBe(0)
  await row.getByRole('button', { name: '停用' }).click()
  await inDialog(page, '停用')
  await row.getByText('已停用').waitFor()
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'cold-devices-phone')
})

test('food safety writes limits from a day on; the row before ends', async () => {
  const page = await app.signInAs('food_safety', { device: desktop, path: '/ops/temperatures/limits' })
  await page.getByRole('row').nth(1).waitFor()
  await press(page, '新限值')
  await page.getByLabel('高于即预警').fill('7.5')
  await page.getByLabel('依据').fill('示例：客户协议')
  await axeCheck(page)
  await shoot(page, 'cold-limit-form-desk')
  await inDialog(page, '保存')
  await page.getByRole('row').filter({ hasText: '示例：客户协议' }).getByText('未生效').waitFor()
  await axeCheck(page)
  await shoot(page, 'cold-limits-desk')
  const rows = await app.sql`select warn_above as warn, valid_to as until from temperature_rules
    where zone = 'chilled' and sku_id is null order by valid_from desc limit 2`
  expect(rows[0]).toMatchObject({ warn: 75, until: '2099-12-31' })
  expect(rows[1]?.['until']).toBe(serviceDayOf(new Date()))
})

test('the desk sees what each door proved, puts something right, and writes the odometer', async () => {
  const world = await coldRoad(app, [{ name: '示例 曲阳路店' }])
  const [stop] = (await world.read()).stops
  const id = stop?.id as string
  const place = { lngE6: 121_300_500, latE6: stop?.latE6 as number, accuracyM: 8 }
  await app.call('delivery.arrive', { params: { id }, body: { place } }, world.driver)
  await app.call(
    'delivery.fail',
    { params: { id }, body: { reason: 'closed', note: '示例：卷帘门没开' } },
    world.driver,
  )
  const org = { id: world.hub.orgId, kind: 'warehouse' }
  const path = `/warehouse/after-run?to=${world.wave.day}`
  const page = await app.signInAs('dispatcher', { org, device: phone, path })
  await press(page, /^填里程/)
  await page.getByLabel('出车公里数').fill('1200')
  await page.getByLabel('收车公里数').fill('1100')
  await inDialog(page, '保存')
  await page.getByRole('dialog').getByRole('alert').waitFor()
  await page.getByLabel('收车公里数').fill('1242')
  await axeCheck(page)
  await inDialog(page, '保存')
  await page.getByText('1200 – 1242').waitFor()
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'after-run-odometer-phone')
  await page.getByRole('link', { name: new RegExp(world.wave.day) }).click()
  await page.getByText(/离门口 \d+ 米/).waitFor()
  await press(page, '补一条更正：示例 曲阳路店')
  await page.getByLabel('写明什么不对、应当是什么').fill('门店已开，司机走错门')
  await axeCheck(page)
  await inDialog(page, '保存')
  await page.getByText('门店已开，司机走错门').waitFor()
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'run-proofs-phone')
})
