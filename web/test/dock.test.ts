import { makeCrateType } from '@huming/db/factories-dock'
import { type Dock, dock } from '@huming/server/receiving/test-dock'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
let d: Dock
beforeAll(async () => {
  app = await openApp()
  d = await dock(app)
  await makeCrateType(app.db, { code: 'K-6040', name: '600×400 周转筐', tareGrams: 2100 })
})
afterAll(() => app.close())

const wide = { ...desktop, viewport: { width: 1440, height: 900 } }
const gloves = 44
const enter = (role: 'receiver' | 'lead', path: string, device = phone) =>
  app.signInAs(role, { org: d.warehouse, path: `/warehouse${path}`, device })

/** Types as a scanner does: a burst of keys and Enter, wherever the focus is; at once, however busy the machine. */
const scan = (page: Page, code: string) =>
  page.evaluate((text) => {
    for (const key of [...text.split(''), 'Enter'])
      (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      )
  }, code)
const alertText = (page: Page, text: string | RegExp) => page.getByRole('alert').getByText(text).first()
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
const row = async (id: string) =>
  (await app.sql`select stage, on_hand, promised from lots where id = ${id}`)[0]
const photo = {
  name: 'a.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  ),
}

/** Every key of the pad is to be pressed where it stands: nothing lies over it. */
const padIsClear = (page: Page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll('.wh-keys > button')].every((key) => {
      const { left, right, top, bottom } = key.getBoundingClientRect()
      const over = (y: number) => document.elementFromPoint((left + right) / 2, y)
      return key.contains(over(top + 4)) && key.contains(over(bottom - 4))
    }),
  )
const keys = async (page: Page, ...names: string[]) => {
  for (const key of names) await page.getByRole('button', { name: key, exact: true }).click()
}

/** A consignment of goods on its way to the hub: frozen, dry, and to be weighed. */
async function onItsWay(name: string) {
  const frozen = await d.madeGoods({ zone: 'frozen', spec: '20 g×50 = 1 kg袋 ×10' })
  const dry = await d.madeGoods()
  const fresh = await d.madeGoods({ catchWeight: true, orderUnit: 'basket' })
  await app.sql`update products set name = ${name} where id = ${frozen.sku.productId}`
  await app.sql`update products set name = '西芹笋' where id = ${fresh.sku.productId}`
  const { id } = await d.shipped(frozen, dry, fresh)
  const [sent] = await app.sql<{ number: string }[]>`select number from consignments where id = ${id}`
  return { id, number: sent?.number ?? '', frozen, dry, fresh }
}

test('a receiver takes in a consignment, one lot short, by scan and number pad', async () => {
  const load = await onItsWay('沙县蒸饺')
  const page = await enter('receiver', '/receive')
  await page.getByText('闽G12345').first().waitFor()
  await touchCheck(page, gloves)
  await axeCheck(page)
  await shoot(page, 'warehouse-receive-phone')
  await scan(page, 'C00000000')
  await alertText(page, '没有这张发货单在途').waitFor()
  await scan(page, load.number)
  await page.getByText('车辆到仓').waitFor()
  await press(page, '确认到仓')
  await alertText(page, /温度/).waitFor()
  await keys(page, '1', '8', '.', '5', '正负')
  await shoot(page, 'warehouse-arrive-phone')
  await press(page, '确认到仓')
  await page.getByText('途中温度').waitFor()
  await axeCheck(page)
  await scan(page, 'NOT-THERE')
  await alertText(page, '这批不在本发货单上').waitFor()
  // Nothing frozen comes in before its trip was looked at.
  await page.locator('input[type=file]').setInputFiles({
    name: 'logger.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('时间,温度\n2001-01-01 08:00,-19.0\n'),
  })
  await alertText(page, /不在这趟运输之内/).waitFor()
  const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
  const lines = Array.from({ length: 120 }, (_, i) => `${at(600 - i * 5)},-18.${i % 10}`)
  await page.locator('input[type=file]').setInputFiles({
    name: 'logger.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['time,temperature', ...lines].join('\n')),
  })
  await page.getByText(/−18\.9 ℃ 至 −18\.0 ℃/).waitFor()
  await touchCheck(page, gloves)
  await axeCheck(page)
  await shoot(page, 'warehouse-consignment-phone')
  await scan(page, `]C1010690123456789210${load.frozen.lot.code}`)
  await page.getByLabel('实收数量').waitFor()
  await padIsClear(page)
  await axeCheck(page)
  await page.getByLabel('实收数量').click()
  await keys(page, '8')
  await page.getByLabel('货品表面温度').click()
  await keys(page, '1', '1', '正负')
  await page.getByText('破损', { exact: true }).click()
  await page.getByText('交还司机').click()
  await alertText(page, '请拍照留证').or(page.getByText('请拍照留证')).first().waitFor()
  await page.locator('input[type=file]').setInputFiles(photo)
  await page.getByRole('img', { name: '已拍的照片' }).waitFor()
  await press(page, /^收 8 箱/)
  await alertText(page, /拒收线 −12\.0 ℃/).waitFor()
  await page.getByLabel('货品表面温度').click()
  await keys(page, '1', '8', '正负')
  await touchCheck(page, gloves)
  await axeCheck(page)
  await page.screenshot({ path: '.data/shots/warehouse-line-phone.png', fullPage: true })
  await press(page, /^收 8 箱/)
  await page.getByText('已收 沙县蒸饺').waitFor()
  expect(await row(load.frozen.lot.id)).toMatchObject({ stage: 'received', on_hand: 80_000 })
  await scan(page, load.dry.lot.code)
  await page.getByRole('button', { name: /^收下 10 箱/ }).waitFor()
  await padIsClear(page)
  await press(page, /^收下 10 箱/)
  await page.getByText('扫批次开始清点').waitFor()
  await weighIn(page, load.fresh.lot.code)
  expect(await row(load.fresh.lot.id)).toMatchObject({ stage: 'received', on_hand: 101_800 })
  await page.getByText('随车来的筐').waitFor()
  await axeCheck(page)
  await page.screenshot({ path: '.data/shots/warehouse-finish-phone.png', fullPage: true })
  await press(page, '完成收货')
  await page.getByText('收货已完成').waitFor()
  const [done] = await app.sql`select status from consignments where id = ${load.id}`
  expect(done).toEqual({ status: 'received' })
  const crates = await app.sql`select kind, count from crate_moves where subject_id = ${load.id} order by id`
  expect(crates).toMatchObject([
    { kind: 'found', count: 2 },
    { kind: 'receive', count: 2 },
  ])
})

