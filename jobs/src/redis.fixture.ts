import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { Redis } from 'ioredis'

/**
 * A Redis of its own for a test file, where the machine has the program; undefined elsewhere, where the tests run
 * on PostgreSQL alone. No package of the registry carries a Redis.
 */
export async function startRedis(): Promise<{ url: string; stop: () => void } | undefined> {
  const port = await freePort()
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    {
      stdio: 'ignore',
    },
  )
  const missing = new Promise<undefined>((resolve) => {
    child.once('error', () => resolve(undefined))
  })
  const url = `redis://127.0.0.1:${port}`
  const probe = new Redis(url, {
    retryStrategy: (times) => (times > 100 ? null : 50),
    maxRetriesPerRequest: null,
  })
  probe.on('error', () => {})
  const up = probe.ping().then(() => ({ url, stop: () => void child.kill('SIGTERM') }))
  const answer = await Promise.race([up, missing])
  probe.disconnect()
  return answer
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return typeof address === 'object' && address ? address.port : 0
}
