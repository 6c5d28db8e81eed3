import { type Base, testBase, well } from '@huming/server/production/test-base'
import { newId } from '@huming/shared/ids'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeCheck, desktop, openApp, phone, shoot, touchCheck } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
let base: Base
let neighbour: Base
const tablet = { ...phone, viewport: { width: 820, height: 1180 } }

beforeAll(async () => {
  app = await openApp()
  base = await testBase(app)
  neighbour = await testBase(app, 'base', base.hub.id)
})
afterAll(() => app.close())

const maker = (path: string, device = phone, more: 'quality'[] = ['quality']) =>
  app.signInAs('lister', { org: base.org, more, path: `/coop${path}`, device })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Looks at the whole page: no barrier, all can be touched, and a picture to look at. */
async function look(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.querySelector<HTMLElement>('.k-toasts:popover-open')?.hidePopover())
  await page.evaluate(() => window.scrollTo(0, 0))
  await axeCheck(page)
  if ((page.viewportSize()?.width ?? 0) < 400) await touchCheck(page)
  const size = page.viewportSize() ?? { width: 360, height: 740 }
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) })
  await shoot(page, name)
  await page.setViewportSize(size)
}

/** Filling bought from the neighbour, wrappers and dumplings of our own, with their recipes. */
async function kitchen() {
  const filling = await neighbour.sku({ allergens: ['soy'] }, 'C3')
  await app.sql`update products set name = '示例蒸饺馅' where id = ${filling.productId}`
  const other = {
    staple: false,
    only_cut: false,
    eaten_cold: false,
    central_kitchen: false,
    industrial_dish: false,
  }
  well(await neighbour.label(filling.id, { answers: other }))
  const pork = await neighbour.material({ name: '示例猪肉', category: 'A5' })
  const made = await neighbour.recipe(filling.id, 10_000, [[pork, 10_000]])
  const lot = await neighbour.make(made, 60_000, [[(await neighbour.buy(pork, 80_000)).code, 60_000]])
  const body = { lotId: lot.id, toOrgId: base.org.id, quantity: 60_000 }
  well(await app.call('production.sendMaterial', { params: { id: newId() }, body }, neighbour.lister))
  const wrapper = await base.material({ name: '示例蒸饺皮', category: 'C2', allergens: ['gluten'] })
  const dumpling = await base.sku({ allergens: ['gluten', 'soy'] })
  await app.sql`update products set name = '示例柳叶蒸饺' where id = ${dumpling.productId}`
  const recipe = await base.recipe(
    dumpling.id,
    10_000,
    [
      [filling.id, 6000],
      [wrapper, 4500, 200],
    ],
    { steps: [{ name: '包制' }, { name: '速冻', maxDeciC: -180, minutes: 40 }] },
  )
  return { dumpling, recipe, wrapper: await base.buy(wrapper, 90_000) }
}