/** Two weighings, one of them with crates; a wrong one is struck. */
async function weighIn(page: Page, code: string) {
  await scan(page, code)
  await page.getByText('还没有过磅').waitFor()
  const gross = page.getByLabel('毛重')
  await padIsClear(page)
  await gross.click()
  await keys(page, '9', '9')
  await press(page, /^记下这一磅/)
  await page.getByText(/净 99 kg/).waitFor()
  await page.getByRole('button', { name: '作废这一磅' }).click()
  await page.getByText('已作废').waitFor()
  await gross.click()
  await keys(page, '5', '6')
  await page
    .getByRole('button', { name: /增加|加.*筐/ })
    .first()
    .click()
  await page
    .getByRole('button', { name: /增加|加.*筐/ })
    .first()
    .click()
  await press(page, /^记下这一磅 · 净重 51\.8 kg/)
  await page.getByText(/净 51\.8 kg/).waitFor()
  await gross.click()
  await keys(page, '5', '0')
  await press(page, /^记下这一磅 · 净重 50 kg/)
  await page.getByText(/合计净重 101\.8 kg/).waitFor()
  await touchCheck(page, gloves)
  await axeCheck(page)
  await page.screenshot({ path: '.data/shots/warehouse-weigh-phone.png', fullPage: true })
  await press(page, '2 点收')
  await press(page, /^收下 10 筐/)
  await page.getByText('已收 西芹笋').waitFor()
}

test('goods for a school wait for a second person on their own sign-in, who counts without seeing the number', async () => {
  const goods = await d.madeGoods()
  const canteen = await d.m.shop({ org: { buyerClass: 'canteen_university' } })
  await d.m.place(canteen, [[goods.sku, 1]])
  const { id, lineOf } = await d.arrived(goods)
  const line = lineOf(goods)
  const first = await enter('receiver', `/receive/${id}/${line}`)
  await first.getByText('供学校食堂').waitFor()
  await press(first, /^收下 10 箱/)
  await first.getByText('已点收，等第二人复核').waitFor()
  await first.goto(`/warehouse/receive/${id}/${line}`)
  await first.getByText('这是您点的数').waitFor()
  const second = await enter('receiver', `/receive/${id}`)
  await second.getByText('待复核').waitFor()
  await second.getByText('第二人复核').click()
  await second.getByLabel('实收数量').waitFor()
  expect(await second.getByText('点收 10 箱').count()).toBe(0)
  await keys(second, '9')
  await press(second, /^确认 9 箱/)
  await alertText(second, /两个人的数量不一样/).waitFor()
  await second.getByLabel('实收数量').click()
  await keys(second, '1', '0')
  await touchCheck(second, gloves)
  await axeCheck(second)
  await second.screenshot({ path: '.data/shots/warehouse-second-phone.png', fullPage: true })
  await press(second, /^确认 10 箱/)
  await second.getByText('复核完成，已入库').waitFor()
  expect(await row(goods.lot.id)).toMatchObject({ stage: 'received', on_hand: 100_000 })
})

