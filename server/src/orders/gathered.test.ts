import { expect, test, vi } from 'vitest'
import { Fault } from '../kernel/fault.ts'
import { Gathered, type GatheredOptions, type Outcome } from './gathered.ts'

type Job = { key: string; n: number }
const ok = (n: number): Outcome<number> => ({ ok: true, value: n })

/** A gathering whose batches end when told to. */
function gathering(over: Partial<GatheredOptions<Job, number>> = {}) {
  const batches: {
    jobs: readonly Job[]
    end: (outcomes?: Outcome<number>[]) => void
    fail: (e: Error) => void
  }[] = []
  const gathered = new Gathered<Job, number>({
    run: (jobs) =>
      new Promise((resolve, reject) => {
        const end = (outcomes?: Outcome<number>[]) => resolve(outcomes ?? jobs.map((job) => ok(job.n)))
        batches.push({ jobs, end, fail: reject })
      }),
    keyOf: (job) => job.key,
    batchMax: 3,
    slowMs: 30,
    runningMax: 2,
    waitingMax: 6,
    ...over,
  })
  const add = (n: number, key = `k${n}`) => gathered.add({ key, n })
  const numbers = () => batches.map((batch) => batch.jobs.map((job) => job.n))
  return { add, batches, numbers }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('what arrives in one turn runs together at once, what arrives later with the next batch', async () => {
  const { add, batches, numbers } = gathering()
  const first = Promise.all([add(1), add(2)])
  await turn()
  const second = [add(3), add(4), add(5), add(6)]
  await turn()
  expect(numbers()).toEqual([[1, 2]])
  batches[0]?.end()
  expect(await first).toEqual([1, 2])
  await turn()
  // No more than fit; the rest follows.
  expect(numbers()).toEqual([
    [1, 2],
    [3, 4, 5],
  ])
  batches[1]?.end()
  await turn()
  await turn()
  batches[2]?.end()
  expect(await Promise.all(second)).toEqual([3, 4, 5, 6])
})

test('jobs of one key keep their order and never share a batch', async () => {
  const { add, batches, numbers } = gathering()
  const all = Promise.all([add(1, 'a'), add(2, 'a'), add(3, 'b'), add(4, 'a')])
  for (let i = 0; i < 3; i++) {
    await turn()
    await turn()
    batches[i]?.end()
    await turn()
  }
  expect(numbers()).toEqual([[1, 3], [2], [4]])
  expect(await all).toEqual([1, 2, 3, 4])
})

test('a job fails alone; a batch that breaks fails its own jobs only', async () => {
  const { add, batches } = gathering()
  const [one, two] = [add(1), add(2)]
  await turn()
  const three = add(3)
  batches[0]?.end([ok(1), { ok: false, error: new Error('two') }])
  await expect(one).resolves.toBe(1)
  await expect(two).rejects.toThrow('two')
  await turn()
  await turn()
  batches[1]?.fail(new Error('broken'))
  await expect(three).rejects.toThrow('broken')
  const four = add(4)
  await turn()
  batches[2]?.end([])
  await expect(four).rejects.toThrow('no outcome')
})

test('a slow batch no longer holds up the next, but its keys', async () => {
  const { add, batches, numbers } = gathering()
  const slow = add(1, 'a')
  await turn()
  const [same, other] = [add(2, 'a'), add(3, 'b')]
  await turn()
  expect(numbers()).toEqual([[1]])
  await vi.waitFor(() => expect(numbers()).toEqual([[1], [3]]), { timeout: 30_000 })
  batches[1]?.end()
  expect(await other).toBe(3)
  batches[0]?.end()
  expect(await slow).toBe(1)
  await turn()
  await turn()
  batches[2]?.end()
  expect(await same).toBe(2)
})

test('too many waiting are told to come back', async () => {
  const { add, batches } = gathering()
  const all = Array.from({ length: 6 }, (_, i) => add(i))
  await expect(add(7)).rejects.toEqual(new Fault('unavailable'))
  for (let i = 0; i < 2; i++) {
    await turn()
    await turn()
    batches[i]?.end()
  }
  expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4, 5])
})
