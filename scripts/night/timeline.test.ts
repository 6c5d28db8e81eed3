import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, expect, test } from 'vitest'
import { Clock } from './clock.ts'
import { Timeline } from './timeline.ts'

const folder = mkdtempSync(join(tmpdir(), 'night-clock-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('on a clock of others nobody waits and nobody moves it', async () => {
  const before = Date.now()
  const timeline = new Timeline(new Clock(null))
  timeline.start(() => timeline.reach(before + 86_400_000))
  await timeline.ended()
  expect(Date.now() - before).toBeLessThan(3_600_000)
})

/** In a process of its own, for the clock is moved. */
const story = `
import { followClock, Clock } from '${new URL('./clock.ts', import.meta.url).href}'
import { Timeline } from '${new URL('./timeline.ts', import.meta.url).href}'
import { parentPort, workerData } from 'node:worker_threads'
const start = Date.now()
followClock(workerData)
const timeline = new Timeline(new Clock(workerData))
const minutes = (n) => start + n * 60_000
const done = []
const late = async () => {
  await timeline.reach(minutes(100))
  done.push(['late', new Date() >= new Date(minutes(100)), new Date(0).getTime()])
}
timeline.start(async () => {
  await timeline.reach(minutes(10))
  done.push(['first', Date.now() >= minutes(10), Date.now() < minutes(60)])
  timeline.start(late)
  await timeline.reach(minutes(60))
  done.push(['third', Date.now() >= minutes(60), Date.now() < minutes(100)])
})
timeline.start(async () => {
  await timeline.reach(minutes(30))
  done.push(['second', Date.now() >= minutes(30), Date.now() < minutes(60)])
})
await timeline.ended()
parentPort.postMessage({ done, kind: new Date() instanceof Date, same: new Date().constructor === Date })
`

test('the clock goes on to whoever is next, with those who began on the way', async () => {
  const file = join(folder, 'clock')
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(story)}`), {
    workerData: file,
  })
  const told = await new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  expect(told).toEqual({
    done: [
      ['first', true, true],
      ['second', true, true],
      ['third', true, true],
      ['late', true, 0],
    ],
    kind: true,
    same: true,
  })
})
