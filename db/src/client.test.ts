import { bigint, date, jsonb, numeric, snakeCase, text, timestamp } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDb } from './test-db.ts'

const BEYOND = 9_007_199_254_740_993n

const samples = snakeCase.table('samples', {
  id: bigint({ mode: 'number' }).primaryKey(),
  exact: bigint({ mode: 'bigint' }),
  inText: bigint({ mode: 'string' }),
  amount: bigint({ mode: 'number' }),
  amounts: bigint({ mode: 'number' }).array(),
  weight: numeric({ precision: 12, scale: 3 }),
  day: date({ mode: 'string' }),
  at: timestamp({ withTimezone: true, mode: 'date' }),
  atText: timestamp({ withTimezone: true, mode: 'string' }),
  note: jsonb(),
  tags: text().array(),
})

describe('values through the client', async () => {
  const { sql, db, close } = await testDb()
  afterAll(close)
  beforeAll(async () => {
    await sql`create table samples (
      id int8 primary key, exact int8, in_text int8, amount int8, amounts int8[], weight numeric(12, 3),
      day date, at timestamptz, at_text timestamptz, note jsonb, tags text[])`
  })

  test('2^53 + 1 makes the round trip through drizzle exactly', async () => {
    await db.insert(samples).values({ id: 1, exact: BEYOND, inText: String(BEYOND) })
    const [row] = await db.select().from(samples)
    expect(row).toMatchObject({ exact: BEYOND, inText: String(BEYOND) })
  })

  test('drizzle refuses to round an int8 into a number', async () => {
    await sql`insert into samples (id, amount) values (2, ${BEYOND}), (3, ${9_007_199_254_740_991n})`
    await expect(db.select({ amount: samples.amount }).from(samples)).rejects.toThrow(/held exactly/)
    await sql`delete from samples where id = 2`
    const rows = await db.select({ amount: samples.amount }).from(samples)
    expect(rows.at(-1)?.amount).toBe(Number.MAX_SAFE_INTEGER)
  })

  test('hand-written statements give numbers, and a bigint where a number would be wrong', async () => {
    const [row] = await sql`
      select count(*) as rows, 125000::int8 as fen, ${BEYOND}::int8 as beyond, -${BEYOND}::int8 as below,
        array[1, 2]::int8[] as list, 1.250::numeric(12, 3) as weight, sum(1::int8) as total from samples`
    expect(row).toEqual({
      rows: 2,
      fen: 125_000,
      beyond: BEYOND,
      below: -BEYOND,
      list: [1, 2],
      weight: '1.250',
      total: '2',
    })
  })

  test('days stay days and moments stay moments, in both', async () => {
    const at = new Date('2026-11-24T23:30:00.123Z')
    const moment = { day: '2026-11-25', at, atText: at.toISOString() }
    await db.insert(samples).values({ id: 10, ...moment })
    const [typed] = await db.select().from(samples).orderBy(samples.id).offset(2)
    expect(typed).toMatchObject(moment)
    const [raw] = await sql`select day, at from samples where day = ${'2026-11-25'} and at = ${at}`
    expect(raw).toEqual({ day: '2026-11-25', at })
    const [executed] = await db.execute<{ day: string; at: Date }>(
      'select day, at from samples where id = 10',
    )
    expect(executed).toEqual({ day: '2026-11-25', at })
  })

  test.each([
    [{ 名: '沙县' }],
    [[1, 'two', null]],
    ['text'],
    [7],
    [true],
    [[false]],
    [{ big: [{ deep: "it's" }] }],
  ])('the document %j is kept as it is', async (note) => {
    await sql`delete from samples where id = 20`
    await db
      .insert(samples)
      .values({ id: 20, note, weight: '1.250', tags: ['a,b', '"', '沙'], amounts: [5, 6] })
    const [row] = await db.select().from(samples).orderBy(samples.id).offset(3)
    expect(row).toMatchObject({ note, weight: '1.250', tags: ['a,b', '"', '沙'], amounts: [5, 6] })
    const [kind] = await sql`select jsonb_typeof(note) as kind from samples where id = 20`
    expect(kind?.kind).toBe(Array.isArray(note) ? 'array' : typeof note)
  })

  test('the session has its limits', async () => {
    const [row] = await sql`
      select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
        current_setting('idle_in_transaction_session_timeout') as idle, current_setting('timezone') as zone`
    expect(row).toEqual({ statement: '30s', lock: '10s', idle: '30s', zone: 'UTC' })
  })
})
