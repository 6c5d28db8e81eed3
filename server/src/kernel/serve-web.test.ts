import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { testApp } from '../test-app.ts'

const webDir = await mkdtemp(join(tmpdir(), 'huming-page-'))
await writeFile(join(webDir, 'index.html'), '<title>page</title>')
const t = await testApp({ webDir })
afterAll(async () => {
  await t.close()
  await rm(webDir, { recursive: true })
})
const get = (url: string) => t.app.inject({ url, headers: { accept: 'text/html' } })

test.each([
  '/01/06901234567892/10/LOT-1?17=270101',
  '/01/06901234567892/10/L.1',
  '/b/XM0001-261124-B8A5',
  '/trace/XM0001',
])('the name of a lot %s leads to its page', async (url) => {
  const answer = await get(url)
  expect([answer.statusCode, answer.headers['content-type'], answer.body]).toEqual([
    200,
    'text/html; charset=utf-8',
    '<title>page</title>',
  ])
})

test.each(['/api/nothing', '/assets/gone.js', '/picture.jpg'])('%s is refused as missing', async (url) => {
  const answer = await get(url)
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'route_not_found'])
})
