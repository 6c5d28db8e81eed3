import { seedOnce } from '@huming/db/seed/run'
import { picture, road } from '@huming/server/delivery/test-road'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
let operations: { id: string; kind: string }
beforeAll(async () => {
  app = await openApp()
  await seedOnce(app.databaseUrl)
  const [row] = await app.sql<{ id: string; kind: string }[]>`
    select id, kind from organisations where kind = 'operations' order by id limit 1`
  operations = row as typeof operations
})
afterAll(() => app.close())

const png = {
  name: 'goods.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  ),
}
const recallOf = async (drill: boolean) => {
  const [row] = await app.sql<
    { id: string }[]
  >`select id from recalls where is_sample and drill = ${drill} limit 1`
  return row?.id as string
}

describe.each([
  ['phone', phone],
  ['desktop', desktop],
] as const)('the food-safety desk on a %s', (size, device) => {
  test('recalls, one of them, a drill and the uploads read well', async () => {
    const page = await app.signInAs('food_safety', { org: operations, path: '/ops/recalls', device })
    const look = async (path: string, name: string, shown: string) => {
      await page.goto(path)
      await page.getByText(shown).first().waitFor()
      await page.waitForLoadState('networkidle')
      await axeCheck(page)
      if (size === 'phone') await touchCheck(page)
      await shoot(page, `${name}-${size}`)
    }
    await look('/ops/recalls', 'ops-recalls', '召回与演练')
    await look(`/ops/recalls/${await recallOf(false)}`, 'ops-recall', '物料平衡')
    await look(`/ops/recalls/${await recallOf(true)}`, 'ops-drill', '演练只查范围')
    await look('/ops/uploads', 'ops-uploads', '待报')
    await page.context().close()
  })
})

test('the sample shop sees on its home what to stop using, and reads the notice', async () => {
  const [row] = await app.sql<{ id: string; kind: string }[]>`
    select o.id, o.kind from recall_notices n join organisations o on o.id = n.org_id
    where n.kind = 'buyer' and n.sent_at is not null and n.answered_at is null and n.call_since is null limit 1`
  const page = await app.signInAs('purchaser', { org: row as { id: string; kind: string } })
  await page.getByText('召回通知等待确认').waitFor()
  await shoot(page, 'shop-recall-banner-phone')
  await page.getByRole('link', { name: '查看' }).click()
  const notice = page.getByRole('heading', { level: 1, name: '二级召回' })
  const list = page.getByRole('heading', { level: 1, name: '召回通知' })
  await notice.or(list).waitFor()
  if (await list.isVisible())
    await page.getByRole('list', { name: '召回通知' }).getByRole('link').first().click()
  await notice.waitFor()
  await axeCheck(page)
  await touchCheck(page)
  await shoot(page, 'shop-recall-notice-phone')
  await page.context().close()
})

