import { openDb } from '@huming/db/client'
import { crashConsumers, quietLog } from './relay.fixture.ts'
import { startJobs } from './start-jobs.ts'

// A jobs process to be killed: tells its parent when it runs, then works until it dies.
const [databaseUrl, redisUrl] = process.argv.slice(2) as [string, string]
const { db, sql } = openDb(databaseUrl)
await startJobs({
  base: { db, sql, log: quietLog },
  databaseUrl,
  redisUrl: redisUrl || undefined,
  consumers: crashConsumers,
  chores: {},
})
process.send?.('running')
