import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launchChromium } from '../../web/test/chromium.ts'
import type { Who } from '../night/client.ts'

type Browser = Awaited<ReturnType<typeof launchChromium>>
export type Page = Awaited<ReturnType<Browser['newPage']>>

const devices = {
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 1.5 },
  desktop: { viewport: { width: 1366, height: 860 }, deviceScaleFactor: 1 },
} as const
export type Device = keyof typeof devices

/** JPEG: a page of text stays sharp and small. */
const quality = 80

export type Shot = {
  /** `<console>-<screen>`; the device is added to the file's name. */
  name: string
  /** Nobody, for pages that need no signing in. */
  who: Who | null
  path: string
  /** Selector of what must be there before the picture, besides the heading. */
  wait?: string
  devices?: readonly Device[]
  /** What is done on the page first. */
  first?: (page: Page) => Promise<void>
}

export type Camera = {
  take: (shot: Shot) => Promise<void>
  /** One picture out of several already taken. */
  compose: (name: string, html: string, size: { width: number; height: number }) => Promise<void>
  close: () => Promise<void>
}

/** A browser that photographs the product in Chinese, on a small phone and on a desk. */
export async function openCamera(
  base: string,
  folder: string,
  { consoles, say }: { consoles: readonly string[] | null; say: (text: string) => void },
): Promise<Camera> {
  mkdirSync(folder, { recursive: true })
  const browser = await launchChromium()
  const isWanted = (name: string) => !consoles || consoles.includes(name.split('-')[0] ?? '')

  async function takeOn(device: Device, shot: Shot): Promise<void> {
    const context = await browser.newContext({
      baseURL: base,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      ...devices[device],
    })
    try {
      context.setDefaultTimeout(30_000)
      if (shot.who) await context.addCookies([cookieOf(shot.who, base)])
      const page = await context.newPage()
      await page.goto(shot.path)
      await shot.first?.(page)
      await settle(page, shot.wait)
      const path = join(folder, `${shot.name}-${device}.jpg`)
      await page.screenshot({ path, type: 'jpeg', quality, animations: 'disabled' })
      say(`  ${shot.name}-${device}`)
    } finally {
      await context.close()
    }
  }

  return {
    async take(shot) {
      if (!isWanted(shot.name)) return
      for (const device of shot.devices ?? ['phone', 'desktop']) await takeOn(device, shot)
    },
    async compose(name, html, size) {
      const page = await browser.newPage({ viewport: size })
      await page.setContent(html, { waitUntil: 'load' })
      await page.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality })
      await page.close()
      say(`  ${name}`)
    },
    close: () => browser.close(),
  }
}

function cookieOf({ cookie }: Who, url: string) {
  const at = cookie.indexOf('=')
  return { name: cookie.slice(0, at), value: cookie.slice(at + 1), url }
}

/** Everything drawn: the wanted words, no grey placeholders, every picture, and no message still passing by. */
async function settle(page: Page, wait = 'h1'): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.locator(wait).first().waitFor()
  await page.locator('.k-bone').first().waitFor({ state: 'hidden' })
  await page.evaluate(
    `Promise.allSettled([document.fonts.ready, ...[...document.images].filter((one) => one.loading !== 'lazy').map((one) => one.decode())])`,
  )
  await page.evaluate(`document.querySelector('.k-toasts:popover-open')?.hidePopover()`)
  await page.waitForTimeout(400)
}
