import { road } from '@huming/server/delivery/test-road'
import type { Guest } from '@huming/server/test-app'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, openApp, phone, photo, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

async function driverPage(driver: Guest, lost?: string): Promise<Page> {
  const page = await app.newPage(phone)
  if (lost) await page.route(`**/api/**/${lost}`, (route) => route.abort())
  await app.becomes(page, driver)
  await page.goto('/driver')
  return page
}

const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click()
type StopRow = {
  status: string
  receiverName: string
  temperature: number | null
  signatureFileId: string
  photos: number
  failReason: string | null
  arrivedAt: Date
  finishedAt: Date
}
const stopRow = async (id: string): Promise<StopRow> => {
  const [row] = await app.sql<StopRow[]>`
    select status, receiver_name as "receiverName", temperature_deci_c as temperature, fail_reason as "failReason",
      signature_file_id as "signatureFileId", jsonb_array_length(photo_file_ids) as photos, arrived_at as "arrivedAt",
      finished_at as "finishedAt" from stops where id = ${id}`
  if (!row) throw new Error('no such stop')
  return row
}
const synced = (page: Page) => page.getByText('已全部上传').waitFor()

async function sign(page: Page): Promise<void> {
  const pad = page.getByRole('img', { name: /收货人签名/ })
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (!box) throw new Error('no signature pad')
  await page.mouse.move(box.x + 40, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + 160, box.y + 70, { steps: 8 })
  await page.mouse.move(box.x + 90, box.y + 90, { steps: 8 })
  await page.mouse.up()
}

test('a driver loads, leaves, hands over with a refusal and a signature, and ends the run', async () => {
  const r = await road(app, {
    zones: ['ambient', 'frozen'],
    sites: [
      { name: '示例 沙县小吃 曲阳路店', gateNote: '示例：从后门进，先打电话' },
      { name: '示例 高校食堂' },
    ],
    until: 'loading',
  })
  const page = await driverPage(r.driver)
  await page.getByText(/装车中/).waitFor()
  await axeCheck(page)
  await shoot(page, 'driver-runs')
  await page.getByRole('link', { name: /第 1 车/ }).click()
  await page.getByText(/先装第 2 站/).waitFor()
  await page.getByText('还有 4 箱没装').waitFor()
  await shoot(page, 'driver-loading')
  const run = await r.read()
  for (const tote of run.stops.toReversed().flatMap((stop) => stop.toteList)) {
    await page.getByLabel('扫周转箱或输入箱号').fill(tote.code)
    await page.keyboard.press('Enter')
    await page.getByText(tote.code).and(page.locator('[data-tone=good]')).waitFor()
  }
  await page.getByText('全部装完').waitFor()
  await page.getByText('先填车厢温度').waitFor()
  await page.getByLabel('车厢温度').last().fill('20')
  await axeCheck(page)
  await touchCheck(page)
  await press(page, '出发')
  const first = run.stops[0]
  await page.getByRole('link', { name: `下一站：${first?.site}` }).waitFor()
  await shoot(page, 'driver-stops')
  await axeCheck(page)
  await page.getByRole('link', { name: `下一站：${first?.site}` }).click()
  await press(page, '到达')
  await page.getByText('先填货物温度').waitFor()
  await page.getByLabel('货物温度').last().fill('18.5')
  await page.getByRole('button', { name: /^拒收/ }).first().click()
  await press(page, '全部')
  await page.getByText('破损').click()
  await axeCheck(page)
  await shoot(page, 'driver-refuse')
  await press(page, '确定')
  await page.getByLabel('收货人姓名').fill('示例王师傅')
  await sign(page)
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'driver-hand-over')
  await press(page, '交货完成')
  await page.getByText('部分送达').first().waitFor()
  await synced(page)
  const row = await stopRow(first?.id as string)
  expect([row.status, row.receiverName, row.temperature]).toEqual(['partial', '示例王师傅', -185])
  const signature = await app.app.inject({
    url: `/api/files/${row.signatureFileId}`,
    headers: { cookie: r.driver.cookie },
  })
  expect([signature.statusCode, signature.headers['content-type']]).toEqual([200, 'image/png'])
  await shoot(page, 'driver-closed')
  await press(page, '返回')
  await page.getByRole('link', { name: /^下一站/ }).click()
  await press(page, '送不成')
  await page.getByText('门店未开').click()
  await shoot(page, 'driver-fail')
  await press(page, '带回货物')
  await page.getByText('未送成').first().waitFor()
  await synced(page)
  await press(page, '返回')
  await press(page, '收车')
  await page.getByRole('dialog').getByRole('button', { name: '收车' }).click()
  await page.getByText(/本车次已完成：送达 0，部分 1，拒收 0，未送成 1/).waitFor()
})

