import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { makeBuyer, makeOrg } from '@huming/db/factories'
import type { StripeSettings } from '@huming/server/payment/settings'
import { type Guest, testApp } from '@huming/server/test-app'
import { type OrgKind, type Role, rolesOfKind } from '@huming/shared/permissions'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { buildWeb } from './built-web.ts'
import { launchChromium } from './chromium.ts'

const shots = join(import.meta.dirname, '../../.data/shots')

/** A small phone, the narrowest we promise. */
export const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
}
export const desktop: BrowserContextOptions = { viewport: { width: 1366, height: 860 } }

/** One white point: enough of a photo for the canvas. */
export const photo = {
  name: 'photo.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  ),
}

/**
 * The real server on a fresh database, the built web, and a browser.
 *
 * ```ts
 * const shop = await openApp()
 * afterAll(shop.close)
 * const page = await shop.signInAs('purchaser')
 * ```
 */
export async function openApp({ root, stripe }: { root?: string; stripe?: StripeSettings } = {}) {
  const webDir = mkdtempSync(join(tmpdir(), 'huming-web-'))
  await buildWeb(webDir, root)
  const server = await testApp({ webDir, ...(stripe ? { stripe } : {}) })
  const url = await server.app.listen({ port: 0, host: '127.0.0.1' })
  const browser = await launchChromium()

  /** A page of its own context: nobody is signed in. Crashes of the page fail the test that closes the app. */
  async function newPage(options: BrowserContextOptions = phone): Promise<Page> {
    const context = await browser.newContext({
      baseURL: url,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      ...options,
    })
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    page.on('pageerror', (error) => crashes.push(`${page.url()}: ${error.message}`))
    page.on('console', (line) => {
      if (line.text().includes('Content Security Policy')) crashes.push(`${page.url()}: ${line.text()}`)
    })
    return page
  }

  /** Signs somebody in on a page that is still empty. */
  async function becomes(page: Page, guest: Guest): Promise<void> {
    const [name = '', value = ''] = guest.cookie.split('=')
    await page.context().addCookies([{ name, value, url }])
  }

  /** Opens a page as somebody who is there already. */
  async function openAs(guest: Guest, path = '/', device: BrowserContextOptions = phone): Promise<Page> {
    const page = await newPage(device)
    await becomes(page, guest)
    await page.goto(path)
    return page
  }

  /** Makes a person of the role (in `org`, or in a new organisation) and opens their console. */
  async function signInAs(role: Role, options: SignInOptions = {}): Promise<Page & { guest: Guest }> {
    const org = options.org ?? (await makeOrgFor(role, server.db))
    const guest = await server.guest(org, [role, ...(options.more ?? [])])
    const page = await openAs(guest, options.path, options.device)
    return Object.assign(page, { guest })
  }

  const crashes: string[] = []
  const close = async () => {
    await browser.close()
    await server.close()
    rmSync(webDir, { recursive: true, force: true })
    if (crashes.length > 0) throw new Error(`the page broke:\n${crashes.join('\n')}`)
  }
  return { ...server, databaseUrl: server.url, url, browser, newPage, becomes, openAs, signInAs, close }
}

interface SignInOptions {
  org?: { id: string; kind: string }
  /** Further roles of the same person. */
  more?: Role[]
  device?: BrowserContextOptions
  path?: string
}

function makeOrgFor(role: Role, db: Parameters<typeof makeOrg>[0]) {
  const kinds = Object.keys(rolesOfKind) as OrgKind[]
  const kind = kinds.find((one) => rolesOfKind[one].includes(role)) ?? 'buyer'
  return kind === 'buyer' ? makeBuyer(db) : makeOrg(db, kind)
}

/** Fails on any accessibility violation of WCAG 2.2 A and AA, and says which element and why. */
export async function axeCheck(page: Page): Promise<void> {
  // A colour in the middle of a fade has another contrast; a spinner never ends and is not waited for.
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map((one) => one.finished))
  })
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    // A toast lies in the top layer for a few seconds; axe takes it for covered by what it covers.
    .exclude('.k-toasts')
    .analyze()
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n  ${node.html.slice(0, 200)}\n  ${node.any[0]?.message ?? ''}`),
  )
  if (told.length > 0) throw new Error(`${page.url()} has ${told.length} violations\n${told.join('\n')}`)
}

/** Keeps a picture of the page in `.data/shots`. */
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: join(shots, `${name}.png`), animations: 'disabled' })
}

/** Fails when the page can be scrolled sideways, or a control is smaller than a finger. */
export async function touchCheck(page: Page, smallest = 44): Promise<void> {
  const wrong = await page.evaluate((least) => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
    const controls = [...document.querySelectorAll('button, a[href], input, select, textarea, label.k-check')]
    const small = controls.flatMap((control) => {
      // A tick belongs to its whole line, and a link inside a sentence is text.
      const target = control.closest('label') ?? control
      const box = target.getBoundingClientRect()
      const hidden = box.width === 0 || getComputedStyle(target).visibility === 'hidden'
      const skip = target.matches('.a-skip, .sr-only') || target.closest('p, li')?.tagName === 'P'
      if (hidden || skip || (box.height >= least - 0.5 && box.width >= least - 0.5)) return []
      return [`${Math.round(box.width)}×${Math.round(box.height)} ${target.outerHTML.slice(0, 120)}`]
    })
    return [...(wide > 0 ? [`scrolls ${wide} px sideways`] : []), ...small]
  }, smallest)
  if (wrong.length > 0) throw new Error(`${page.url()}\n${wrong.join('\n')}`)
}
