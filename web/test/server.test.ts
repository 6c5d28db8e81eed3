import { join } from 'node:path'
import { makePerson } from '@huming/db/factories'
import { hashPassword } from '@huming/db/password'
import { emit } from '@huming/server/kernel/emit'
import { notify } from '@huming/server/kernel/notice'
import { inTransaction } from '@huming/server/kernel/transaction'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { desktop, openApp } from './browser.ts'

let app: Awaited<ReturnType<typeof openApp>>
beforeAll(async () => {
  app = await openApp({ root: join(import.meta.dirname, 'kit') })
})
afterAll(() => app.close())

const open = () => app.signInAs('driver', { path: '/?server', device: desktop })

/** Tells the organisation something, as a verb would. */
const tell = (orgId: string) => {
  const ctx = app.system()
  return inTransaction(ctx, async (tx) => {
    const subjectId = newId()
    await notify(tx, { orgId, key: 'notice.test', params: {}, subjectId, at: ctx.now })
    await emit(tx, ctx, { type: 'notice.sent', subjectId, orgId })
  })
}

test('news reaches an open page by itself', async () => {
  const page = await open()
  await page.getByText('实时更新中', { exact: true }).waitFor()
  await page.getByText('0 条未读').waitFor()
  await expect
    .poll(
      async () => {
        await tell(page.guest.orgId)
        return page.getByText(/[1-9] 条未读/).count()
      },
      { interval: 400, timeout: 10_000 },
    )
    .toBe(1)
})

test('an upload shrinks a large photo, shows it, and a file that is no picture is refused', async () => {
  const page = await open()
  const large = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 4000
    canvas.height = 3000
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('no canvas')
    for (let x = 0; x < 4000; x += 40) {
      pen.fillStyle = `hsl(${x % 360} 70% 50%)`
      pen.fillRect(x, 0, 40, 3000)
    }
    return canvas.toDataURL('image/png').split(',')[1] ?? ''
  })
  const files = page.locator('input[type=file]')
  await files.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from(large, 'base64') })
  const shown = page.getByRole('img', { name: '已拍的照片' })
  await shown.waitFor()
  const size = () => shown.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])
  await expect.poll(size).toEqual([1600, 1200])
  await files.setInputFiles({ name: 'b.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') })
  await page.getByRole('alert').getByText('这张照片打不开').waitFor()
  expect(await shown.count()).toBe(1)
})

test('what could not be read says so and can be tried again', async () => {
  const page = await open()
  await page.route('**/api/notices*', (route) => route.abort('internetdisconnected'))
  await page.reload()
  await page.getByRole('alert').getByText('连不上网络').waitFor({ timeout: 15_000 })
  await page.unroute('**/api/notices*')
  await page.getByRole('alert').getByRole('button', { name: '重试' }).last().click()
  await page.getByText(/条未读/).waitFor()
})

test('the shell tells of a lost network, an ended session leads to signing in, and a sample does so in two taps', async () => {
  const product = await openApp()
  try {
    const buyer = await product.signInAs('purchaser', { path: '/' })
    await buyer.getByRole('button', { name: '账号' }).waitFor()
    await buyer.context().setOffline(true)
    await buyer.getByRole('status').getByText('网络已断开').waitFor()
    await buyer.context().setOffline(false)
    await buyer.getByText('网络已断开').waitFor({ state: 'detached' })
    await makePerson(product.db, buyer.guest.orgId, ['acceptor'], {
      phone: '19912345678',
      name: '示例验收员',
      passwordHash: await hashPassword('huming-2026'),
    })
    await product.sql`delete from sessions`
    await buyer.reload()
    await buyer.waitForURL('**/sign-in*')
    await buyer.getByRole('button', { name: /验收/ }).click()
    await buyer.getByRole('button', { name: '登录', exact: true }).click()
    await buyer.getByRole('button', { name: '账号' }).click()
    await buyer.getByRole('dialog').getByText('示例验收员').waitFor()
  } finally {
    await product.close()
  }
})
