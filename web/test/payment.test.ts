import { makeBuyer, makeOrg } from '@huming/db/factories'
import { receivingAccounts } from '@huming/db/schema/payment'
import { pump } from '@huming/server/payment/pump'
import { standIn } from '@huming/server/payment/stand-in/app'
import { newId } from '@huming/shared/ids'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

const secretKey = 'sk_test_web'
const webhookSecret = 'whsec_web'
const settings = {
  secretKey,
  publishableKey: 'pk_test_web',
  webhookSecret,
  host: new URL('http://127.0.0.1:1'),
}

let app: Awaited<ReturnType<typeof openApp>>
let provider: ReturnType<typeof standIn>
let buyer: Awaited<ReturnType<typeof makeBuyer>>
let centre: Awaited<ReturnType<typeof makeOrg>>
let jobs: Promise<void>
const ending = new AbortController()

/** What the jobs do. */
async function keepPumping(): Promise<void> {
  while (!ending.signal.aborted) {
    await pump({ db: app.db, sql: app.sql, log: app.app.log }, settings)
    await new Promise((done) => setTimeout(done, 100))
  }
}

beforeAll(async () => {
  app = await openApp({ stripe: settings })
  const hook = { url: `${app.url}/api/payments/webhook`, secret: webhookSecret }
  provider = standIn({ secretKey, hook })
  settings.host = new URL(await provider.listen())
  centre = await makeOrg(app.db, 'operations')
  buyer = await makeBuyer(app.db, { name: '杨浦示范大学食堂（示例）', shortName: '杨浦食堂（示例）' })
  await app.db.insert(receivingAccounts).values({
    id: newId(),
    orgId: centre.id,
    holder: '沪明直供监管专户（示例）',
    bank: '示例银行上海分行营业部',
    number: '6222 0000 0000 0000 001',
    validFrom: '2020-01-01',
    validTo: '2099-12-31',
    isSample: true,
  })
  jobs = keepPumping()
})
afterAll(async () => {
  ending.abort()
  await jobs
  await provider.close()
  await app.close()
})

/** From the top: what the shell's head covers is no flaw. */
async function checkScreen(page: Page, small = false): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, 0))
  await axeCheck(page)
  if (small) await touchCheck(page)
}

test('a canteen tops up by WeChat on a phone, closes the page, comes back, pays, sees the receipt', async () => {
  const page = await app.signInAs('buyer_finance', { org: buyer, path: '/credit', device: phone })
  await page.getByRole('main').getByRole('link', { name: '付款', exact: true }).click()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByText('请填写大于 0 的金额').waitFor()
  await page.getByLabel('付款金额（元）').fill('1,200.50')
  await page.getByText('微信支付').click()
  await shoot(page, 'payment-begin')
  await checkScreen(page, true)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('img', { name: '或用手机扫码付款' }).waitFor()
  await checkScreen(page, true)
  await shoot(page, 'payment-open')
  // The page is closed; the payment waits in the list.
  await page.goto('/payments')
  await page.getByRole('link', { name: /\d/ }).first().waitFor()
  await checkScreen(page, true)
  await page.getByText('待付款').last().click()
  await page.getByRole('link', { name: '去付款' }).click()
  await page.getByRole('heading', { name: '¥1200.50' }).waitFor()
  await checkScreen(page)
  await page.getByRole('button', { name: /付款 Pay/ }).click()
  await page.getByText('已收到付款').waitFor()
  await page.getByRole('link', { name: '收款凭证' }).waitFor()
  await checkScreen(page, true)
  await shoot(page, 'payment-done')
  await page.goto('/credit')
  await page.getByText('¥1,200.50').first().waitFor()
})

