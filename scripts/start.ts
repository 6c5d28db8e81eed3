/** The whole product with one command: database, sample data, pages, server and jobs. */
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { migrate } from '@huming/db/migrate'
import { OperatorError } from '@huming/db/operator-error'
import { requireSealKey } from '@huming/db/seal'
import { sampleSignIns, seedOnce } from '@huming/db/seed/run'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { appMessages } from '@huming/shared/i18n/app'
import { ensureDataFolder } from './data-folder.ts'
import { ownDatabase, useDatabase } from './database.ts'
import { type Env, readEnv } from './env.ts'
import { watchLaunchers } from './launchers.ts'
import { ensurePortFree, ensureRedisAnswers } from './port.ts'
import { samplePayments } from './sample-payments.ts'
import { supervise } from './supervise.ts'
import { ensureWebBuilt } from './web-build.ts'

const root = resolve(import.meta.dirname, '..')
const HEALTH_PATIENCE = 90_000

/** What has been started, to be stopped in the opposite order. */
const started: { stop(): Promise<void> }[] = []
const leaving = new AbortController()

async function main(): Promise<void> {
  const env = readEnv(process.env)
  requireSealKey(process.env, env.SAMPLE_DATA === 'on')
  await ensurePortFree(env.HOST, env.PORT)
  if (env.REDIS_URL) await ensureRedisAnswers(env.REDIS_URL)
  const dataDir = resolve(root, env.DATA_DIR)
  const filesDir = ensureDataFolder(dataDir)
  const [database, webDir] = await Promise.all([
    prepareDatabase(env, dataDir),
    ensureWebBuilt(root, console.log, leaving.signal),
  ])
  const childEnv = {
    ...process.env,
    NODE_ENV: 'production',
    PORT: String(env.PORT),
    HOST: env.HOST,
    DATABASE_URL: database.url,
    HUMING_SAMPLE: env.SAMPLE_DATA === 'on' ? '1' : '0',
    WEB_DIR: webDir,
    FILES_DIR: filesDir,
    LOG_LEVEL: process.env.LOG_LEVEL || 'warn',
  }
  const address = addressOf(env)
  const sample = env.SAMPLE_DATA === 'on' && env.SAMPLE_PAYMENTS === 'on' && !env.STRIPE_SECRET_KEY
  if (sample) Object.assign(childEnv, await samplePayments(address))
  const server = keep('server', join(root, 'server/src/main.ts'), childEnv)
  const jobs = keep('jobs', join(root, 'jobs/src/main.ts'), childEnv)
  const parts = [database, server, jobs]
  if (sample) parts.push(keep('payments', join(root, 'server/src/payment/stand-in/main.ts'), childEnv))
  const failed = Promise.race(parts.map((part) => part.failed))
  await Promise.race([healthy(address), failed])
  greet(address, env)
  await failed
}

function addressOf({ HOST, PORT }: Env): string {
  const host = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[HOST] ?? (HOST.includes(':') ? `[${HOST}]` : HOST)
  return `http://${host}:${PORT}`
}

async function prepareDatabase(env: Env, dataDir: string) {
  if (!env.DATABASE_URL) console.log(`Starting PostgreSQL in ${join(dataDir, 'pg')} …`)
  const database = env.DATABASE_URL ? await useDatabase(env.DATABASE_URL) : await ownDatabase(dataDir)
  started.push(database)
  await migrate(database.url)
  if (env.SAMPLE_DATA === 'on' && (await seedOnce(database.url))) console.log('Put in the sample data 示例.')
  return database
}

function keep(name: string, file: string, env: NodeJS.ProcessEnv) {
  const child = supervise(name, file, env)
  started.push(child)
  return child
}

/** Waits until the server answers and the jobs give signs of life. */
async function healthy(address: string): Promise<void> {
  const deadline = Date.now() + HEALTH_PATIENCE
  let last: Health | undefined
  while (Date.now() < deadline) {
    last = await readHealth(address)
    if (last?.ok) return
    await sleep(200)
  }
  const part = last?.database === 'down' ? 'database' : last?.queue === 'down' ? 'queue' : 'server'
  throw new OperatorError(`The ${part} did not become ready within ${HEALTH_PATIENCE / 1000} seconds.`)
}

type Health = ContractReply<Contracts['system.health']>

async function readHealth(address: string): Promise<Health | undefined> {
  try {
    const answer = await fetch(`${address}/api/health`, { signal: AbortSignal.timeout(5_000) })
    return (await answer.json()) as Health
  } catch {
    return undefined
  }
}

function greet(address: string, env: Env): void {
  console.log(`\n沪明直供 Huming is ready at ${address}`)
  if (env.SAMPLE_DATA === 'on') {
    console.log('\nSample sign-ins 示例账号 (phone, password, role):')
    for (const { phone, password, role } of sampleSignIns) {
      console.log(`  ${phone}  ${password}  ${appMessages[`role.${role}`].join(' ')}`)
    }
  }
  console.log('\nCtrl-C stops it.')
}

async function leave(code: number, lastWord?: string): Promise<never> {
  leaving.abort()
  for (const part of started.reverse()) await part.stop().catch((error) => console.error(error))
  if (lastWord) console.log(lastWord)
  process.exit(code)
}

let firstAsked = 0
function stopAsked(): void {
  if (firstAsked === 0) {
    firstAsked = Date.now()
    void leave(0, 'Stopped.')
  }
  // One Ctrl-C arrives twice, from the terminal and from pnpm. Asked again later, we leave at once: what we
  // started ends by itself when we are gone.
  else if (Date.now() - firstAsked > 1_000) process.exit(1)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopAsked)
watchLaunchers(stopAsked)
// Whoever read what we say may be gone before us.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

main().catch(async (error: unknown) => {
  if (leaving.signal.aborted) return
  console.error(error instanceof OperatorError ? error.message : error)
  await leave(1)
})
