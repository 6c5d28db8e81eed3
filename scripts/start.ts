/** The whole product with one command: database, sample data, pages, server and jobs. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { migrate } from '@huming/db/migrate'
import { OperatorError } from '@huming/db/operator-error'
import { ensureDataFolder } from './data-folder.ts'
import { ownDatabase, useDatabase } from './database.ts'
import { type Env, readEnv } from './env.ts'
import { ensurePortFree } from './port.ts'
import { loadSamples } from './samples.ts'
import { supervise } from './supervise.ts'
import { ensureWebBuilt } from './web-build.ts'

const root = resolve(import.meta.dirname, '..')
const HEALTH_PATIENCE = 90_000

/** What has been started, to be stopped in the opposite order. */
const started: { stop(): Promise<void> }[] = []
const leaving = new AbortController()

async function main(): Promise<void> {
  const env = readEnv(process.env)
  await ensurePortFree(env.HOST, env.PORT)
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
  const server = keep('server', join(root, 'server/src/main.ts'), childEnv)
  const failures = [database.failed, server.failed]
  if (existsSync(join(root, 'jobs/src/main.ts'))) {
    failures.push(keep('jobs', join(root, 'jobs/src/main.ts'), childEnv).failed)
  }
  const failed = Promise.race(failures)
  const address = addressOf(env)
  await Promise.race([healthy(address), failed])
  await greet(address, env)
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
  if (env.SAMPLE_DATA === 'on') await (await loadSamples(root))?.seedOnce(database.url)
  return database
}

function keep(name: string, file: string, env: NodeJS.ProcessEnv) {
  const child = supervise(name, file, env)
  started.push(child)
  return child
}

async function healthy(address: string): Promise<void> {
  const deadline = Date.now() + HEALTH_PATIENCE
  while (Date.now() < deadline) {
    const answer = await fetch(`${address}/api/health`, { signal: AbortSignal.timeout(5_000) }).catch(
      () => undefined,
    )
    if (answer?.ok) return
    await sleep(200)
  }
  throw new OperatorError(`The server did not become ready within ${HEALTH_PATIENCE / 1000} seconds.`)
}

async function greet(address: string, env: Env): Promise<void> {
  console.log(`\n沪明直供 Huming is ready at ${address}`)
  const samples = env.SAMPLE_DATA === 'on' ? await loadSamples(root) : undefined
  if (samples) {
    console.log('\nSample sign-ins 示例账号:')
    for (const { phone, password, role } of samples.sampleSignIns)
      console.log(`  ${phone}  ${password}  ${role}`)
  }
  console.log('\nCtrl-C stops it.')
}

async function leave(code: number): Promise<never> {
  leaving.abort()
  for (const part of started.reverse()) await part.stop().catch((error) => console.error(error))
  process.exit(code)
}

let firstAsked = 0
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (firstAsked === 0) {
      firstAsked = Date.now()
      void leave(0)
    }
    // One Ctrl-C arrives twice, from the terminal and from pnpm. Asked again later, we leave at once:
    // what we started ends by itself when we are gone.
    else if (Date.now() - firstAsked > 1_000) process.exit(1)
  })
}

main().catch(async (error: unknown) => {
  if (leaving.signal.aborted) return
  console.error(error instanceof OperatorError ? error.message : error)
  await leave(1)
})
