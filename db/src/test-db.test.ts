import { afterAll, describe, expect, test } from 'vitest'
import { testDb } from './test-db.ts'

describe('test databases', async () => {
  const one = await testDb()
  const two = await testDb()
  afterAll(async () => {
    await one.close()
    await two.close()
  })

  test('each is migrated and separate', async () => {
    expect(new URL(one.url).pathname).not.toBe(new URL(two.url).pathname)
    await one.sql`create table only_here (id int)`
    const names = (sql: typeof one.sql) => sql`select tablename from pg_tables where schemaname = 'public'`
    const here = (await names(one.sql)).map((row) => row.tablename)
    const there = (await names(two.sql)).map((row) => row.tablename)
    expect(here).toContain('events')
    expect(here.filter((name) => name !== 'only_here').sort()).toEqual(there.sort())
  })

  test('Chinese text has trigrams', async () => {
    const [row] = await one.sql`select cardinality(show_trgm('沙县拌面')) as trigrams`
    expect(row?.trigrams).toBe(5)
  })

  test('closing drops the database', async () => {
    const third = await testDb()
    await third.close()
    const left =
      await one.sql`select 1 from pg_database where datname = ${new URL(third.url).pathname.slice(1)}`
    expect(left).toHaveLength(0)
  })
})
