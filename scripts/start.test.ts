import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDb } from '@huming/db/test-db'
import { withDatabase } from '@huming/db/test-template'
import { afterAll, afterEach, describe, expect, inject, test, vi } from 'vitest'
import { anyAlive, freePort, Run } from './start-runner.ts'

const folder = mkdtempSync(join(tmpdir(), 'huming-start-'))
const runs: Run[] = []

function start(env: Record<string, string>, launcher?: string[]): Run {
  const usual = { SAMPLE_DATA: 'off', SEAL_KEY: 'a key of this test', DATA_DIR: join(folder, 'data') }
  const run = new Run({ ...usual, ...env }, launcher)
  runs.push(run)
  return run
}

afterEach(async () => {
  for (const run of runs.splice(0)) {
    run.child.kill('SIGKILL')
    await run.ended
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('what cannot be started says why in one sentence', () => {
  async function refusal(env: Record<string, string>): Promise<string> {
    const run = start({ PORT: String(await freePort()), ...env })
    expect(await run.ended).toBe(1)
    expect(run.output).not.toMatch(/\n\s+at /)
    return run.output.trim().split('\n').at(-1) ?? ''
  }

  test.each([
    [{ PORT: 'abc' }, 'PORT must be a whole number from 1 to 65535, but it is "abc".'],
    [{ PORT: '70000' }, 'PORT must be a whole number from 1 to 65535, but it is "70000".'],
    [{ HOST: '203.0.113.9' }, '203.0.113.9 is not an address of this machine; choose another with HOST.'],
    [
      { DATABASE_URL: 'mysql://u:secret@h/d' },
      'DATABASE_URL must be an address like postgres://user:password@host:5432/name, but it is "mysql://u:***@h/d".',
    ],
    [{ DATABASE_URL: 'nonsense' }, 'DATABASE_URL must be an address like'],
    [{ REDIS_URL: 'nonsense' }, 'REDIS_URL must be an address like redis://host:6379'],
    [{ SAMPLE_DATA: 'perhaps' }, 'SAMPLE_DATA must be "on" or "off", but it is "perhaps".'],
    [{ SEAL_KEY: '' }, 'SEAL_KEY must be set when SAMPLE_DATA is "off": a long random text'],
  ])('%o', async (env, sentence) => {
    expect(await refusal(env)).toContain(sentence)
  })

  test('a taken port', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    expect(await refusal({ PORT: String(port) })).toBe(
      `Port ${port} of 127.0.0.1 is taken by another program; choose another with PORT.`,
    )
    other.close()
  })

  test('a folder that cannot be written', async () => {
    writeFileSync(join(folder, 'letter.txt'), '')
    const impossible = join(folder, 'letter.txt', 'data')
    expect(await refusal({ DATA_DIR: impossible })).toMatch(
      `The folder ${impossible} cannot be written (ENOTDIR)`,
    )
    expect(await refusal({ DATA_DIR: impossible, DATABASE_URL: inject('testCluster').url })).toMatch(
      `The folder ${impossible} cannot be written (ENOTDIR)`,
    )
  })

  test('a queue that does not answer', async () => {
    const nobody = await freePort()
    expect(await refusal({ REDIS_URL: `redis://127.0.0.1:${nobody}` })).toBe(
      `Nothing answers at 127.0.0.1:${nobody} (REDIS_URL): ECONNREFUSED.`,
    )
  })

  test('a database that does not answer, lets nobody in, or is not there', async () => {
    const nobody = await freePort()
    expect(await refusal({ DATABASE_URL: `postgres://u:p@127.0.0.1:${nobody}/d` })).toContain(
      `The database at 127.0.0.1:${nobody} (DATABASE_URL) does not answer`,
    )
    const { url } = inject('testCluster')
    const wrong = new URL(url)
    wrong.password = 'guess'
    expect(await refusal({ DATABASE_URL: wrong.href })).toContain('does not let the user huming in')
    expect(await refusal({ DATABASE_URL: withDatabase(url, 'nowhere') })).toContain(
      'The database nowhere is not there',
    )
  })
})

describe('the product', () => {
  const health = async (port: string) => (await fetch(`http://127.0.0.1:${port}/api/health`)).json()

  test('starts, answers, stops whole, and finds its data again', { timeout: 120_000 }, async () => {
    const port = String(await freePort())
    const first = start({ PORT: port, SAMPLE_DATA: 'on' })
    await first.says('Ctrl-C stops it.')
    expect(first.output).toContain(`is ready at http://127.0.0.1:${port}`)
    expect(first.output).toContain('Put in the sample data')
    expect(first.output).toMatch(/\d{11} {2}\S+ {2}采购 Purchaser/)
    expect(await health(port)).toMatchObject({ ok: true, database: 'ok', queue: 'ok', sample: true })
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain('<div id="root">')
    const family = first.descendants()
    expect(family.length).toBeGreaterThan(3)

    const rival = start({ PORT: String(await freePort()) })
    expect(await rival.ended).toBe(1)
    expect(rival.output).toMatch(/Another PostgreSQL \(process \d+\) is using the folder/)

    first.ctrlC()
    expect(await first.ended).toBe(0)
    expect(first.output).toMatch(/Ctrl-C stops it\.\nStopped\.\n$/)
    expect(anyAlive(family)).toBe(false)

    const second = start({ PORT: port, SAMPLE_DATA: 'on' })
    await second.says('Ctrl-C stops it.')
    expect(second.output).not.toContain('Put in the sample data')
    const orphans = second.descendants()
    second.child.kill('SIGKILL')
    await vi.waitFor(() => expect(anyAlive(orphans)).toBe(false), 40_000)
  })

  test('ends with the npx that started it', { timeout: 120_000 }, async () => {
    const command = `"${process.execPath}" scripts/start.ts; exit $?`
    const npx = `process.title = 'npm exec pnpm start'; require('node:child_process').spawn('sh', ['-c', process.argv[1]], { stdio: 'inherit' })`
    const run = start({ PORT: String(await freePort()) }, [process.execPath, '-e', npx, command])
    await run.says('Ctrl-C stops it.')
    const family = run.descendants()
    run.child.kill('SIGKILL')
    await vi.waitFor(() => expect(anyAlive(family)).toBe(false), 40_000)
  })

  test('survives the death of its database', { timeout: 120_000 }, async () => {
    const port = String(await freePort())
    const run = start({ PORT: port })
    await run.says('Ctrl-C stops it.')
    process.kill(Number.parseInt(readFileSync(join(folder, 'data/pg/postmaster.pid'), 'utf8'), 10), 'SIGKILL')
    await run.says('PostgreSQL ended unexpectedly; starting it again.')
    await vi.waitFor(async () => expect(await health(port)).toMatchObject({ database: 'ok' }), 40_000)
    expect(run.output).not.toContain('The server ended')
    run.child.kill('SIGTERM')
    expect(await run.ended).toBe(0)
  })

  test('uses the database it is given', { timeout: 120_000 }, async () => {
    const given = await testDb()
    const port = String(await freePort())
    const run = start({ PORT: port, DATABASE_URL: given.url, DATA_DIR: join(folder, 'elsewhere') })
    await run.says('Ctrl-C stops it.')
    const [row] = await given.sql`
      select count(*) as sessions from pg_stat_activity where datname = current_database() and application_name like 'huming-%'`
    expect(row?.sessions).toBeGreaterThan(0)
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual(['files'])
    run.child.kill('SIGTERM')
    expect(await run.ended).toBe(0)
    await given.close()
  })
})
