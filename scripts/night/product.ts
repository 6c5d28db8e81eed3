import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { Clock, clockSetting, followClock } from './clock.ts'

const root = resolve(import.meta.dirname, '../..')
const patienceMs = 180_000

/**
 * Starts the whole product with sample data in a folder of its own, as `pnpm start` does, and stops it again. Its
 * processes and this one live by a clock that can be moved on.
 */
export async function startProduct(
  say: (text: string) => void,
): Promise<{ url: string; clock: Clock; stop: () => Promise<void> }> {
  const port = await freePort()
  const dataDir = mkdtempSync(join(root, '.data-night-'))
  const url = `http://127.0.0.1:${port}`
  const clockFile = join(dataDir, 'night-clock')
  const follow = `--import ${pathToFileURL(join(import.meta.dirname, 'clock-follow.ts')).href}`
  say(`starting a product of its own at ${url} …`)
  // What the product says, for whoever looks for a reason.
  const log = process.env['NIGHT_LOG']
  const child = spawn(process.execPath, [join(root, 'scripts/start.ts')], {
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      DATABASE_URL: '',
      SAMPLE_DATA: 'on',
      NODE_OPTIONS: [process.env['NODE_OPTIONS'], follow].filter(Boolean).join(' '),
      [clockSetting]: clockFile,
    },
    stdio: ['ignore', log ? openSync(log, 'a') : 'ignore', 'inherit'],
  })
  const ended = once(child, 'exit')
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
  }
  for (const end = Date.now() + patienceMs; ; await sleep(500)) {
    const health = await fetch(`${url}/api/health`).then(
      (answer) => answer.json() as Promise<{ ok: boolean }>,
      () => null,
    )
    if (health?.ok) {
      followClock(clockFile)
      return { url, clock: new Clock(clockFile), stop }
    }
    if (child.exitCode !== null || Date.now() > end) {
      await stop()
      throw new Error('the product did not start')
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return typeof address === 'object' && address ? address.port : 0
}
