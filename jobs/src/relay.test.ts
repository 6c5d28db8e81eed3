import { fork } from 'node:child_process'
import { once as happened } from 'node:events'
import { events } from '@huming/db/schema/events'
import { testDb } from '@huming/db/test-db'
import { systemCtx } from '@huming/server/kernel/ctx'
import { emit } from '@huming/server/kernel/emit'
import { inTransaction } from '@huming/server/kernel/transaction'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Consumers, once } from './once.ts'
import { openQueues, type Queues } from './queues.ts'
import { startRedis } from './redis.fixture.ts'
import { crashConsumers, quietLog } from './relay.fixture.ts'
import { Relay } from './relay.ts'
import { startJobs } from './start-jobs.ts'

const redis = await startRedis()
afterAll(() => redis?.stop())
const backends: [name: string, redisUrl: string | undefined][] = [
  ['postgres', undefined],
  ...(redis ? [['redis', redis.url] as [string, string]] : []),
]

describe.each(backends)('relay on %s', (_backend, redisUrl) => {
  let t: Awaited<ReturnType<typeof testDb>>
  let base: { db: typeof t.db; sql: typeof t.sql; log: typeof quietLog }
  beforeAll(async () => {
    t = await testDb()
    base = { db: t.db, sql: t.sql, log: quietLog }
  })
  afterAll(() => t.close())
  beforeEach(() => t.sql`truncate events, event_effects, notices cascade`)

  const tell = async (count: number, type = 'test.happened') => {
    const ctx = systemCtx(base, 'test')
    for (let i = 0; i < count; i++)
      await inTransaction(ctx, (tx) => emit(tx, ctx, { type, subjectId: newId() }))
  }
  const effects = async () => Number((await t.sql`select count(*) as n from notices`)[0]?.['n'])
  const unrelayed = async () =>
    Number((await t.sql`select count(*) as n from events where relayed_at is null`)[0]?.['n'])
  /** Waits for a state of the database, asking again when it speaks. */
  const until = async (reached: () => Promise<boolean>) => {
    const end = Date.now() + 60_000
    while (!(await reached())) if (Date.now() > end) throw new Error('not reached in 60 s')
  }
  const start = (consumers: Consumers) =>
    startJobs({ base, databaseUrl: t.url, redisUrl, consumers, chores: {} })

  test('every event takes effect once, and is marked', async () => {
    const jobs = await start(crashConsumers)
    await tell(40)
    await until(async () => (await effects()) === 40)
    await jobs.close()
    expect(Number((await t.sql`select count(*) as n from events where relayed_at is null`)[0]?.['n'])).toBe(0)
    expect(Number((await t.sql`select count(*) as n from event_effects`)[0]?.['n'])).toBe(40)
  })

  test('a kill after adding and before marking does not double the effect', async () => {
    await tell(10)
    const queues: Queues = await openQueues({ databaseUrl: t.url, redisUrl }, () => {})
    const rows = await t.db.select({ id: events.id }).from(events)
    await queues.queue('events').addBulk(
      rows.map(({ id }) => ({
        name: 'test.happened',
        data: { eventId: id, type: 'test.happened' },
        opts: { jobId: id },
      })),
    )
    const relay = new Relay(base, queues, new Set(['test.happened']))
    expect(await relay.drain()).toBe(10)
    await queues.close()
    const jobs = await start(crashConsumers)
    await until(async () => (await effects()) === 10)
    await jobs.close()
    expect(await effects()).toBe(10)
  })

  test('a lost queue is rebuilt from the table: marked back, events are relayed again without a second effect', async () => {
    const first = await start(crashConsumers)
    await tell(5)
    await until(async () => (await effects()) === 5)
    await first.close()
    await t.sql`update events set relayed_at = null`
    const second = await start(crashConsumers)
    await tell(1)
    await until(async () => (await effects()) === 6)
    await second.close()
    expect(await effects()).toBe(6)
  })

  test('two runs of one effect at the same moment leave one', async () => {
    await tell(1)
    const [event] = await t.db.select({ id: events.id }).from(events)
    const effect = crashConsumers['test.happened']?.['notice']
    const ran = await Promise.all(
      [1, 2, 3].map(() => once(base, event?.id as string, 'notice', effect as NonNullable<typeof effect>)),
    )
    expect(ran.filter(Boolean).length).toBe(1)
    expect(await effects()).toBe(1)
  })

  test('a failing effect leaves nothing behind and is tried again', async () => {
    let tries = 0
    const jobs = await start({
      'test.happened': {
        notice: async (ctx, event) => {
          await crashConsumers['test.happened']?.['notice']?.(ctx, event)
          if (++tries < 3) throw new Error('not yet')
        },
      },
    })
    await tell(1)
    await until(async () => (await effects()) === 1)
    await jobs.close()
    expect(tries).toBe(3)
    expect(await effects()).toBe(1)
  })

  test('SIGKILL of the jobs process at random moments loses and doubles nothing', async () => {
    const total = 120
    const telling = tell(total)
    let alive = true
    const killer = (async () => {
      while (alive) {
        const child = fork(new URL('./relay.child.ts', import.meta.url), [t.url, redisUrl ?? ''], {
          stdio: 'ignore',
        })
        const end = happened(child, 'exit')
        await happened(child, 'message')
        const goal = (await effects()) + 30
        await until(async () => (await effects()) >= Math.min(goal, total))
        child.kill('SIGKILL')
        await end
        if ((await effects()) >= total) alive = false
      }
    })()
    await Promise.all([telling, killer])
    const last = await start(crashConsumers)
    await until(async () => (await unrelayed()) === 0)
    await last.close()
    expect(await effects()).toBe(total)
  }, 120_000)
})
