import { coldRoad, every5, pairedDevice } from '@huming/server/temperature/test-device'
import type { Guest } from '@huming/server/test-app'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

const warm = [40, 60, 140, 150, 160, 150, 140, 140, 150, 140]

/** A truck on the road whose chilled box is too warm, and a cold room as it should be. */
async function warmTruck() {
  const world = await coldRoad(app, [{ name: '示例 曲阳路店' }, { name: '示例 江桥店' }])
  await world.device.send(every5(warm))
  const room = await pairedDevice(app, { hubId: world.hub.id, zone: 'frozen' })
  await room.send(every5([-190, -195, -200]))
  return { ...world, org: { id: world.hub.orgId, kind: 'warehouse' } }
}

const openAs = (guest: Guest, path: string, device = desktop): Promise<Page> =>
  app.openAs(guest, path, device)

async function look(page: Page, name: string): Promise<void> {
  await axeCheck(page)
  if (name.endsWith('phone')) await touchCheck(page)
  await shoot(page, name)
}

const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })

test('the dock sees which truck is too warm and what it carries; food safety alone decides', async () => {
  const { org, safety, runId } = await warmTruck()
  const page = await app.signInAs('dispatcher', { org, device: phone, path: '/warehouse/temperatures' })
  await page.getByText(/^14\.0/).waitFor()
  await look(page, 'cold-now-phone')
  await link(page, '行车温度').click()
  await page.getByRole('figure').waitFor()
  await look(page, 'cold-run-phone')
  await page.goto('/warehouse/temperatures')
  await link(page, '温度报警').click()
  const card = page.getByRole('region', { name: /温度过高/ })
  await card.getByText('涉及 1 批、2 单').waitFor()
  await look(page, 'cold-alarms-phone')
  await card.getByRole('link', { name: '相关货物' }).click()
  await page.getByRole('button', { name: '已知悉' }).waitFor()
  await look(page, 'cold-alarm-phone')
  expect(await page.getByRole('button', { name: '放行交付' }).count()).toBe(0)
  await page.getByRole('textbox', { name: '正在采取的措施' }).fill('已通知司机关门')
  await page.getByRole('button', { name: '已知悉' }).click()
  await page.getByText('已通知司机关门').first().waitFor()
  await page.getByRole('button', { name: '已知悉' }).waitFor({ state: 'detached' })
  const path = new URL(page.url()).pathname.replace('/warehouse', '/ops')

  const desk = await openAs(safety, '/ops/temperatures/alarms')
  await desk.getByRole('region', { name: /温度过高/ }).waitFor()
  await look(desk, 'cold-alarms-ops')
  await desk.goto(path)
  const bring = desk.getByRole('button', { name: '不交付，带回', exact: true })
  await expect.poll(() => bring.getAttribute('aria-disabled')).toBe('true')
  await bring.click({ force: true })
  await desk.getByText('请写明理由').first().waitFor()
  await desk.getByRole('textbox', { name: /^理由/ }).fill('芯温 12 °C，超温 35 分钟')
  await look(desk, 'cold-alarm-ops')
  await bring.click()
  await desk.getByText('芯温 12 °C，超温 35 分钟').waitFor()
  expect(await bring.count()).toBe(0)
  await look(desk, 'cold-decided-ops')
  await desk.goto(`/ops/temperatures/runs/${runId}`)
  await desk.getByRole('figure').waitFor()
  await look(desk, 'cold-run-ops')
  const rows =
    await app.sql`select status, decision from temperature_alarms where run_id = ${runId} and kind = 'warm'`
  expect(rows).toEqual([{ status: 'decided', decision: 'return' }])
})

test('what came of the runs is read at a desk and on a phone', async () => {
  const { org, wave } = await warmTruck()
  const path = `/warehouse/after-run?to=${wave.day}`
  const page = await app.signInAs('lead', { org, device: phone, path })
  await page.getByRole('heading', { name: '按天' }).waitFor()
  await look(page, 'after-run-phone')
  await page.getByLabel('到', { exact: true }).fill('2026-01-07')
  await page.getByLabel('从', { exact: true }).fill('2026-01-01')
  await page.getByText('这些天没有出车').waitFor()
  const desk = await app.signInAs('dispatcher', { org, device: desktop, path })
  await desk.getByRole('heading', { name: '按车' }).waitFor()
  await look(desk, 'after-run-desk')
  const file = desk.waitForEvent('download')
  await desk.getByRole('link', { name: '按车下载' }).click()
  expect((await file).suggestedFilename()).toMatch(/\.xlsx$/)
})
