import { openDb } from '@huming/db/client'
import { seedOnce } from '@huming/db/seed/run'
import { samplePassword } from '@huming/shared/sample'
import { cpuMs } from './cpu-time.ts'
import { percentile, type Request, runLoad } from './http-load.ts'
import { type BenchProduct, startBenchProduct } from './product.ts'

const connections = 32
const rowsPerPage = 50

type Page = { name: string; path: string }
type Measured = {
  page: string
  perSecond: number
  p50Ms: number
  p99Ms: number
  rows: number
  kilobytes: number
  /** CPU per request: what counts on a machine that others load too; null where the system does not tell. */
  serverCpuMs: number | null
  postgresCpuMs: number | null
}

/**
 * Reads list, search and product pages over HTTP as a buyer of the sample data, and beside it the bare rows of one
 * list page (no prices, no availability, no HTTP) by plain SQL on as many connections.
 */
export async function benchCatalogue({ seconds }: { seconds: number }) {
  const product = await startBenchProduct()
  const opened = openDb(product.databaseUrl, { max: connections, applicationName: 'bench' })
  try {
    await seedOnce(product.databaseUrl)
    const { cookie, pages } = await openShop(product, opened.sql)
    const each = Math.max(1, seconds / (pages.length + 1))
    console.log(`${pages.length} pages, ${connections} connections, ${each.toFixed(1)} s each`)
    const measured: Measured[] = []
    for (const page of pages) measured.push(await measure(product, cookie, page, each))
    const rawPerSecond = await measureRaw(opened.sql, each)
    for (const one of measured) console.log(lineOf(one, rawPerSecond))
    console.log(`raw rows of a list page    ${rawPerSecond}/s`)
    return {
      pages: measured,
      rawPerSecond,
      slowestPerSecond: Math.min(...measured.map((one) => one.perSecond)),
    }
  } finally {
    await opened.close()
    await product.stop()
  }
}

/** Signs a buyer in and names the pages. */
async function openShop(
  product: BenchProduct,
  sql: ReturnType<typeof openDb>['sql'],
): Promise<{ cookie: string; pages: Page[] }> {
  const [buyer] = await sql<{ phone: string; site: string }[]>`
    select p.phone, s.id as site from memberships m join people p on p.id = m.person_id
    join sites s on s.org_id = m.org_id join organisations o on o.id = m.org_id
    where m.role = 'purchaser' and o.buyer_class = 'snack_shop' order by p.phone limit 1`
  const [sample] = await sql<{ id: string }[]>`select product_id as id from skus where code = 'SX-HS-01'`
  const body = JSON.stringify({ phone: buyer?.phone, password: samplePassword })
  const answer = await fetch(`http://127.0.0.1:${product.port}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const at = `siteId=${buyer?.site}`
  const search = (text: string) =>
    `/api/catalogue?${at}&limit=${rowsPerPage}&search=${encodeURIComponent(text)}`
  return {
    cookie,
    pages: [
      { name: 'list of 50', path: `/api/catalogue?${at}&limit=${rowsPerPage}` },
      { name: 'list of 20, in season', path: `/api/catalogue?${at}&limit=20&inSeason=true` },
      { name: 'search 花生', path: search('花生') },
      { name: 'search HSJ', path: search('HSJ') },
      { name: 'search pinyin bianrou', path: search('bianrou') },
      { name: 'product page', path: `/api/catalogue/products/${sample?.id}?${at}` },
      { name: 'order guide', path: `/api/sites/${buyer?.site}/guide` },
      { name: 'orders list', path: '/api/orders?limit=20' },
    ],
  }
}

async function measure(
  product: BenchProduct,
  cookie: string,
  { name, path }: Page,
  seconds: number,
): Promise<Measured> {
  const request: Request = { method: 'GET', path, cookie, body: '' }
  let answer = ''
  const run = (until: number) =>
    runLoad(
      product.port,
      connections,
      () => (performance.now() < until ? request : null),
      ({ status, body }) => {
        if (status !== 200) throw new Error(`${path} answered ${status}: ${body.slice(0, 200)}`)
        answer = body
      },
    )
  await run(performance.now() + 500)
  const before = cpuOf(product)
  const load = await run(performance.now() + seconds * 1000)
  const after = cpuOf(product)
  const perAnswer = (from: number | null, to: number | null) =>
    from === null || to === null ? null : round((to - from) / load.answers, 2)
  return {
    page: name,
    perSecond: Math.round(load.answers / load.seconds),
    p50Ms: round(percentile(load.latenciesMs, 0.5)),
    p99Ms: round(percentile(load.latenciesMs, 0.99)),
    rows: countRows(answer),
    kilobytes: Math.round(answer.length / 1000),
    serverCpuMs: perAnswer(before.server, after.server),
    postgresCpuMs: perAnswer(before.postgres, after.postgres),
  }
}

const cpuOf = (product: BenchProduct) => ({
  server: cpuMs(product.serverPid, { family: false }),
  postgres: cpuMs(product.postgresPid, { family: true }),
})

function lineOf(one: Measured, rawPerSecond: number): string {
  const cpu = `CPU ${one.serverCpuMs ?? '?'} + ${one.postgresCpuMs ?? '?'} ms`
  const times = `p50 ${one.p50Ms} ms, p99 ${one.p99Ms} ms`
  const size = `${one.rows} rows, ${one.kilobytes} KB`
  const ratio = (one.perSecond / rawPerSecond).toFixed(2)
  return `${one.page.padEnd(26)} ${one.perSecond}/s, ${times}, ${cpu} (server + PostgreSQL), ${size} (ratio ${ratio})`
}

const countRows = (body: string): number => {
  const { items, offers } = JSON.parse(body) as { items?: unknown[]; offers?: unknown[] }
  return (items ?? offers ?? []).length
}

/** The rows of one list page, by id and name only, as fast as the driver reads them. */
async function measureRaw(sql: ReturnType<typeof openDb>['sql'], seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1000
  let pages = 0
  const started = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        await sql`select p.id, p.name, p.name_en, p.category, k.id as sku_id, k.code, k.spec, k.zone, k.order_unit, o.short_name
          from products p join skus k on k.product_id = p.id join organisations o on o.id = p.org_id
          order by p.name limit ${rowsPerPage}`
        pages++
      }
    }),
  )
  return Math.round((pages * 1000) / (performance.now() - started))
}

const round = (value: number, digits = 1): number => Math.round(value * 10 ** digits) / 10 ** digits
