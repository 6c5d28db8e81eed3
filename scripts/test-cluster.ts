/**
 * A standing PostgreSQL for tests, so that many runs on one machine share one server:
 * `node scripts/test-cluster.ts`, then run the tests with TEST_CLUSTER_URL set to the address it prints.
 */
import { startTestCluster } from '@huming/db/test-setup'

const PORT = 54399

const cluster = await startTestCluster({ port: PORT, password: 'huming' })
console.log(`TEST_CLUSTER_URL=${cluster.url}`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cluster.stop())
await cluster.ended