test('what stands at the dock is carried to the bin that is named, by two scans', async () => {
  const goods = await d.madeGoods({}, { useByDay: '2099-02-02' })
  const { id, lineOf } = await d.arrived(goods)
  await d.receive(id, lineOf(goods), { accepted: 100_000 })
  const page = await enter('receiver', '/put-away')
  await page.getByText(goods.lot.code).waitFor()
  await axeCheck(page)
  await scan(page, 'NO-SUCH-LOT')
  await alertText(page, '月台上没有这个批次').waitFor()
  await scan(page, goods.lot.code)
  await page.getByText('AM-P01').first().waitFor()
  await touchCheck(page, gloves)
  await axeCheck(page)
  await page.screenshot({ path: '.data/shots/warehouse-put-away-phone.png', fullPage: true })
  await scan(page, 'AM-Z99')
  await alertText(page, /AM-Z99/).waitFor()
  await scan(page, 'AM-P01')
  await page.getByText(/已放到 AM-P01/).waitFor()
  const [bin] = await app.sql`select b.code, s.quantity from bin_stock s join bins b on b.id = s.bin_id
    where s.lot_id = ${goods.lot.id} and s.quantity > 0`
  expect(bin).toEqual({ code: 'AM-P01', quantity: 100_000 })
})

test('a lead gives trucks their door and slot on the board of the day', async () => {
  const { id } = await d.shipped(await d.madeGoods())
  await app.sql`update consignments set plate = '闽G77777' where id = ${id}`
  const slots = [
    [480, 540],
    [1380, 1440],
  ] as const
  for (const [from, to] of slots)
    await app.sql`insert into dock_slots (id, hub_id, from_minute, to_minute, capacity, valid_from, valid_to)
      values (gen_random_uuid(), ${d.m.hub.id}, ${from}, ${to}, 2, '2024-01-01', '2099-12-31')`
  await app.sql`insert into dock_appointments (id, hub_id, org_id, consignment_id, day, from_minute, to_minute, status, requested_at)
    values (gen_random_uuid(), ${d.m.hub.id}, ${d.m.supplier.id}, ${id}, ${d.m.today}, 480, 540, 'requested', now())`
  const page = await enter('lead', '/dock', wide)
  await page.getByText('闽G77777').waitFor()
  await axeCheck(page)
  await press(page, '派月台')
  await page.getByLabel('月台号').fill('3')
  await axeCheck(page)
  await press(page, '确认')
  await page.getByText('已保存，供货方会收到通知').waitFor()
  await page.getByText('3 号月台').first().waitFor()
  await shoot(page, 'warehouse-dock-desk')
  const small = await enter('lead', '/dock')
  await small.getByText('闽G77777').waitFor()
  await touchCheck(small, gloves)
  await shoot(small, 'warehouse-dock-phone')
})

test('crates: given to a driver, taken back short, the missing one written off with its reason', async () => {
  const page = await enter('lead', '/crates', wide)
  await page.getByText('仓库结存').waitFor()
  await axeCheck(page)
  await page
    .getByRole('button', { name: /丢失、报损、盘盈/ })
    .first()
    .click()
  await page.getByText('购入', { exact: true }).click()
  await page.getByRole('textbox', { name: /600×400/ }).fill('20')
  await page.getByLabel('原因').fill('首批购入（示例）')
  await press(page, '记账')
  await page.getByText(/现有 2\d 只/).waitFor()
  const shop = await d.m.shop({ org: { shortName: '虹口示例小吃', name: '虹口示例小吃店' } })
  await page.getByRole('searchbox').fill('虹口示例')
  await page.getByText('虹口示例小吃').waitFor()
  await press(page, '交接')
  await page.getByRole('textbox', { name: /发出 600×400/ }).fill('5')
  await axeCheck(page)
  await press(page, '记账')
  await page.getByText('虹口示例小吃 现有 5 只').waitFor()
  await shoot(page, 'warehouse-crates-desk')
  const buyer = await app.signInAs('purchaser', {
    org: { id: shop.org.id, kind: 'buyer' },
    path: '/crates',
  })
  await buyer.getByText('我们手上的筐').waitFor()
  await buyer.getByText('+5').waitFor()
  await axeCheck(buyer)
  await shoot(buyer, 'shop-crates-phone')
})
