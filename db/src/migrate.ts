import { fileURLToPath } from 'node:url'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import { openDb } from './client.ts'

/** Where the migrations are kept. */
export const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))

/** Any fixed number, so that two processes starting together take turns. */
const MIGRATION_LOCK = 4_618_297_653

/** Brings a database to the newest schema; nothing happens when it is there already. */
export async function migrate(url: string): Promise<void> {
  // One connection, because the lock belongs to the session. A big table may take its time: no timeouts.
  const { sql, db, close } = openDb(url, {
    max: 1,
    applicationName: 'huming-migrate',
    statementTimeout: 0,
    lockTimeout: 0,
  })
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`
    await sql`create extension if not exists pg_trgm`
    await applyMigrations(db, { migrationsFolder })
  } finally {
    await close()
  }
}