test('from a bad lot to the closed recall: stop, tell, answer, collect, destroy, report', async () => {
  const d = await road(app, { sites: [{ name: '示例召回店' }] })
  const lotId = d.packs[0]?.lot.id as string
  await app.sql`update lots set on_hand = on_hand - 10000, promisable = promisable - 10000 where id = ${lotId}`
  await app.sql`update bin_stock set quantity = quantity - 10000 where lot_id = ${lotId}`
  await app.sql`insert into movements (id, lot_id, hub_id, kind, quantity, from_bin_id, subject_id, event_id, at)
    select ${newId()}, lot_id, ${d.hub.id}, 'pick', -10000, bin_id, lot_id, ${newId()}, now()
    from bin_stock where lot_id = ${lotId}`
  const [stop] = (await d.read()).stops
  const stopId = stop?.id as string
  await app.call('delivery.arrive', { params: { id: stopId }, body: {} }, d.driver)
  const lines = (stop?.goods ?? []).flatMap((order) =>
    order.lines.map(({ orderLineId, lotId: of, quantity }) => ({
      orderLineId,
      lotId: of,
      delivered: quantity,
    })),
  )
  const signatureFileId = await picture(app, d.driver)
  // The sample rules of doors ask for every tote that is unloaded.
  const evidence = { unload: { scanned: d.orders.flatMap((order) => order.toteCodes) } }
  const body = { lines, receiverName: '示例', signatureFileId, evidence }
  const handed = await app.call('delivery.deliver', { params: { id: stopId }, body }, d.driver)
  expect(handed.problem?.code).toBeUndefined()
  const code = (await app.sql<{ code: string }[]>`select code from lots where id = ${lotId}`)[0]
    ?.code as string

  const desk = await app.signInAs('food_safety', { org: operations, path: '/ops/recalls', device: desktop })
  await desk.getByRole('button', { name: '新建召回' }).click()
  await desk.getByRole('combobox', { name: '批次' }).fill(code)
  await desk.getByRole('option').first().click()
  await desk.getByLabel('说明').fill('示例：客户投诉异物')
  await axeCheck(desk)
  await shoot(desk, 'ops-recall-form-desktop')
  await desk.getByRole('button', { name: '存草稿并看范围' }).click()
  await desk.getByText('示例召回店').waitFor()
  await desk.getByRole('button', { name: '立即停售' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '立即停售' }).click()
  await desk.getByRole('button', { name: '确定范围' }).click()
  await desk.getByRole('button', { name: '通知 2 处' }).click()
  await desk.getByText('等待确认').first().waitFor()

  const shop = await app.signInAs('purchaser', { org: d.buyer })
  await shop.getByRole('link', { name: '查看' }).click()
  await shop.getByRole('button', { name: '全部封存' }).click()
  await shop.locator('input[type=file]').setInputFiles(png)
  await shop.getByRole('button', { name: '确认收到并提交数量' }).click()
  await shop.getByText('已确认，谢谢').waitFor()
  await axeCheck(shop)
  await touchCheck(shop)
  await shoot(shop, 'shop-recall-answered-phone')

  const floor = await app.signInAs('lead', {
    org: { id: d.hub.orgId, kind: 'warehouse' },
    path: '/warehouse/recall',
  })
  await floor.getByText('从买家收回').waitFor()
  await axeCheck(floor)
  await touchCheck(floor)
  await shoot(floor, 'warehouse-recall-phone')
  for (const [button, photo] of [
    ['放隔离区', false],
    ['放退货区', true],
  ] as const) {
    await floor.getByRole('button', { name: button }).click()
    if (photo) await floor.locator('input[type=file]').setInputFiles(png)
    if (photo) await floor.getByRole('dialog').getByRole('img').first().waitFor()
    await floor.getByRole('button', { name: '已隔离' }).click()
    await floor.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await floor.getByText('没有要取的召回货物').waitFor()

  await desk.getByRole('button', { name: '处置' }).click()
  await desk.getByLabel('地点').fill('示例销毁站')
  await desk.getByLabel('见证人').fill('示例甲、示例乙')
  await desk.locator('input[type=file]').setInputFiles(png)
  await desk.getByRole('dialog').getByRole('img').first().waitFor()
  await axeCheck(desk)
  await desk.getByRole('dialog').getByRole('button', { name: '销毁' }).click()
  await desk.getByRole('button', { name: '出具报告' }).waitFor()
  const written = await app.sql<{ id: string }[]>`select id from disposals where lot_id = ${lotId}`
  for (const { id } of written)
    await app.call('storing.witnessDisposal', { params: { id }, body: {} }, floor.guest)
  await desk.getByRole('button', { name: '出具报告' }).click()
  await desk.getByLabel('结论').fill('示例：全部追回并销毁')
  await desk.getByRole('dialog').getByRole('button', { name: '出具报告' }).click()
  await desk.getByRole('button', { name: '结案' }).click()
  await desk.getByText('已结案').first().waitFor()
  await axeCheck(desk)
  await shoot(desk, 'ops-recall-closed-desktop')
  const [kept] = await app.sql`select on_hand, stage from lots where id = ${lotId}`
  expect(kept).toEqual({ on_hand: 0, stage: 'destroyed' })
  for (const page of [desk, shop, floor]) await page.context().close()
}, 120_000)
