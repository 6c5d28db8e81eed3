import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startCluster } from '@huming/db/cluster'
import { isAlive, OWNER, PASSWORD_FILE } from '@huming/db/cluster-folder'
import { OperatorError } from '@huming/db/operator-error'
import { readEnv } from './env.ts'

/**
 * Lends the product's database to a tool: the one at DATABASE_URL, the one a running product keeps under its data
 * folder, or that folder's cluster started for as long as the work takes.
 */
export async function withDatabase<T>(
  variables: NodeJS.ProcessEnv,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const env = readEnv(variables)
  if (env.DATABASE_URL) return work(env.DATABASE_URL)
  const dataDir = resolve(import.meta.dirname, '..', env.DATA_DIR, 'pg')
  if (!existsSync(dataDir))
    throw new OperatorError(
      `There is no database in ${dataDir} yet; start the product first, or set DATABASE_URL.`,
    )
  const running = runningUrl(dataDir)
  if (running) return work(running)
  const cluster = await startCluster({ dataDir, durable: true })
  try {
    return await work(cluster.url)
  } finally {
    await cluster.stop()
  }
}

/** Address of the cluster that a running product has on this folder, from the server's own pid file. */
function runningUrl(dataDir: string): string | null {
  try {
    const [pid, , , port] = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')
    if (!isAlive(Number(pid))) return null
    const password = readFileSync(join(dataDir, PASSWORD_FILE), 'utf8').trim()
    return `postgres://${OWNER}:${encodeURIComponent(password)}@127.0.0.1:${Number(port)}/${OWNER}`
  } catch {
    return null
  }
}

/** Runs a tool's main; what an operator can mend is one sentence, anything else a stack trace. */
export async function tool(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main()
  } catch (error) {
    console.error(error instanceof OperatorError ? error.message : error)
    process.exitCode = 1
  }
}
