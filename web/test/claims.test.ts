import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { handedOver } from '@huming/server/claims/test-claims'
import { makeStatements } from '@huming/server/settlement/make-statements'
import type { Guest } from '@huming/server/test-app'
import { addDays, instantAt, monthEnd, serviceDayOf } from '@huming/shared/days'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

/** A picture as a phone takes it, small: 1 × 1 pixel. */
const photo = join(mkdtempSync(join(tmpdir(), 'huming-photo-')), 'photo.png')
writeFileSync(
  photo,
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)

const openAs = (guest: Guest, path: string, device = desktop): Promise<Page> =>
  app.openAs(guest, path, device)

/** The link of the first row of a list; on phones a row is a card. */
const firstOf = (page: Page, list: string) =>
  page.getByRole('group', { name: list, exact: true }).getByRole('link').first()

async function look(page: Page, name: string): Promise<void> {
  await axeCheck(page)
  if (name.endsWith('phone')) await touchCheck(page)
  await shoot(page, name)
}

test('a claim from the phone without a network becomes a decision, a credit note and a line of the statement', async () => {
  const h = await handedOver(app)

  const shop = await openAs(h.purchaser, `/orders/${h.orderId}`, phone)
  await shop.getByRole('heading', { level: 1 }).waitFor()
  await shoot(shop, 'claim-order-phone')
  await shop.getByRole('link', { name: '申请售后' }).click()
  await shop.getByRole('checkbox').first().check()
  await shop.getByRole('radio', { name: /质量/ }).check()
  await shop.getByRole('textbox', { name: '数量' }).fill('2')
  await shop.getByLabel('单位').selectOption('kg')
  expect(await shop.getByText('至少 1 张照片').first().isVisible()).toBe(true)
  await shop.locator('input[type=file]').setInputFiles(photo)
  await shop.getByAltText('售后照片').waitFor()
  await look(shop, 'claim-form-phone')
  await shop.context().setOffline(true)
  await shop.getByRole('button', { name: '提交售后' }).click()
  await shop.getByText('1 份售后等待提交').waitFor()
  await shop.context().setOffline(false)
  await firstOf(shop, '售后').waitFor()
  await look(shop, 'claims-phone')

  const desk = await openAs(h.finance, '/ops/claims')
  await firstOf(desk, '售后').click()
  await desk.getByText('建议责任方').waitFor()
  await desk.getByAltText('售后照片').first().waitFor()
  await desk.getByLabel('认可数量').fill('1')
  await desk.getByLabel('理由').fill('一半可用（示例）')
  await look(desk, 'claim-desk')
  await desk.getByRole('button', { name: '提交处理结果' }).click()
  await desk.getByText('扣款通知单').first().waitFor()
  expect(await desk.getByText('¥50.00').count()).toBeGreaterThan(0)

  const coop = await openAs(h.lister, '/coop/claims', phone)
  await firstOf(coop, '售后').click()
  await coop.getByRole('button', { name: '申诉' }).waitFor()
  await look(coop, 'claim-supplier-phone')

  const cut = monthEnd(serviceDayOf(new Date()))
  await makeStatements(app.system(instantAt(addDays(cut, 1), 10)))
  await desk.goto('/ops/statements')
  await desk.getByRole('button', { name: '发出全部待发' }).click()
  await desk.getByText(/已发出 \d+ 张/).waitFor()
  await look(desk, 'statements-desk')

  const finance = await openAs(h.buyerFinance, '/statements', phone)
  await firstOf(finance, '对账单').click()
  await finance.getByText('售后扣款').first().waitFor()
  await look(finance, 'statement-phone')
  await finance
    .getByRole('button', { name: /^提出异议/ })
    .first()
    .click()
  await finance.getByLabel('哪里不对').fill('重量不符（示例）')
  await finance.getByRole('dialog').getByRole('button', { name: '提出异议' }).click()
  await finance.getByText('异议：重量不符（示例）').waitFor()

  await desk.goto('/ops/statements')
  await firstOf(desk, '对账单').click()
  await desk.getByRole('button', { name: '答复异议' }).click()
  await desk.getByRole('textbox', { name: '答复' }).fill('已核对磅单（示例）')
  await desk.getByRole('dialog').getByRole('button', { name: '答复异议' }).click()
  await desk.getByText('已核对磅单（示例）').first().waitFor()
  await look(desk, 'statement-desk')

  await finance.reload()
  await finance.getByRole('button', { name: '确认对账单' }).click()
  await finance.getByRole('dialog').getByRole('button', { name: '确认对账单' }).click()
  await finance.getByText('已确认').first().waitFor()
  expect(await finance.getByRole('link', { name: '去付款' }).getAttribute('href')).toContain(
    '/pay?statement=',
  )

  await desk.reload()
  await desk.getByRole('button', { name: '生成开票数据' }).click()
  await desk.getByText('已开票').first().waitFor()
  await desk.getByRole('link', { name: '发票', exact: true }).click()
  await desk.getByRole('button', { name: '登记号码' }).waitFor()
  await look(desk, 'invoices-desk')
})

test('the desk reads ageing, judges terms by law and looks at a month', async () => {
  const h = await handedOver(app)
  const desk = await openAs(h.finance, '/ops/ageing')
  await desk.getByRole('row').nth(1).waitFor()
  await look(desk, 'ageing-desk')
  await desk.goto('/ops/terms')
  await desk.getByRole('button', { name: '约定新条款' }).click()
  await desk.getByLabel('账期（天）').fill('75')
  await desk
    .getByText(/超过上限 60 天/)
    .first()
    .waitFor()
  await look(desk, 'terms-desk')
  await desk.goto('/ops/months')
  await desk.getByRole('row').nth(2).getByRole('link').click()
  await desk.getByText('检查清单').first().waitFor()
  await look(desk, 'month-desk')
  const narrow = await openAs(h.finance, '/ops/claims', phone)
  await narrow.getByRole('heading', { level: 1 }).waitFor()
  await look(narrow, 'claims-desk-phone')
})
