import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openDb } from '@huming/db/client'
import { startCluster } from '@huming/db/cluster'
import { migrate } from '@huming/db/migrate'
import { scopeOf } from '@huming/server/tracing/scope'
import { percentile } from './http-load.ts'

const root = resolve(import.meta.dirname, '../..')
const samples = 300

/** A night of the generated year: so many orders of so many lines, from lots of this and the two nights before. */
const night = {
  orders: 2000,
  lines: 12,
  finalLots: 100,
  rawLots: 5,
  middleLots: 25,
  nightsOfLot: 3,
  sites: 4000,
}
const madePerNight = night.middleLots + night.middleLots * 8
const edgesPerNight = night.orders * night.lines * 2 + madePerNight

type Sql = ReturnType<typeof openDb>['sql']

/**
 * `pnpm bench trace [--edges N] [--json]`: loads a generated trace into a database of its own and asks for the scope of
 * a recall from a raw lot through two transformations to all shops. Each raw lot goes into 5 fillings, each of these
 * with another into 8 foods of 100, which go to most of 4,000 shops within three nights.
 */
export async function benchTrace(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    allowPositionals: true,
    options: { edges: { type: 'string', default: '10000000' }, json: { type: 'boolean', default: false } },
  })
  const wanted = Number(values.edges)
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 200_000_000) {
    console.error('Usage: pnpm bench trace [--edges 1–200000000] [--json]')
    process.exit(2)
  }
  const folder = join(root, '.data', `bench-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  const cluster = await startCluster({ dataDir: join(folder, 'pg'), durable: false })
  const opened = openDb(cluster.url, {
    max: 2,
    applicationName: 'bench',
    statementTimeout: 0,
    lockTimeout: 0,
  })
  try {
    await migrate(cluster.url)
    const nights = Math.max(night.nightsOfLot, Math.ceil(wanted / edgesPerNight))
    const edges = await load(opened.sql, nights)
    const result = { edges, ...(await measure(opened.db, nights)) }
    console.log(
      `${edges} edges: scope of a raw lot in p50 ${result.p50Ms} ms, p99 ${result.p99Ms} ms over ${samples} samples`,
    )
    if (values.json) console.log(JSON.stringify(result))
  } finally {
    await opened.close()
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Fills the table with its indexes away and builds them afterwards, as a restore does. Gives how many edges lie there. */
async function load(sql: Sql, nights: number): Promise<number> {
  const started = performance.now()
  const indexes = await sql<{ name: string; definition: string }[]>`
    select c.relname as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
    join pg_class c on c.oid = i.indexrelid where i.indrelid = 'trace_edges'::regclass and not i.indisprimary`
  for (const { name } of indexes) await sql`drop index ${sql(name)}`
  // An id is a kind, a night and a number: rows of a night lie together, as those of UUIDs of version 7 do.
  await sql`
    create function bench_id(kind int, night int, number int) returns uuid immutable parallel safe language sql as $$
      select (lpad(to_hex(night), 8, '0') || '-0000-7000-8' || lpad(to_hex(kind), 3, '0') || '-' || lpad(to_hex(number), 12, '0'))::uuid $$`
  for (let n = 0; n < nights; n += 1) {
    await sql.unsafe(nightSql(n))
    if (n % 50 === 49 || n === nights - 1)
      console.log(`${n + 1} of ${nights} nights after ${Math.round((performance.now() - started) / 1000)} s`)
  }
  await sql`set maintenance_work_mem = '256MB'`
  for (const { definition } of indexes) await sql.unsafe(definition)
  await sql`vacuum (analyze) trace_edges`
  const [row] = await sql<{ n: number }[]>`select count(*)::int8 as n from trace_edges`
  console.log(`loaded and indexed in ${Math.round((performance.now() - started) / 1000)} s`)
  return row?.n ?? 0
}

/** Kinds of ids: 1 raw, 2 filling, 3 food, 4 order, 5 site, 6 event. */
function nightSql(n: number): string {
  const columns = 'from_id, to_id, kind, lot_id, quantity, to_quantity, event_id, at'
  const at = `timestamptz '2026-01-01 20:00+08' + ${n} * interval '1 day'`
  // Lots of a night before the first one are those of the first.
  const lotNight = `greatest(0, ${n} - (k + j) % ${night.nightsOfLot})`
  const lines = `generate_series(0, ${night.orders - 1}) k, generate_series(0, ${night.lines - 1}) j`
  const lot = `bench_id(3, ${lotNight}, (k * 7 + j * 31) % ${night.finalLots})`
  return `
    insert into trace_edges (${columns})
    select bench_id(1, ${n}, m % ${night.rawLots}), bench_id(2, ${n}, m), 'made_of', null::uuid, 100000, 95000,
      bench_id(6, ${n}, m), ${at} from generate_series(0, ${night.middleLots - 1}) m
    union all
    select bench_id(2, ${n}, m), bench_id(3, ${n}, (m * 8 + i * 13) % ${night.finalLots}), 'made_of', null::uuid, 11000, 10000,
      bench_id(6, ${n}, m), ${at} from generate_series(0, ${night.middleLots - 1}) m, generate_series(0, 7) i;
    insert into trace_edges (${columns})
    select ${lot}, bench_id(4, ${n}, k), 'picked', null, 1000, 1000, bench_id(6, ${n}, k * 12 + j), ${at} from ${lines};
    insert into trace_edges (${columns})
    select bench_id(4, ${n}, k), bench_id(5, 0, (k * 2 + ${n} % 2) % ${night.sites}), 'delivered', ${lot}, 1000, 1000,
      bench_id(6, ${n}, k), ${at} + interval '8 hours' from ${lines};`
}

type Db = ReturnType<typeof openDb>['db']

async function measure(db: Db, nights: number): Promise<{ p50Ms: number; p99Ms: number }> {
  const rawLot = (n: number, i: number): string =>
    `${n.toString(16).padStart(8, '0')}-0000-7000-8001-${i.toString(16).padStart(12, '0')}`
  const times: number[] = []
  let told = ''
  // Whole steps through the year, so that each sample meets pages that no sample before has read.
  for (let i = 0; i < samples; i += 1) {
    const n = (i * 37) % Math.max(1, nights - night.nightsOfLot)
    const started = performance.now()
    const scope = await scopeOf(db, [rawLot(n, i % night.rawLots)], 'forward')
    times.push(performance.now() - started)
    const shops = new Set(scope.sites.map((one) => one.siteId)).size
    told = `${scope.lots.length} lots, ${scope.orders.length} portions in orders, ${shops} shops`
    if (scope.lots.length < 40 || shops < 1000) throw new Error(`the recall reaches too little: ${told}`)
  }
  console.log(`the last one reaches ${told}`)
  const sorted = Float64Array.from(times).sort()
  const tenth = (ms: number): number => Math.round(ms * 10) / 10
  return { p50Ms: tenth(percentile(sorted, 0.5)), p99Ms: tenth(percentile(sorted, 0.99)) }
}
