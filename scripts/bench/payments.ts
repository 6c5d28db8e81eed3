import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openDb } from '@huming/db/client'
import { startCluster } from '@huming/db/cluster'
import { makeOrg, makePerson } from '@huming/db/factories'
import { migrate } from '@huming/db/migrate'
import { buildApp } from '@huming/server/app'
import { allFaults, faultRun } from '@huming/server/payment/fault-run'
import { standIn } from '@huming/server/payment/stand-in/app'
import { FaultPlan } from '@huming/server/payment/stand-in/faults'

const root = resolve(import.meta.dirname, '../..')
const secretKey = 'sk_test_bench'
const webhookSecret = 'whsec_bench'
const buyerCount = 40

/**
 * `pnpm bench payments [--payments N] [--seed N] [--json]`: payments over HTTP against the stand-in of the provider,
 * which repeats, reorders, delays, loses and forges its notices and breaks in the middle of calls; then its books are
 * compared with the ledger. Ends with `{"payments","faults","lost","doubled","unbalanced"}`; exits with 1 unless the
 * last three are 0.
 */
export async function benchPayments(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      payments: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  })
  const [payments, seed] = [Number(values.payments), Number(values.seed)]
  if (
    !Number.isInteger(payments) ||
    payments < 1 ||
    payments > 1_000_000 ||
    !Number.isInteger(seed) ||
    seed < 1
  ) {
    console.error('Usage: pnpm bench payments [--payments 1–1000000] [--seed N] [--json]')
    process.exit(2)
  }
  const folder = join(root, '.data', `bench-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  const cluster = await startCluster({ dataDir: join(folder, 'pg'), durable: false })
  try {
    await migrate(cluster.url)
    const result = await measure(cluster.url, folder, payments, seed)
    if (values.json) console.log(JSON.stringify(result))
    if (result.lost + result.doubled + result.unbalanced > 0) process.exitCode = 1
  } finally {
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(url: string, folder: string, payments: number, seed: number) {
  const { db, sql, close } = openDb(url, {
    max: 24,
    applicationName: 'bench',
    statementTimeout: 0,
    lockTimeout: 0,
  })
  const settings = {
    secretKey,
    publishableKey: 'pk_test_bench',
    webhookSecret,
    host: new URL('http://127.0.0.1'),
  }
  const app = await buildApp({ db, sql, sample: true, filesDir: join(folder, 'files'), stripe: settings })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const hook = { url: `${address}/api/payments/webhook`, secret: webhookSecret }
  const provider = standIn({ secretKey, hook, plan: new FaultPlan(allFaults, seed) })
  settings.host = new URL(await provider.listen())
  try {
    const personIn = async (orgId: string, role: 'buyer_finance' | 'ops_finance') => ({
      orgId,
      personId: (await makePerson(db, orgId, [role])).id,
    })
    const house = await makeOrg(db, 'operations')
    const buyers = []
    for (let i = 0; i < buyerCount; i += 1)
      buyers.push(await personIn((await makeOrg(db, 'buyer')).id, 'buyer_finance'))
    const started = performance.now()
    const result = await faultRun({
      base: { db, sql, log: app.log },
      provider,
      settings,
      buyers,
      desk: [await personIn(house.id, 'ops_finance'), await personIn(house.id, 'ops_finance')],
      payments,
      seed,
      say: console.log,
    })
    const seconds = (performance.now() - started) / 1000
    const { books, deliveries, plan } = provider
    console.log(
      `${books.charges.size} charges, ${books.refunds.size} refunds, ${books.disputes.size} disputes, ${deliveries?.sent} notices sent in ${seconds.toFixed(0)} s; faults: ${JSON.stringify(plan.counts)}`,
    )
    return result
  } finally {
    await provider.close()
    await app.close()
    await close()
  }
}
