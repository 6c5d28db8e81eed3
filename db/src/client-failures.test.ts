import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql as statement } from 'drizzle-orm'
import { afterAll, describe, expect, test } from 'vitest'
import { openDb } from './client.ts'
import { startCluster } from './cluster.ts'

describe('when the database fails', async () => {
  const folder = mkdtempSync(join(tmpdir(), `huming-test-${process.pid}-`))
  const start = (port?: number) => startCluster({ dataDir: join(folder, 'pg'), durable: true, port })
  let cluster = await start()
  const { sql, db, close } = openDb(cluster.url, { max: 2 })
  afterAll(async () => {
    await close()
    await cluster.stop()
    rmSync(folder, { recursive: true })
  })
  const answer = async () => (await sql`select 7 as seven`).map((row) => row.seven)
  const killed = (pid: number) => sql`select pg_terminate_backend(${pid})`

  test('an error in the middle of an answer does not spoil the next answers', async () => {
    const broken = sql`select 1 / (2500 - n) from generate_series(1, 3000) n`
    await expect(broken).rejects.toThrow('division by zero')
    for (let i = 0; i < 6; i += 1) expect(await answer()).toEqual([7])
  })

  test('a killed statement tells why, and the next one works', async () => {
    const waiting = sql`select pg_sleep(20)`.catch((error) => error)
    await sleep(200)
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where query like 'select pg_sleep%'`
    expect(await waiting).toMatchObject({ code: '57P01' })
    expect(await Promise.all([answer(), answer(), answer()])).toEqual([[7], [7], [7]])
  })

  test('a transaction whose connection is lost fails whole, and nothing of it is kept', async () => {
    await sql`create table kept (n int)`
    const lost = db.transaction(async (tx) => {
      await tx.execute(statement`insert into kept values (1)`)
      const [backend] = await tx.execute<{ pid: number }>(statement`select pg_backend_pid() as pid`)
      await killed(Number(backend?.pid))
      await sleep(200)
      // The pool has a new connection by now: the second half must not run there by itself.
      await Promise.all([answer(), answer()])
      await tx.execute(statement`insert into kept values (2)`)
    })
    await expect(lost).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    await sleep(100)
    expect(await sql`select n from kept`).toHaveLength(0)
  })

  test('a stopped server fails the statements under way, and its return is enough to go on', async () => {
    const waiting = [1, 2, 3].map(() => sql`select pg_sleep(20)`.catch((error) => error))
    await sleep(200)
    process.kill(cluster.pid, 'SIGKILL')
    for (const failed of await Promise.all(waiting)) expect(failed.code).toMatch(/57P|CONNECTION_|ECONN/)
    await cluster.ended
    await expect(answer()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    const { port } = cluster
    cluster = await start(port)
    expect(cluster.port).toBe(port)
    expect(await answer()).toEqual([7])
  })

  test('a frozen server is given up, and its return is enough to go on', async () => {
    const impatient = openDb(cluster.url, { max: 1, silence: 700 })
    const [backend] = await impatient.sql`select pg_backend_pid() as pid`
    process.kill(backend?.pid, 'SIGSTOP')
    try {
      await expect(impatient.sql`select 1`).rejects.toMatchObject({ code: 'DATABASE_SILENT' })
      expect(await impatient.sql`select 2 as n`).toEqual([{ n: 2 }])
    } finally {
      process.kill(backend?.pid, 'SIGCONT')
      await impatient.close()
    }
  })

  test('a server that hangs up at once is an error, not a wait', async () => {
    const door = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    await sleep(50)
    const address = door.address()
    const there = openDb(`postgres://a:b@127.0.0.1:${typeof address === 'object' ? address?.port : 0}/c`)
    await expect(there.sql`select 1`).rejects.toMatchObject({
      code: expect.stringMatching(/CONNECTION_CLOSED|ECONN/),
    })
    await there.close()
    door.close()
  })
})
