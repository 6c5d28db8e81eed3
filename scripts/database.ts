import { appendFileSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { openDb } from '@huming/db/client'
import { type Cluster, startCluster } from '@huming/db/cluster'
import { OperatorError } from '@huming/db/operator-error'

const OLDEST = 180_000
const LOG_LIMIT = 5_000_000
const RESTARTS = 5

/** The database of the product: the one at DATABASE_URL, or one of our own under the data folder. */
export interface Database {
  url: string
  /** Rejects when our own server could not be kept running. */
  failed: Promise<never>
  stop(): Promise<void>
}

/** A database that somebody else runs; looks whether it can be used. */
export async function useDatabase(url: string): Promise<Database> {
  const { sql, close } = openDb(url, { max: 1 })
  try {
    const [row] = await sql`select current_setting('server_version_num')::int as version`
    if (row?.version < OLDEST) {
      throw new OperatorError(
        `The database at DATABASE_URL is PostgreSQL ${Math.floor(row?.version / 10_000)}, but this product needs 18 or newer.`,
      )
    }
  } catch (error) {
    throw error instanceof OperatorError ? error : new OperatorError(databaseSentence(error, url))
  } finally {
    await close()
  }
  return { url, failed: new Promise(() => {}), stop: async () => {} }
}

function databaseSentence(error: unknown, url: string): string {
  const { code, message } = error as NodeJS.ErrnoException
  const { host, pathname, username } = new URL(url)
  if (code === '28P01' || code === '28000') {
    return `The database at ${host} (DATABASE_URL) does not let the user ${username} in; check user and password.`
  }
  if (code === '3D000') {
    return `The database ${pathname.slice(1)} is not there at ${host} (DATABASE_URL); create it first.`
  }
  return `The database at ${host} (DATABASE_URL) does not answer: ${message || code}.`
}

/** Starts our own PostgreSQL and starts it again when it ends unasked. */
export async function ownDatabase(dataDir: string): Promise<Database> {
  const log = openLog(join(dataDir, 'postgres.log'))
  const start = (port?: number) => startCluster({ dataDir: join(dataDir, 'pg'), durable: true, port, log })
  let cluster: Cluster = await start()
  let stopping = false
  const keep = async (): Promise<never> => {
    for (let restarts = 0; ; restarts += 1) {
      await cluster.ended
      if (stopping) return new Promise(() => {})
      if (restarts === RESTARTS) {
        throw new OperatorError(
          `PostgreSQL ended ${RESTARTS + 1} times; see ${join(dataDir, 'postgres.log')}.`,
        )
      }
      console.error('PostgreSQL ended unexpectedly; starting it again.')
      cluster = await start(cluster.port)
    }
  }
  const failed = keep()
  failed.catch(() => {})
  const stop = async () => {
    stopping = true
    await cluster.stop()
  }
  return { url: cluster.url, failed, stop }
}

/** What PostgreSQL says goes to a file, which begins anew at a start when it has grown long. */
function openLog(file: string): (line: string) => void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT) truncateSync(file)
  return (line) => appendFileSync(file, `${line}\n`)
}
