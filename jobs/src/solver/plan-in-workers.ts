import { Worker } from 'node:worker_threads'
import { checkPlan } from './check.ts'
import type { Problem, RoutePlan } from './model.ts'
import type { Progress } from './search.ts'
import { tripsFrom } from './solve.ts'
import type { WorkerMessage, WorkerTask } from './worker.ts'

export type PlanOptions = {
  seconds: number
  seed: number
  workers?: number
  clock?: 'cpu' | 'wall'
  /** Plan to start from, as far as it still holds. */
  earlier?: RoutePlan
  /** Cancelling is no failure: the best plan so far is returned. */
  signal?: AbortSignal
  onProgress?: (progress: Progress & { worker: number }) => void
}

/** Plans in worker threads with different seeds and gives the cheapest plan, checked independently. */
export async function planRoutes(problem: Problem, options: PlanOptions): Promise<RoutePlan> {
  const stop = new SharedArrayBuffer(4)
  const cancel = () => Atomics.store(new Int32Array(stop), 0, 1)
  if (options.signal?.aborted) cancel()
  options.signal?.addEventListener('abort', cancel, { once: true })
  const first = options.earlier ? tripsFrom(problem, options.earlier) : undefined
  try {
    const plans = await Promise.all(
      Array.from({ length: options.workers ?? 1 }, (_, i) => {
        const { seconds, seed, clock = 'wall' } = options
        const task: WorkerTask = {
          problem,
          seed: seed + i,
          seconds,
          clock,
          stop,
          ...(first ? { first } : {}),
        }
        return runWorker(task, (progress) => options.onProgress?.({ ...progress, worker: i }))
      }),
    )
    const best = plans.reduce((a, b) => (b.cost < a.cost ? b : a))
    const verdict = checkPlan(problem, best)
    if (!verdict.feasible)
      throw new Error(`the planner broke a rule: ${verdict.faults.slice(0, 5).join('; ')}`)
    return best
  } finally {
    options.signal?.removeEventListener('abort', cancel)
  }
}

function runWorker(task: WorkerTask, onProgress: (progress: Progress) => void): Promise<RoutePlan> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: task })
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') onProgress(message.progress)
      else resolve(message.plan)
    })
    worker.on('error', reject)
    worker.on('exit', (code) => reject(new Error(`solver thread ended with ${code}`)))
  })
}
