import {
  createPostgresBackend,
  Queue,
  type QueueOptions,
  runMigrations,
  Worker,
  type WorkerOptions,
  withBackend,
} from 'bullmq'
import { Redis } from 'ioredis'
import { Pool } from 'pg'

/**
 * `events`: one job per event that somebody consumes. `clock`: what the time of day asks for. `plans`: routes to be
 * planned, which takes long.
 */
export const queueNames = ['events', 'clock', 'plans'] as const
export type QueueName = (typeof queueNames)[number]

/** Ids only: a job re-reads what it is about, and may run twice. */
export type EventJob = { eventId: string; type: string }
export type PlanJob = { proposalId: string }
export type ClockJob = Record<string, never>

/** What relay, schedules and mirror need of BullMQ, the same on both backends. */
export type Queues = {
  backend: 'postgres' | 'redis'
  queue: (name: QueueName) => Queue
  work: (
    name: QueueName,
    run: (job: { id: string; name: string; data: unknown }) => Promise<void>,
    concurrency: number,
  ) => void
  close: () => Promise<void>
}

const jobOptions = {
  attempts: 10,
  backoff: { type: 'exponential', delay: 500 },
  removeOnComplete: { age: 3600, count: 5000 },
  removeOnFail: { age: 30 * 86_400 },
} as const

/**
 * A killed worker's job is taken over within these ms. However often that happens it is never given up: what must
 * follow a write must follow, and a second run does nothing.
 */
const takeOver = { lockDuration: 6000, stalledInterval: 3000, maxStalledCount: 1_000_000 }

/** Connections of BullMQ's one shared pool; postgres.js serves everything of ours. */
const poolMax = 8

/** Opens the queues on PostgreSQL, or on Redis when its address is given. Errors of connections go to `onError`. */
export async function openQueues(
  options: { databaseUrl: string; redisUrl?: string | undefined },
  onError: (error: Error) => void,
): Promise<Queues> {
  return options.redisUrl ? onRedis(options.redisUrl, onError) : onPostgres(options.databaseUrl, onError)
}

async function onPostgres(databaseUrl: string, onError: (error: Error) => void): Promise<Queues> {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: poolMax,
    keepAlive: true,
    options: '-c search_path=bullmq',
    application_name: 'huming-queue',
  })
  pool.on('error', onError)
  await runMigrations(pool)
  const classes = withBackend(createPostgresBackend)
  const set = queueSet({
    makeQueue: (name, opts) => new classes.Queue(name, { ...opts, connection: pool }) as unknown as Queue,
    makeWorker: (name, run, opts) =>
      new classes.Worker(name, run, { ...opts, connection: pool }) as unknown as Worker,
    onError,
  })
  return { backend: 'postgres', ...set, close: () => set.close().then(() => pool.end()) }
}

async function onRedis(redisUrl: string, onError: (error: Error) => void): Promise<Queues> {
  // A producer fails fast, a worker waits for Redis to come back (BullMQ's production advice).
  const producer = new Redis(redisUrl, { maxRetriesPerRequest: 3 })
  const worker = new Redis(redisUrl, { maxRetriesPerRequest: null })
  for (const connection of [producer, worker]) connection.on('error', onError)
  const set = queueSet({
    makeQueue: (name, opts) => new Queue(name, { ...opts, connection: producer }),
    makeWorker: (name, run, opts) => new Worker(name, run, { ...opts, connection: worker }),
    onError,
  })
  const close = async () => {
    await set.close()
    producer.disconnect()
    worker.disconnect()
  }
  return { backend: 'redis', ...set, close }
}

type Run = (job: { id?: string | undefined; name: string; data: unknown }) => Promise<void>

function queueSet(make: {
  makeQueue: (name: string, opts: Omit<QueueOptions, 'connection'>) => Queue
  makeWorker: (name: string, run: Run, opts: Omit<WorkerOptions, 'connection'>) => Worker
  onError: (error: Error) => void
}): Omit<Queues, 'backend'> {
  const workers: Worker[] = []
  const queues = new Map(
    queueNames.map((name) => {
      const queue = make.makeQueue(name, { defaultJobOptions: jobOptions })
      queue.on('error', make.onError)
      return [name, queue]
    }),
  )
  return {
    queue: (name) => queues.get(name) as Queue,
    work(name, run, concurrency) {
      const worker = make.makeWorker(
        name,
        (job) => run({ id: job.id ?? '', name: job.name, data: job.data }),
        {
          concurrency,
          ...takeOver,
        },
      )
      worker.on('error', make.onError)
      workers.push(worker)
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()))
      await Promise.all([...queues.values()].map((queue) => queue.close()))
    },
  }
}
