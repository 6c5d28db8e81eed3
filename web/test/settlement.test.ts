import { makeOrg } from '@huming/db/factories'
import { testMarket } from '@huming/server/orders/test-market'
import { settledTrade } from '@huming/server/settlement/test-settled'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
let ops: Awaited<ReturnType<typeof makeOrg>>
let broker: Awaited<ReturnType<typeof makeOrg>>
let m: Awaited<ReturnType<typeof testMarket>>
let s: ReturnType<typeof settledTrade>

/** Goods delivered long ago, all but one order due by now; one carton was taken back. */
beforeAll(async () => {
  app = await openApp()
  ops = await makeOrg(app.db, 'operations')
  broker = await makeOrg(app.db, 'broker', { shortName: '示例茶乡经纪人' })
  m = await testMarket(app)
  s = settledTrade(app, m)
  await app.sql`update organisations set short_name = '示例金柑合作社' where id = ${m.supplier.id}`
  await s.terms(ops.id)
  await s.mandate({ brokerOrgId: broker.id })
  const buyer = await m.shop()
  const pack = await m.goods(40)
  const old = await s.loaded(buyer, [[pack, 3]])
  await s.deliver([old], new Date(Date.now() - 40 * 86_400_000))
  await s.deliver([await s.loaded(buyer, [[pack, 2]])])
  await s.takeBack(old[0] as NonNullable<(typeof old)[0]>, { quantity: 10_000, grossFen: 50_000 })
})
afterAll(() => app.close())

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
async function look(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.querySelector<HTMLElement>('.k-toasts:popover-open')?.hidePopover())
  await axeCheck(page)
  if ((page.viewportSize()?.width ?? 0) < 400) await touchCheck(page)
  const size = page.viewportSize() ?? { width: 360, height: 740 }
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) })
  await shoot(page, name)
  await page.setViewportSize(size)
}
const lister = (device = phone) =>
  app.signInAs('lister', { org: { id: m.supplier.id, kind: 'coop' }, path: '/coop/money', device })
const finance = (path: string, device = desktop) =>
  app.signInAs('ops_finance', { org: ops, path: `/ops${path}`, device })

test('a supplier sees what is due, when and why, and tells where it is to be paid', async () => {
  const page = await lister()
  // Two cartons at 500.00 are left of what is due: 1000.00 less fee, commission and retention.
  await page.getByText('¥906.00').first().waitFor()
  await page.getByText('缺收款账户').waitFor()
  await page.getByRole('group', { name: '结算明细' }).getByText('售后扣回').waitFor()
  await look(page, 'coop-money-phone')
  await button(page, '登记新账户').click()
  await page.getByRole('textbox', { name: '户名' }).fill('示例金柑合作社')
  await page.getByRole('textbox', { name: '开户行' }).fill('示例银行尤溪支行')
  await page.getByRole('textbox', { name: /联行号/ }).fill('105395000012')
  await page.getByRole('textbox', { name: '账号' }).fill('6222 0202 0011 2233 445')
  await look(page, 'coop-money-account-phone')
  await button(page, '保存').click()
  await page.getByText('尾号 3445').waitFor()
  expect(await page.content()).not.toContain('62220202')
  await page.context().close()
  const wide = await lister(desktop)
  await wide.getByText('尾号 3445').waitFor()
  await look(wide, 'coop-money-wide')
  await wide.context().close()
})

test('parties at Stripe are seen with how far they are, and those who are ready can be paid that way', async () => {
  const [supplier, agent] = [m.supplier.id, broker.id]
  await app.sql`insert into connect_accounts (org_id, provider_account_id, payouts_enabled, created_at)
    values (${supplier}, 'acct_sample_1', true, now()), (${agent}, 'acct_sample_2', false, now())`
  const desk = await finance('/connect', phone)
  await desk.getByText('可收款').first().waitFor()
  await desk.getByText('待收款方补充资料').waitFor()
  await look(desk, 'ops-connect-phone')
  // No key is set here: the product says so instead of doing nothing.
  await button(desk, '资料填写链接').click()
  await desk.getByRole('alert').first().waitFor()
  await desk.context().close()
  const wide = await finance('/connect')
  await wide.getByText('可收款').first().waitFor()
  await look(wide, 'ops-connect-wide')
  await wide.context().close()
  const payouts = await finance('/payouts')
  await payouts.getByText('银行批量转账').first().click()
  await payouts.getByText('Stripe 转账').first().click()
  await payouts.getByRole('checkbox', { name: '示例金柑合作社' }).check({ force: true })
  await payouts.getByText('未开通 Stripe').first().waitFor()
  await look(payouts, 'ops-payouts-stripe-wide')
  await payouts.context().close()
})

