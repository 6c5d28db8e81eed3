import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { openDb } from './client.ts'
import { type Cluster, startCluster } from './cluster.ts'
import { OperatorError } from './operator-error.ts'

// Closed to everybody else, like root's home folder.
const folder = mkdtempSync(join(tmpdir(), `huming-test-${process.pid}-`))
const dataDir = join(folder, 'deep', 'pg')
let running: Cluster | undefined

const start = async (port?: number, where = dataDir) => {
  running = await startCluster({ dataDir: where, durable: false, port })
  return running
}

async function ask(url: string, query: string): Promise<unknown> {
  const { sql, close } = openDb(url, { max: 1 })
  try {
    const [row] = await sql.unsafe(query).values()
    return row?.[0]
  } finally {
    await close()
  }
}

afterEach(async () => {
  await running?.stop()
  running = undefined
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the embedded PostgreSQL', () => {
  test('is made once, keeps its data, and leaves nothing half-made', async () => {
    const first = await start()
    expect(await ask(first.url, 'show server_version_num')).toMatch(/^18/)
    expect(
      await ask(
        first.url,
        "select datcollate || ' ' || pg_encoding_to_char(encoding) from pg_database where datname = current_database()",
      ),
    ).toBe('C.UTF-8 UTF8')
    await ask(first.url, 'create table kept as select 42 as n')
    await first.stop()
    const second = await start()
    expect(await ask(second.url, 'select n from kept')).toBe(42)
    expect(readdirSync(join(folder, 'deep'))).toEqual(['pg'])
  })

  test('lets nobody in without the password, and listens nowhere but here', async () => {
    const { url, port } = await start()
    const wrong = new URL(url)
    wrong.password = 'guess'
    await expect(ask(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    expect(await ask(url, 'show listen_addresses')).toBe('127.0.0.1')
    expect(await ask(url, 'show unix_socket_directories')).toBe('')
    expect(existsSync(`/tmp/.s.PGSQL.${port}`)).toBe(false)
  })

  test('takes another port when the wanted one is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const taken = typeof address === 'object' && address ? address.port : 0
    const { port, url } = await start(taken)
    other.close()
    expect(port).not.toBe(taken)
    expect(await ask(url, 'select 1')).toBe(1)
  })

  test('says so when a living server uses the folder', async () => {
    const { pid } = await start()
    const second = startCluster({ dataDir, durable: false })
    await expect(second).rejects.toThrow(OperatorError)
    await expect(second).rejects.toThrow(`Another PostgreSQL (process ${pid}) is using the folder ${dataDir}`)
  })

  test('ends with its parent, even a killed one, and the next start finds the data', async () => {
    const script = `
      import { startCluster } from ${JSON.stringify(join(import.meta.dirname, 'cluster.ts'))}
      const { pid, url } = await startCluster({ dataDir: ${JSON.stringify(dataDir)}, durable: true })
      console.log(pid)
      setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(parent.stdout, 'data')
    const pid = Number(String(line))
    expect(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8')).toMatch(new RegExp(`^${pid}\n`))
    parent.kill('SIGKILL')
    const { url } = await start()
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
    expect(await ask(url, 'select n from kept')).toBe(42)
  })

  test.each([
    ['a process that is gone', 4_000_000],
    ['a process that is another program', process.pid],
  ])('is not stopped by the trace of %s', async (_name, pid) => {
    writeFileSync(join(dataDir, 'postmaster.pid'), `${pid}\n${dataDir}\n1\n5432\n\n127.0.0.1\n\nready\n`)
    const { url } = await start()
    expect(await ask(url, 'select 1')).toBe(1)
  })

  test('recovers from a kill of the server itself', async () => {
    const first = await start()
    process.kill(first.pid, 'SIGKILL')
    await first.ended
    const second = await start(first.port)
    expect(await ask(second.url, 'select n from kept')).toBe(42)
  })

  test('leaves a folder with other things alone', async () => {
    const foreign = join(folder, 'foreign')
    mkdirSync(foreign)
    writeFileSync(join(foreign, 'letter.txt'), 'mine')
    await expect(start(undefined, foreign)).rejects.toThrow(`The folder ${foreign} holds other things`)
    expect(readdirSync(foreign)).toEqual(['letter.txt'])
  })

  test('says so when the folder cannot be made', async () => {
    const impossible = join(folder, 'foreign', 'letter.txt', 'pg')
    await expect(start(undefined, impossible)).rejects.toThrow(
      /cannot be read and written \((ENOTDIR|EEXIST)\)/,
    )
  })

  test('does not touch data of another version', async () => {
    const old = join(folder, 'old')
    mkdirSync(old)
    writeFileSync(join(old, 'PG_VERSION'), '15\n')
    await expect(start(undefined, old)).rejects.toThrow(
      'holds data of PostgreSQL 15, but this product runs 18',
    )
  })
})
