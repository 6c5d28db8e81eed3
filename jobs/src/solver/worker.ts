import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import type { Problem, RoutePlan } from './model.ts'
import { loadPartition } from './partition.ts'
import type { Progress } from './search.ts'
import { solve } from './solve.ts'

/** What a solver thread is started with; `stop` is shared memory that any thread may set to 1. */
export type WorkerTask = {
  problem: Problem
  seed: number
  seconds: number
  clock: 'cpu' | 'wall'
  first?: number[][]
  stop: SharedArrayBuffer
}

export type WorkerMessage =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'done'; plan: RoutePlan; steps: number; seconds: number }

if (!isMainThread && parentPort && workerData?.stop) {
  const port = parentPort
  const task = workerData as WorkerTask
  const stop = new Int32Array(task.stop)
  const result = solve(task.problem, {
    seed: task.seed,
    budget: { seconds: task.seconds, clock: task.clock },
    partition: await loadPartition(),
    ...(task.first ? { first: task.first } : {}),
    cancelled: () => Atomics.load(stop, 0) === 1,
    onProgress: (progress) => port.postMessage({ kind: 'progress', progress } satisfies WorkerMessage),
  })
  port.postMessage({ kind: 'done', ...result } satisfies WorkerMessage)
}