test('a rule of claims is written ahead, and a file of numbers with wrong rows is refused row by row', async () => {
  const desk = await finance('/claim-rules', phone)
  await button(desk, '新规则').click()
  await desk.getByRole('textbox', { name: /依据/ }).fill('平台规则（示例）')
  await look(desk, 'ops-claim-rule-phone')
  await button(desk, '保存规则').click()
  await desk.getByText('未生效').first().waitFor()
  await look(desk, 'ops-claim-rules-phone')
  await desk.context().close()
  const wide = await finance('/claim-rules')
  await wide.getByText('未生效').first().waitFor()
  await look(wide, 'ops-claim-rules-wide')
  await wide.goto(`${app.url}/ops/invoices`)
  await button(wide, '导入发票号码').click()
  const text = `发票流水号,数电票号码,开票日期\nx,${'1'.repeat(20)},2026-11-24\n`
  const file = { name: 'numbers.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
  await wide.locator('input[type=file]').setInputFiles(file)
  await wide.getByText('第 2 行：发票流水号不完整').waitFor()
  await look(wide, 'ops-invoice-numbers-wide')
  await wide.context().close()
})

test('one person proposes a payout, another verifies the new account and approves; the money arrives', async () => {
  const maker = await finance('/payouts')
  await maker.getByRole('checkbox', { name: '示例金柑合作社' }).check({ force: true })
  await maker.getByText('新账户，须核实').waitFor()
  await look(maker, 'ops-payouts-wide')
  await button(maker, '提交复核').click()
  await maker.getByText('新账户未核实').waitFor()
  const path = new URL(maker.url()).pathname.replace('/ops', '')
  expect(await button(maker, '复核通过').getAttribute('aria-disabled')).toBe('true')
  await maker.context().close()

  const checker = await finance(path, phone)
  await button(checker, '核实新账户').click()
  await checker.getByRole('textbox', { name: /如何核实/ }).fill('回拨登记电话')
  await checker.getByRole('dialog').getByRole('button', { name: '核实新账户' }).click()
  await checker.getByText(/已核实/).waitFor()
  await look(checker, 'ops-payout-phone')
  await button(checker, '复核通过').click()
  await checker.getByRole('dialog').getByRole('button', { name: '复核通过' }).click()
  await checker.getByRole('link', { name: '银行文件（GB18030）' }).waitFor()
  await button(checker, '标记已付出').click()
  await checker.getByRole('dialog').getByRole('button', { name: '标记已付出' }).click()
  await button(checker, '到账').click()
  await checker.getByRole('textbox', { name: '银行流水号' }).fill('B20261124-1')
  await checker.getByRole('dialog').getByRole('button', { name: '到账' }).click()
  await checker.getByText('B20261124-1').waitFor()
  await look(checker, 'ops-payout-done-phone')
  await checker.context().close()
  const page = await lister()
  await page.getByText('已到账').waitFor()
  expect(await s.balance(ops.id, 'bank')).toBe(90_600)
})

test('a broker sees its commission with its why and objects; operations answers', async () => {
  const page = await app.signInAs('broker', { org: broker, path: '/broker/money', device: phone })
  await page.getByText('货款的 2 %').first().waitFor()
  await look(page, 'broker-money-phone')
  await button(page, '提出异议').first().click()
  await page.getByRole('textbox', { name: '哪里不对' }).fill('应按约定另加每单五元')
  await page.getByRole('dialog').getByRole('button', { name: '提出异议' }).click()
  await page.getByText('异议处理中').waitFor()
  await page.context().close()

  const desk = await finance('/mandates')
  await button(desk, '答复').click()
  await desk.getByRole('textbox', { name: '答复' }).fill('已补五元')
  await desk.getByRole('textbox', { name: /补付金额/ }).fill('5')
  await button(desk, '成立').click()
  await desk.getByText('已补五元').waitFor()
  await look(desk, 'ops-mandates-wide')
  await desk.context().close()
  expect(await s.balance(broker.id, 'commission')).toBe(4_000 + 500)
})

test('operations agrees new terms with a supplier', async () => {
  const desk = await finance('/supplier-terms')
  await button(desk, '新条款').click()
  await desk.getByLabel('供货方').selectOption({ label: '示例金柑合作社' })
  await desk.getByRole('textbox', { name: '服务费（%）' }).fill('1.5')
  await look(desk, 'ops-terms-new-wide')
  await button(desk, '保存').click()
  await desk.getByText('条款已保存').waitFor()
  await desk.getByRole('group', { name: '供应商结算条款' }).getByText('1.5 %').waitFor()
  await look(desk, 'ops-terms-wide')
})
