import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'

/** The linter alone needs ten seconds on a busy machine. */
vi.setConfig({ testTimeout: 60_000 })

const planted: string[] = []
afterEach(async () => {
  for (const file of planted.splice(0)) await rm(file, { force: true })
})

/** What the linter says of a file with these contents at this place. */
async function lint(file: string, source: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, source)
  planted.push(file)
  return new Promise((resolve) => {
    execFile('oxlint', ['--no-ignore', file], (_error, stdout, stderr) => resolve(stdout + stderr))
  })
}

test.each([
  [
    'shared/src/planted-import.ts',
    "import { events } from '@huming/db/schema/events'\nexport const x = events\n",
  ],
  ['db/src/planted-import.ts', "import { buildApp } from '@huming/server/app'\nexport const x = buildApp\n"],
  ['server/src/planted-import.ts', "import { x } from '@huming/jobs/relay'\nexport const y = x\n"],
  ['web/src/planted-import.ts', "import { openDb } from '@huming/db/client'\nexport const x = openDb\n"],
  ['server/src/crates/planted-import.ts', "import { x } from '../receiving/rules.ts'\nexport const y = x\n"],
  ['server/src/ledger/planted-import.ts', "import { x } from '../orders/rules.ts'\nexport const y = x\n"],
  [
    'server/src/temperature/planted-import.ts',
    "import { x } from '../tracing/rules.ts'\nexport const y = x\n",
  ],
  ['server/src/tracing/planted-import.ts', "import { x } from '../recall/rules.ts'\nexport const y = x\n"],
  ['server/src/recall/planted-import.ts', "import { x } from '../upload/client.ts'\nexport const y = x\n"],
])('a planted import to the right is refused in %s', async (file, source) => {
  expect(await lint(file, source)).toContain('no-restricted-imports')
})

test('an import to the left passes', async () => {
  const said = await lint(
    'server/src/planted-left.ts',
    "import { events } from '@huming/db/schema/events'\nexport const x = events\n",
  )
  expect(said).not.toContain('no-restricted-imports')
})
