import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDb } from './client.ts'
import { isAlive } from './cluster-folder.ts'
import { migrate, migrationsFolder } from './migrate.ts'

const TEMPLATE_LOCK = 4_618_297_654
/** Test databases are named `test_<process>_<random>`, so that those of dead processes can be found. */
const TEST_NAME = /^test_(\d+)_/

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

/**
 * Makes the migrated template database once per state of the migrations, however many runs share the server,
 * and returns its name.
 */
export async function ensureTemplate(clusterUrl: string): Promise<string> {
  const name = `huming_template_${migrationsHash()}`
  const { sql, close } = openDb(clusterUrl, { max: 1, statementTimeout: 0, lockTimeout: 0 })
  try {
    await sql`select pg_advisory_lock(${TEMPLATE_LOCK})`
    await dropLeftovers(sql)
    const [made] = await sql`select datistemplate from pg_database where datname = ${name}`
    if (made?.datistemplate) return name
    await sql`drop database if exists ${sql(name)} with (force)`
    await sql`create database ${sql(name)}`
    await migrate(withDatabase(clusterUrl, name))
    await sql`alter database ${sql(name)} is_template true allow_connections false`
    return name
  } finally {
    await close()
  }
}

async function dropLeftovers(sql: ReturnType<typeof openDb>['sql']): Promise<void> {
  for (const { datname } of await sql`select datname from pg_database`) {
    const owner = TEST_NAME.exec(datname)?.[1]
    if (owner && !isAlive(Number(owner))) await sql`drop database if exists ${sql(datname)} with (force)`
  }
}

function migrationsHash(): string {
  const hash = createHash('sha256')
  if (!existsSync(migrationsFolder)) return 'empty'
  for (const folder of readdirSync(migrationsFolder).sort()) {
    const file = join(migrationsFolder, folder, 'migration.sql')
    if (existsSync(file)) hash.update(folder).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 12)
}
