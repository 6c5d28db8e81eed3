import { openDb } from '@huming/db/client'
import { newId } from '@huming/shared/ids'
import { cpuMs } from './cpu-time.ts'
import { type Load, percentile, type Request, runLoad } from './http-load.ts'
import { type BenchMarket, hotStock, makeBenchMarket, unitsPerLine } from './order-market.ts'
import { type BenchProduct, startBenchProduct } from './product-split.ts'
import { linesPerOrder, pickDistinct, placeByCte, placeByStatements, runRaw } from './raw-orders.ts'

const connections = Number(process.env.CONNS ?? 32)
const buyerCount = 500
/** The three kinds of run take turns, so that whatever else the machine does meets them alike. */
const rounds = Number(process.env.ROUNDS ?? 3)
const fenPerUnit = 50_000

/**
 * Places 5-line orders over HTTP against a product of its own, with spread stock and with one pack in short supply,
 * and beside it the same rows by plain SQL without HTTP or rules, statement by statement and by one statement.
 */
export async function benchOrders({ seconds }: { seconds: number }) {
  const product = await startBenchProduct()
  const opened = openDb(product.databaseUrl, { max: 32, applicationName: 'bench' })
  try {
    const mon = openDb(product.databaseUrl, { max: 1 })
    const timer = setInterval(async () => {
      const rows = await mon.sql`select pid, application_name, state, wait_event_type, wait_event, round(extract(epoch from now()-query_start)*1000) as ms, round(extract(epoch from now()-xact_start)*1000) as xms, pg_blocking_pids(pid) as blk, left(regexp_replace(query,'\\s+',' ','g'),90) as q from pg_stat_activity where backend_type='client backend' and pid<>pg_backend_pid() and state<>'idle' and now()-xact_start > interval '400 ms' order by xact_start`
      for (const r of rows) console.log('MON', r.pid, r.application_name, r.state, r.wait_event, 'q', r.ms, 'x', r.xms, JSON.stringify(r.blk), r.q)
    }, 500)
    timer.unref()
    const market = await makeBenchMarket(opened, buyerCount)
    console.log(
      `${market.skus.length} packs, ${market.buyers.length} buyers, ${connections} connections, ${seconds} s each`,
    )
    const spread = await measure(product, opened.sql, market, seconds)
    const hot = await runHot(product, market)
    const result = { ...spread, hotAccepted: hot, oversold: await countOversold(opened.sql) }
    print(result)
    return result
  } finally {
    await opened.close()
    await product.stop()
  }
}

type Spread = Awaited<ReturnType<typeof measure>>

async function measure(
  product: BenchProduct,
  sql: ReturnType<typeof openDb>['sql'],
  market: BenchMarket,
  seconds: number,
) {
  const each = { connections, seconds: seconds / rounds }
  await runSpread(product, market, 2)
  await runRaw(sql, market, placeByStatements, { connections, seconds: 1 })
  await runRaw(sql, market, placeByCte, { connections, seconds: 1 })
  const sums = { http: tally(), statements: tally(), cte: tally() }
  const latencies: Float64Array[] = []
  let cpu = 0
  for (let round = 1; round <= rounds; round++) {
    const before = cpuOf(product); const s0=cpuMs(product.serverPid,{family:false})??0; const p0=cpuMs(product.postgresPid,{family:true})??0
    const load = await runSpread(product, market, each.seconds)
    cpu += cpuOf(product) - before
    console.log('per order: server', (((cpuMs(product.serverPid,{family:false})??0)-s0)/load.answers).toFixed(3), 'pg', (((cpuMs(product.postgresPid,{family:true})??0)-p0)/load.answers).toFixed(3), 'rate', (load.answers/load.seconds).toFixed(0))
    if (process.env.HTTP_ONLY) continue
      console.log(
        'server ms',
        cpuMs(product.serverPid, { family: false }) ?? 0,
        'pg',
        cpuMs(product.postgresPid, { family: true }),
        'orders',
        load.answers,
      )
    latencies.push(load.latenciesMs)
    add(sums.http, { orders: load.answers, seconds: load.seconds })
    add(sums.statements, await runRaw(sql, market, placeByStatements, each))
    add(sums.cte, await runRaw(sql, market, placeByCte, each))
    console.log(
      `round ${round}: ${[sums.http, sums.statements, sums.cte].map((sum) => Math.round(sum.last)).join(' / ')} orders/s (HTTP / statements / CTE)`,
    )
  }
  const all = Float64Array.from(latencies.flatMap((one) => [...one])).sort()
  return {
    ordersPerSecond: round(perSecond(sums.http)),
    rawStatementsPerSecond: round(perSecond(sums.statements)),
    rawCtePerSecond: round(perSecond(sums.cte)),
    ratioStatements: round(perSecond(sums.http) / perSecond(sums.statements), 2),
    ratioCte: round(perSecond(sums.http) / perSecond(sums.cte), 2),
    p50Ms: round(percentile(all, 0.5), 1),
    p99Ms: round(percentile(all, 0.99), 1),
    cpuMsPerOrder: Number.isNaN(cpu) ? null : round(cpu / sums.http.orders, 3),
  }
}

