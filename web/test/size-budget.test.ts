import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { budgetKiB, firstLoads } from '../size-budget.ts'
import { buildWeb } from './built-web.ts'

const dist = mkdtempSync(join(tmpdir(), 'huming-size-'))
beforeAll(() => buildWeb(dist))
afterAll(() => rmSync(dist, { recursive: true, force: true }))

test('the first page of every console is light', () => {
  const loads = firstLoads(dist)
  // React alone is 60 KiB: less would mean that the wrong files were counted.
  expect(loads['signIn']).toBeGreaterThan(60)
  expect(loads['signIn']).toBeLessThan(130)
  for (const [console, size] of Object.entries(loads)) {
    expect.soft(size, `${console} loads ${size} KiB`).toBeLessThanOrEqual(budgetKiB[console] ?? 130)
  }
})

test('the schemas of the contracts stay on the server', () => {
  const scripts = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js'))
  for (const name of scripts) {
    const text = readFileSync(join(dist, 'assets', name), 'utf8')
    expect(text, name).not.toMatch(/ZodError|_zod\b/)
  }
})

test('the driver’s worker keeps only files that are there', () => {
  const worker = readFileSync(join(dist, 'driver-worker.js'), 'utf8')
  const files = JSON.parse(/^const FILES = (\[.*\])$/m.exec(worker)?.[1] ?? '[]') as string[]
  expect(files.length).toBeGreaterThan(10)
  expect(files.filter((path) => !existsSync(join(dist, path)))).toEqual([])
})