test('without a network the driver works on; everything is sent in order when it is back', async () => {
  const r = await road(app, { sites: [{ keyDrop: true, name: '示例 夜间钥匙店' }, {}] })
  const run = await r.read()
  const [first] = run.stops
  const page = await driverPage(r.driver)
  await page.getByRole('link', { name: /第 1 车/ }).click()
  await page.getByRole('link', { name: /^下一站/ }).waitFor()
  await page.context().setOffline(true)
  await page.getByRole('link', { name: /^下一站/ }).click()
  await press(page, '到达')
  await page.getByText('先拍照').waitFor()
  await page.locator('input[type=file]').setInputFiles(photo)
  await page.getByAltText('交货照片 1').waitFor()
  await press(page, '交货完成')
  await page.getByText('已送达').first().waitFor()
  await page.getByText('2 项待上传').waitFor()
  await shoot(page, 'driver-offline')
  expect((await stopRow(first?.id as string)).status).toBe('waiting')
  await page.context().setOffline(false)
  await synced(page)
  const row = await stopRow(first?.id as string)
  expect([row.status, row.photos]).toEqual(['delivered', 1])
  expect(row.arrivedAt.getTime()).toBeLessThan(row.finishedAt.getTime())
})

test('a run that was never opened is on the phone once the list was read', async () => {
  const r = await road(app, { sites: [{ name: '示例 地下车库店' }] })
  const page = await driverPage(r.driver)
  await page.getByRole('link', { name: /第 1 车/ }).waitFor()
  await page.waitForLoadState('networkidle')
  await page.context().setOffline(true)
  await page.getByRole('link', { name: /第 1 车/ }).click()
  await page.getByText(/保存在本机的内容/).waitFor()
  await page.getByRole('link', { name: '下一站：示例 地下车库店' }).click()
  await press(page, '到达')
  await page.getByText('1 项待上传').waitFor()
  await page.context().setOffline(false)
  await synced(page)
})

test('a run that is not on the phone says so without a network, and opens when it is back', async () => {
  const r = await road(app, { sites: [{ name: '示例 山里店' }] })
  const page = await driverPage(r.driver, r.runId)
  await page.getByRole('link', { name: /第 1 车/ }).waitFor()
  await page.context().setOffline(true)
  await page.getByRole('link', { name: /第 1 车/ }).click()
  const absent = page.getByRole('alert').getByText('连不上网络，本机也没有保存这一页')
  await absent.waitFor()
  await axeCheck(page)
  await shoot(page, 'driver-absent')
  await press(page, '重试')
  await absent.waitFor()
  await page.unroute(`**/api/**/${r.runId}`)
  await page.context().setOffline(false)
  await page.getByRole('link', { name: '下一站：示例 山里店' }).waitFor()
})

test('what the server sends back is shown with its reason, and can be given up', async () => {
  const r = await road(app)
  const run = await r.read()
  const [stop] = run.stops
  const page = await driverPage(r.driver)
  await page.getByRole('link', { name: /第 1 车/ }).click()
  await page.getByRole('link', { name: /^下一站/ }).click()
  await page.context().setOffline(true)
  await press(page, '送不成')
  await page.getByText('进不去').click()
  await press(page, '带回货物')
  await page.getByText('1 项待上传').waitFor()
  await app.call(
    'delivery.fail',
    { params: { id: stop?.id as string }, body: { reason: 'nobody' } },
    r.driver,
  )
  await page.context().setOffline(false)
  await page.getByRole('link', { name: /1 项被退回/ }).click()
  await page.getByText(/当前状态不能这样操作/).waitFor()
  await axeCheck(page)
  await shoot(page, 'driver-conflict')
  await press(page, '放弃')
  await page.getByRole('dialog').getByRole('button', { name: '放弃' }).click()
  await page.getByText('没有待上传的内容').waitFor()
  expect((await stopRow(stop?.id as string)).failReason).toBe('nobody')
})

test('a full number is shown on asking, and another driver finds nothing', async () => {
  const r = await road(app, { sites: [{ contactPhone: '19912345678', contactName: '示例李老板' }] })
  const page = await driverPage(r.driver)
  await page.getByRole('link', { name: /第 1 车/ }).click()
  await page.getByRole('link', { name: /^下一站/ }).click()
  expect(await page.getByRole('link', { name: '导航' }).getAttribute('href')).toMatch(
    /^https:\/\/uri\.amap\.com\/navigation\?to=121\./,
  )
  await press(page, '打电话')
  await page.getByRole('link', { name: '19912345678' }).waitFor()
  await shoot(page, 'driver-call')
  const other = await driverPage(await app.guest(r.carrier, ['driver']))
  await other.getByText('现在没有派给您的车次').waitFor()
  await shoot(other, 'driver-none')
  await other.goto(`/driver/runs/${r.runId}`)
  await other.getByText(/没有找到/).waitFor()
})
