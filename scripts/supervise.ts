import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { OperatorError } from '@huming/db/operator-error'

/** A process that ran this long before it ended gets all its restarts back. */
const STEADY = 60_000
const FOLLOW_PARENT = fileURLToPath(new URL('./follow-parent.ts', import.meta.url))

/** A process that is kept running until it is stopped. */
export interface Supervised {
  /** Rejects when it ended more often than it may be started again. */
  failed: Promise<never>
  stop(): Promise<void>
}

/** How patient the supervisor is. */
export interface SuperviseOptions {
  restarts?: number
  /** The first pause before a restart, in milliseconds; each next one is twice as long. */
  pause?: number
  /** How long the program may take to end when asked, in milliseconds. */
  patience?: number
  say?: (line: string) => void
}

/** Runs a program of ours and starts it again, with growing pauses, when it ends unasked. */
export function supervise(
  name: string,
  file: string,
  env: NodeJS.ProcessEnv,
  options: SuperviseOptions = {},
): Supervised {
  const { restarts = 5, pause = 500, patience = 15_000, say = console.error } = options
  let child: ChildProcess | undefined
  const stopping = new AbortController()
  const run = async (): Promise<never> => {
    for (let left = restarts, wait = pause; ; left -= 1, wait *= 2) {
      const started = Date.now()
      child = launch(file, env)
      const how = await endOf(child)
      if (stopping.signal.aborted) return forever
      if (Date.now() - started > STEADY) [left, wait] = [restarts, pause]
      if (left === 0) throw new OperatorError(`The ${name} ended again (${how}); giving up.`)
      say(`The ${name} ended unexpectedly (${how}); starting it again in ${wait / 1000} s.`)
      await sleep(wait, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return forever
    }
  }
  const failed = run()
  failed.catch(() => {})
  const stop = async () => {
    stopping.abort()
    if (child) await end(child, patience)
  }
  return { failed, stop }
}

const forever = new Promise<never>(() => {})

// A session of its own: Ctrl-C at the terminal reaches only us, who stop everything in the right order.
const launch = (file: string, env: NodeJS.ProcessEnv) =>
  spawn(process.execPath, ['--import', FOLLOW_PARENT, file], {
    env,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`))
  })
}

async function end(child: ChildProcess, patience: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = endOf(child)
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), patience)
  await ended
  clearTimeout(timer)
}
