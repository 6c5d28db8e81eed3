import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { supervise } from './supervise.ts'

const folder = mkdtempSync(join(tmpdir(), 'huming-supervise-'))
afterAll(() => rmSync(folder, { recursive: true }))

function program(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

const lines = (name: string) =>
  existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8').trim().split('\n') : []
const note = (name: string) =>
  `import { appendFileSync } from 'node:fs'; appendFileSync(${JSON.stringify(join(folder, name))}, process.pid + '\\n');`

test('a program that keeps crashing is started a limited number of times, then given up', async () => {
  const said: string[] = []
  const file = program('crash.mjs', `${note('crashes')} process.exit(3)`)
  const kept = supervise('jobs', file, process.env, {
    restarts: 2,
    pause: 10,
    say: (line) => said.push(line),
  })
  await expect(kept.failed).rejects.toThrow('The jobs ended again (code 3); giving up.')
  expect(lines('crashes')).toHaveLength(3)
  expect(said).toEqual([
    'The jobs ended unexpectedly (code 3); starting it again in 0.01 s.',
    'The jobs ended unexpectedly (code 3); starting it again in 0.02 s.',
  ])
  await kept.stop()
})

test('a killed program comes back, and a stopped one does not', async () => {
  const file = program('steady.mjs', `${note('starts')} setInterval(() => {}, 1000)`)
  const kept = supervise('server', file, process.env, { pause: 10, say: () => {} })
  await vi.waitFor(() => expect(lines('starts')).toHaveLength(1), 5_000)
  process.kill(Number(lines('starts')[0]), 'SIGKILL')
  await vi.waitFor(() => expect(lines('starts')).toHaveLength(2), 5_000)
  await kept.stop()
  expect(() => process.kill(Number(lines('starts')[1]), 0)).toThrow('ESRCH')
  expect(lines('starts')).toHaveLength(2)
})

test('a program that ignores the request to end is not waited for without end', async () => {
  const file = program(
    'deaf.mjs',
    `process.on('SIGTERM', () => {}); ${note('deaf')} setInterval(() => {}, 1000)`,
  )
  const kept = supervise('server', file, process.env, { patience: 200 })
  await vi.waitFor(() => expect(lines('deaf')).toHaveLength(1), 5_000)
  await kept.stop()
  expect(() => process.kill(Number(lines('deaf')[0]), 0)).toThrow('ESRCH')
})
