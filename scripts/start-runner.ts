import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

/** A running `start` of a test: the real script in a process of its own. */
export class Run {
  readonly child: ChildProcess
  output = ''
  readonly ended: Promise<number | null>

  constructor(env: Record<string, string>, launcher: string[] = []) {
    const start = [process.execPath, '--import', './scripts/need-node-24.mjs', 'scripts/start.ts']
    const [program = '', ...args] = launcher.length > 0 ? launcher : start
    this.child = spawn(program, args, {
      cwd: root,
      env: { PATH: process.env.PATH ?? '', ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (text) => {
        this.output += text
      })
    }
    this.ended = once(this.child, 'exit').then(([code]) => code)
  }

  /** Waits until it says so; fails when it ends without having said it. */
  async says(text: string): Promise<void> {
    let over = false
    void this.ended.then(() => {
      over = true
    })
    while (!this.output.includes(text)) {
      if (over) throw new Error(`it ended without saying "${text}":\n${this.output}`)
      await new Promise((done) => setTimeout(done, 50))
    }
  }

  /** What Ctrl-C at a terminal does: every process of the group gets the signal. */
  ctrlC(): void {
    process.kill(-(this.child.pid ?? 0), 'SIGINT')
  }

  /** Its children, their children, and so on. */
  descendants(): number[] {
    const parents = parentsOfAll()
    const found = [this.child.pid ?? 0]
    for (const pid of found)
      found.push(...[...parents].filter(([, parent]) => parent === pid).map(([child]) => child))
    return found.slice(1)
  }
}

function parentsOfAll(): Map<number, number> {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // It ended while we looked.
    }
  }
  return parents
}

/** True while any of the processes is there. */
export const anyAlive = (pids: number[]): boolean => {
  const there = parentsOfAll()
  return pids.some((pid) => there.has(pid))
}

/** A port that nobody uses now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return typeof address === 'object' && address ? address.port : 0
}
