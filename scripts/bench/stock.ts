import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type OpenDb, openDb } from '@huming/db/client'
import { startCluster } from '@huming/db/cluster'
import { migrate } from '@huming/db/migrate'
import { systemCtx } from '@huming/server/kernel/ctx'
import { releaseWave } from '@huming/server/picking/release-wave'
import { readWrites, replay, type Writes } from './raw-release.ts'
import { makeTwins, size } from './stock-market.ts'

const root = resolve(import.meta.dirname, '../..')
const rounds = 3
const quiet = { info: () => undefined, warn: () => undefined, error: console.error, debug: () => undefined }

/**
 * Releases a night of 2,000 orders × 12 lines over 300 packs and 3,000 lots in four waves, and on a twin of the hub
 * writes the very same rows by plain statements without reading or deciding anything. PostgreSQL writes durably.
 */
export async function benchStock(): Promise<Record<string, unknown>> {
  const folder = join(root, '.data', `bench-stock-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  const cluster = await startCluster({ dataDir: join(folder, 'pg'), durable: true })
  try {
    await migrate(cluster.url)
    const opened = openDb(cluster.url, { max: 4, applicationName: 'bench' })
    try {
      return await measure(opened)
    } finally {
      await opened.close()
    }
  } finally {
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(opened: OpenDb) {
  const lines = size.orders * size.linesPerOrder
  console.log(
    `${size.orders} orders × ${size.linesPerOrder} lines, ${size.skus} packs, ${size.lots} lots, ${size.waves} waves`,
  )
  const seconds = { product: [] as number[], raw: [] as number[] }
  let cutLines = 0
  for (let round = 0; round <= rounds; round++) {
    const { ours, raw } = await makeTwins(opened)
    const product = await clocked(async () => {
      for (const waveId of ours.waveIds)
        await releaseWave(systemCtx({ db: opened.db, sql: opened.sql, log: quiet }, 'bench'), waveId)
    })
    const writes: Writes[] = []
    for (const [i, waveId] of ours.waveIds.entries())
      writes.push(
        await readWrites(opened.sql, waveId, { from: ours, to: raw, toWave: raw.waveIds[i] as string }),
      )
    const plain = await clocked(async () => {
      for (const one of writes) await replay(opened.sql, one)
    })
    cutLines = writes.reduce((sum, one) => sum + one.cuts.length, 0)
    await refuseUnsound(opened.sql, ours.hubId)
    if (round === 0) continue
    seconds.product.push(product)
    seconds.raw.push(plain)
    console.log(`round ${round}: ${product.toFixed(2)} s released, ${plain.toFixed(2)} s as plain statements`)
  }
  const best = { product: median(seconds.product), raw: median(seconds.raw) }
  console.log(`${cutLines} lines cut for want of goods; ${Math.round(lines / best.product)} lines/s`)
  return {
    linesPerSecond: Math.round(lines / best.product),
    rawLinesPerSecond: Math.round(lines / best.raw),
    ratio: Math.round((best.raw / best.product) * 100) / 100,
  }
}

async function clocked(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number

/** What was released must be true: lots promise what tasks hold, no more than is there, every line picked or cut. */
async function refuseUnsound(sql: OpenDb['sql'], hubId: string): Promise<void> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int4 as n from (
      select l.id from lots l where l.hub_id = ${hubId} and (l.promised > l.on_hand or l.promised <> (
        select coalesce(sum(t.quantity), 0) from pick_tasks t where t.lot_id = l.id and t.status = 'open'))
      union all
      select n.id from order_lines n join orders o on o.id = n.order_id where o.hub_id = ${hubId}
        and n.quantity <> n.cut_quantity + (select coalesce(sum(t.quantity), 0) from pick_tasks t where t.order_line_id = n.id)) x`
  if (row?.n !== 0) throw new Error(`the release broke ${row?.n} lots or lines`)
}