test('a base receives filling, plans, makes, checks and releases dumplings', {
  timeout: 120_000,
}, async () => {
  const { dumpling, recipe, wrapper } = await kitchen()
  const page = await maker('/making/store')
  await page.getByText('示例蒸饺馅 60 kg').waitFor()
  await look(page, 'making-store-phone')
  await button(page, '收货').click()
  await page.getByRole('textbox', { name: /实收/ }).fill('59.5')
  await page.getByRole('textbox', { name: /拒收原因/ }).fill('破袋')
  await look(page, 'making-receive-phone')
  await button(page.getByRole('dialog') as never, '收货').click()
  await page.getByText('已入库', { exact: true }).first().waitFor()

  await page.goto(`/coop/making/labels/${dumpling.id}`)
  await button(page, '按配方填写').click()
  await page.getByRole('textbox', { name: /产品标准代号/ }).fill('GB 19295')
  await page.getByRole('textbox', { name: /生产许可证编号/ }).fill('SC11135040590010')
  await page.getByText('这个规格是：主食类，不属预制菜').waitFor()
  await look(page, 'making-label-phone')
  await button(page, '保存').click()
  await page.getByText('已保存').waitFor()

  await page.goto(`/coop/making/plan?recipe=${recipe}`)
  await page.getByRole('textbox', { name: /做多少/ }).fill('5')
  await page.getByText('31.5 kg').waitFor({ state: 'hidden' })
  await look(page, 'making-plan-phone')
  await button(page, '排上').click()
  await button(page, '开工').waitFor()
  await look(page, 'making-planned-phone')
  await button(page, '开工').click()

  await page.getByText('先用').first().waitFor()
  await look(page, 'making-run-phone')
  await page.getByRole('textbox', { name: /扫描或输入/ }).fill('NO-SUCH-LOT')
  await page.keyboard.press('Enter')
  await page.getByText('原料库里没有这个批次').waitFor()
  await page.getByRole('textbox', { name: /扫描或输入/ }).fill(wrapper.code)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByText(wrapper.code).waitFor()
  await dialog.getByRole('button', { name: '领料' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await button(page, '领料').first().click()
  await dialog.getByRole('button', { name: '领料' }).click()
  await dialog.waitFor({ state: 'hidden' })

  await button(page, '记录').first().click()
  await page.getByText('合格', { exact: true }).waitFor()
  await button(page, '记录').click()
  await dialog.getByRole('textbox', { name: /中心温度/ }).fill('-12')
  await dialog.getByRole('textbox', { name: /采取的措施/ }).fill('延长速冻30分钟')
  await dialog.getByRole('button', { name: '记录' }).click()
  await page.getByText('未达标').waitFor()
  await look(page, 'making-running-phone')

  await button(page, '做完了').click()
  await dialog.getByRole('textbox', { name: /实际产出/ }).fill('40')
  await dialog.getByRole('button', { name: '做完了' }).click()
  await dialog.getByText(/应得 50 kg/).waitFor()
  await dialog.getByRole('textbox', { name: /偏差原因/ }).fill('面皮破损')
  await dialog.getByRole('button', { name: '做完了' }).click()
  await page.getByRole('heading', { name: '出厂检验' }).waitFor()

  for (const value of ['正常', '10.02 kg', '12000 CFU/g']) {
    const empty = page.getByRole('textbox', { name: '检验结果' })
    for (let i = 0; i < 3; i += 1)
      if ((await empty.nth(i).inputValue()) === '') {
        await empty.nth(i).fill(value)
        break
      }
  }
  await look(page, 'making-check-phone')
  await button(page, '合格，放行').click()
  await page.getByText(/最后一次测温没有达到关键限值/).waitFor()
  await button(page, '再测').last().click()
  await dialog.getByRole('textbox', { name: /中心温度/ }).fill('-18.5')
  await dialog.getByRole('button', { name: '记录' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await button(page, '合格，放行').click()
  await page.getByText('已放行', { exact: true }).first().waitFor()
  await look(page, 'making-released-phone')

  await page.getByRole('link', { name: '产出批次' }).click()
  await page.getByRole('heading', { name: '批次谱系' }).waitFor()
  await page.getByText('示例猪肉').waitFor()
  await look(page, 'making-lot-phone')
  const [batch] = await app.sql`select l.stage, l.quantity::int as quantity from production_batches b
    join lots l on l.id = b.lot_id where b.org_id = ${base.org.id}`
  expect(batch).toEqual({ stage: 'made', quantity: 40_000 })

  const wide = await maker('/making', desktop)
  await wide.getByText('示例柳叶蒸饺').first().waitFor()
  await look(wide, 'making-home-desktop')
  const small = await maker('/making')
  await small.getByText('示例柳叶蒸饺').first().waitFor()
  await look(small, 'making-home-phone')
  const recipes = await maker(`/making/recipes/${recipe}`, tablet)
  await recipes.getByText('示例蒸饺皮').waitFor()
  await look(recipes, 'making-recipe-tablet')
})

test('a recipe is written on a phone, and refused where the label is silent', {
  timeout: 60_000,
}, async () => {
  const peanut = await base.material({ name: '示例花生碎', allergens: ['peanut'] })
  expect(peanut).toBeTruthy()
  const silent = await base.sku()
  await app.sql`update products set name = '示例花生酥' where id = ${silent.productId}`
  const page = await maker('/making/recipes/new')
  await page.getByLabel('做什么').selectOption({ label: `示例花生酥 · ${silent.spec}` })
  await page.getByRole('textbox', { name: /一个标准批做多少/ }).fill('10')
  await page.getByRole('combobox', { name: '加原料' }).fill('花生碎')
  await page
    .getByRole('listbox')
    .getByRole('option', { name: /示例花生碎/ })
    .click()
  await page.getByRole('textbox', { name: /净用量/ }).fill('10')
  await button(page, '加工序').click()
  await page.getByRole('textbox', { name: '工序 1' }).fill('烘烤')
  await look(page, 'making-recipe-form-phone')
  await button(page, '存为新版').click()
  await page.getByText(/标签缺少致敏原：花生/).waitFor()
  await app.sql`update skus set allergens = '{peanut}' where id = ${silent.id}`
  await button(page, '存为新版').click()
  await page.getByText('现行').waitFor()
})