type Tally = { orders: number; seconds: number; last: number }
const tally = (): Tally => ({ orders: 0, seconds: 0, last: 0 })
const perSecond = (sum: Tally): number => sum.orders / sum.seconds
function add(sum: Tally, one: { orders: number; seconds: number }): void {
  sum.orders += one.orders
  sum.seconds += one.seconds
  sum.last = one.orders / one.seconds
}
const round = (value: number, digits = 0): number => Math.round(value * 10 ** digits) / 10 ** digits

/** Server and PostgreSQL together; NaN where the system does not tell. */
const cpuOf = (product: BenchProduct): number =>
  (cpuMs(product.serverPid, { family: false }) ?? Number.NaN) +
  (cpuMs(product.postgresPid, { family: true }) ?? Number.NaN)

function orderRequest(
  market: BenchMarket,
  buyer: BenchMarket['buyers'][number],
  skuIds: readonly string[],
): Request {
  const body = JSON.stringify({
    siteId: buyer.siteId,
    day: market.day,
    windowFrom: 60,
    windowTo: 390,
    expectedTotalFen: skuIds.length * unitsPerLine * fenPerUnit,
    lines: skuIds.map((skuId) => ({ skuId, units: unitsPerLine })),
  })
  return { method: 'PUT', path: `/api/orders/${newId()}`, cookie: buyer.cookie, body }
}

const anySkus = (market: BenchMarket, count: number): string[] =>
  pickDistinct(market.skus.length, count).map((place) => market.skus[place]?.id as string)

function runSpread(product: BenchProduct, market: BenchMarket, seconds: number): Promise<Load> {
  const deadline = performance.now() + seconds * 1000
  const buyer = () =>
    market.buyers[Math.trunc(Math.random() * market.buyers.length)] as (typeof market.buyers)[number]
  return runLoad(
    product.port,
    connections,
    () =>
      performance.now() < deadline ? orderRequest(market, buyer(), anySkus(market, linesPerOrder)) : null,
    ({ status, body }) => {
      if (status !== 200) throw new Error(`an order was refused: ${status} ${body}`)
    },
  )
}

/** Every buyer wants one order with the pack that there is not enough of. */
async function runHot(product: BenchProduct, market: BenchMarket): Promise<number> {
  const waiting = [...market.buyers]
  let accepted = 0
  const next = () => {
    const buyer = waiting.pop()
    return buyer ? orderRequest(market, buyer, [market.hot.id, ...anySkus(market, linesPerOrder - 1)]) : null
  }
  await runLoad(product.port, connections, next, ({ status, body }) => {
    if (status === 200) accepted++
    else if (!body.includes('"not_available"')) throw new Error(`an order failed: ${status} ${body}`)
  })
  return accepted
}

/** Lots promised beyond what they hold, or otherwise than their lines say. */
async function countOversold(sql: ReturnType<typeof openDb>['sql']): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int4 as n from lots l where l.promised > l.promisable
      or (exists (select 1 from promises p where p.lot_id = l.id)
        and l.promised <> (select sum(p.quantity) from promises p where p.lot_id = l.id))`
  return row?.n ?? 0
}

function print(result: Spread & { hotAccepted: number; oversold: number }): void {
  console.log(
    [
      `orders over HTTP        ${result.ordersPerSecond}/s, p50 ${result.p50Ms} ms, p99 ${result.p99Ms} ms`,
      `raw, statement by statement ${result.rawStatementsPerSecond}/s (ratio ${result.ratioStatements})`,
      `raw, one CTE per order  ${result.rawCtePerSecond}/s (ratio ${result.ratioCte})`,
      `CPU of server and PostgreSQL ${result.cpuMsPerOrder ?? 'unknown'} ms per order`,
      `short supply: ${result.hotAccepted} of ${buyerCount} accepted, stock for ${hotStock}; oversold lots: ${result.oversold}`,
    ].join('\n'),
  )
}