test('finance takes a statement in, confirms a payer, sends one back with a second person', async () => {
  const phonePage = await app.signInAs('buyer_finance', { org: buyer, path: '/pay?fen=88000', device: phone })
  await phonePage.getByText('银行转账').click()
  await phonePage.getByRole('button', { name: '下一步' }).click()
  const code = await phonePage.getByText(/^HM\d{8}$/).textContent()
  await phonePage.getByRole('button', { name: '复制 付款码' }).waitFor()
  await checkScreen(phonePage, true)
  await shoot(phonePage, 'payment-transfer')
  const page = await app.signInAs('ops_finance', { org: centre, path: '/ops/bank', device: desktop })
  const file = [
    '交易日期,流水号,借方金额,贷方金额,对方户名,对方账号,附言',
    `2026-11-24,WEB001,,880.00,某出纳,6222,货款 ${code}`,
    '2026-11-24,WEB002,,33.00,杨浦示范大学食堂（示例）,6222,十一月',
    '2026-11-24,WEB003,,66.00,陌生人,6222,转错了',
  ]
  const take = (lines: string[]) =>
    page
      .getByLabel('选择文件')
      .setInputFiles({ name: '流水.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) })
  await take([...file, '2026-11-31,WEB004,,1.00,谁,6222,'])
  await page.getByText('文件第 5 行有误').waitFor()
  await take(file)
  await page.getByText('共 3 行，新增 3 行：自动认领 1，待确认 0，待处理 2。').waitFor()
  await checkScreen(page)
  await shoot(page, 'payment-bank')
  const row = page.getByRole('row', { name: /WEB002/ })
  await row.getByRole('button', { name: '处理' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox').fill('杨浦')
  await page.getByRole('option', { name: /杨浦示范大学食堂/ }).click()
  await checkScreen(page)
  await shoot(page, 'payment-line')
  await dialog.getByRole('button', { name: '认领给采购方' }).click()
  await row.waitFor({ state: 'detached' })
  await page
    .getByRole('row', { name: /WEB003/ })
    .getByRole('button')
    .click()
  await dialog.getByLabel('原因').fill('转错账户')
  await dialog.getByRole('button', { name: '申请退回付款人' }).click()
  await page.getByText('没有这样的流水').waitFor()
  await phonePage.getByText('已收到付款').waitFor()
  const second = await app.signInAs('ops_finance', {
    org: centre,
    path: '/ops/bank?status=returning',
    device: phone,
  })
  await second.getByRole('button', { name: '处理' }).click()
  await second.getByText(/申请退回：转错账户/).waitFor()
  await checkScreen(second, true)
  await shoot(second, 'payment-return')
  await second.getByRole('button', { name: '同意退回' }).click()
  await second.getByText('没有这样的流水').waitFor()
})

test('a refund is asked for on the payment and let go by another', async () => {
  const page = await app.signInAs('ops_finance', { org: centre, path: '/ops/payments', device: desktop })
  await page.getByRole('cell', { name: '微信支付' }).first().waitFor()
  await checkScreen(page)
  await shoot(page, 'payment-list')
  await page.getByRole('cell', { name: '微信支付' }).first().click()
  await page.getByRole('button', { name: '申请退款' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('付款金额（元）').fill('200.5')
  await dialog.getByLabel('原因').fill('少送两箱')
  await dialog.getByRole('button', { name: '申请退款' }).click()
  await dialog.waitFor({ state: 'detached' })
  const second = await app.signInAs('ops_finance', { org: centre, path: '/ops/refunds', device: desktop })
  await second.getByRole('button', { name: '处理' }).click()
  await checkScreen(second)
  await second.getByRole('button', { name: '同意退款' }).click()
  await second.getByRole('button', { name: '同意退款' }).waitFor({ state: 'detached' })
  await expect
    .poll(() => [...provider.books.refunds.values()].map((refund) => refund.amount), { timeout: 10_000 })
    .toEqual([20_050])
  for (const refund of provider.books.refunds.values()) provider.books.endRefund(refund, 'succeeded')
  await second.reload()
  await second.getByText('已退款').waitFor()
  await shoot(second, 'payment-refunds')
  const small = await app.signInAs('ops_finance', { org: centre, path: '/ops/refunds', device: phone })
  await small.getByText('已退款').waitFor()
  await checkScreen(small, true)
})
