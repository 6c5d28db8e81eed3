import { openDb } from '@huming/db/client'
import { stripeOf } from '@huming/server/payment/settings'
import { pino } from 'pino'
import { chores } from './chores.ts'
import { consumers } from './consumers.ts'
import { startJobs } from './start-jobs.ts'

const databaseUrl = process.env['DATABASE_URL']
if (!databaseUrl) throw new Error('DATABASE_URL is not set')
const log = pino({ level: process.env['LOG_LEVEL'] ?? 'info' })
const { db, sql, close } = openDb(databaseUrl, { max: 8, applicationName: 'huming-jobs' })
const jobs = await startJobs({
  base: { db, sql, log },
  databaseUrl,
  redisUrl: process.env['REDIS_URL'] || undefined,
  consumers,
  chores,
  stripe: stripeOf(process.env),
})
log.info({ backend: process.env['REDIS_URL'] ? 'redis' : 'postgres' }, 'jobs run')
let closing: Promise<void> | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    closing ??= jobs
      .close()
      .then(close)
      .then(() => process.exit(0))
  })
}
