import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startCluster } from '@huming/db/cluster'
import { migrate } from '@huming/db/migrate'

const root = resolve(import.meta.dirname, '../..')

export type BenchProduct = {
  readonly port: number
  readonly databaseUrl: string
  readonly serverPid: number
  readonly postgresPid: number
  stop(): Promise<void>
}

/**
 * A product of its own for measuring: embedded PostgreSQL that writes durably, as in production, and the real
 * server as a child process. Its folder is removed at the end.
 */
export async function startBenchProduct(): Promise<BenchProduct> {
  const folder = join(root, '.data', `bench-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  const cluster = await startCluster({ dataDir: join(folder, 'pg'), durable: true })
  const stopCluster = async () => {
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await migrate(cluster.url)
    const port = 20_000 + (process.pid % 20_000)
    const server = await startServer(cluster.url, port, join(folder, 'files'))
    const stop = async () => {
      await server.stop()
      await stopCluster()
    }
    return { port, databaseUrl: cluster.url, serverPid: server.pid, postgresPid: cluster.pid, stop }
  } catch (error) {
    await stopCluster()
    throw error
  }
}

async function startServer(databaseUrl: string, port: number, filesDir: string) {
  const profile = process.env['BENCH_PROFILE']
  const child = spawn(
    process.execPath,
    [
      ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []),
      '--import',
      join(root, 'scripts/follow-parent.ts'),
      join(root, 'server/src/main.ts'),
    ],
    {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        LOG_LEVEL: 'warn',
        DATABASE_URL: databaseUrl,
        PORT: String(port),
        FILES_DIR: filesDir,
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  )
  const ended = once(child, 'exit')
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  for (const deadline = Date.now() + 30_000; ; await sleep(100)) {
    const up = await fetch(`http://127.0.0.1:${port}/api/me`).catch(() => null)
    if (up) return { pid: child.pid as number, stop }
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error('the server did not come up')
    }
  }
}
