import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { type ClientOptions, openDb } from './client.ts'
import { withDatabase } from './test-template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    testCluster: { url: string; template: string }
  }
}

/**
 * A fresh, migrated, empty database for one test file; `close()` drops it.
 *
 * ```ts
 * const { db, sql, close } = await testDb()
 * afterAll(close)
 * ```
 */
export async function testDb(options: ClientOptions = {}) {
  const cluster = inject('testCluster')
  const name = `test_${process.pid}_${randomBytes(5).toString('hex')}`
  await administer(cluster.url, (sql) => sql`create database ${sql(name)} template ${sql(cluster.template)}`)
  const url = withDatabase(cluster.url, name)
  const opened = openDb(url, { max: 8, applicationName: 'test', ...options })
  const close = async () => {
    await opened.close()
    await administer(cluster.url, (sql) => sql`drop database if exists ${sql(name)} with (force)`)
  }
  return { url, sql: opened.sql, db: opened.db, close }
}

async function administer(
  url: string,
  work: (sql: ReturnType<typeof openDb>['sql']) => Promise<unknown>,
): Promise<void> {
  const { sql, close } = openDb(url, { max: 1, lockTimeout: 0, statementTimeout: 0 })
  try {
    await work(sql)
  } finally {
    await close()
  }
}
