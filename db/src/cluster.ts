import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Binaries, findBinaries } from './cluster-binaries.ts'
import { isAlive, OWNER, prepareFolder, seenFolder } from './cluster-folder.ts'
import { OperatorError } from './operator-error.ts'

const HOST = '127.0.0.1'
const READY = 'database system is ready to accept connections'
const START_TRIES = 6

/** How a cluster is started. */
export interface ClusterOptions {
  dataDir: string
  /** Used when free; another free one is taken otherwise. */
  port?: number
  /** False only for tests: what is written may be lost when the machine fails. */
  durable: boolean
  /** For a new folder; made up when not given. */
  password?: string
  maxConnections?: number
  log?: (line: string) => void
}

/** A running PostgreSQL of our own. */
export interface Cluster {
  url: string
  port: number
  pid: number
  /** Settles when the server has ended, wanted or not. */
  ended: Promise<void>
  stop(): Promise<void>
}

/** Starts the embedded PostgreSQL on a data folder, which is made when it is not there. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const binaries = findBinaries()
  const password = prepareFolder(options.dataDir, binaries, options.durable, options.password)
  await waitForFormerServer(options.dataDir)
  for (let tries = 1; ; tries += 1) {
    const port = await freePort(options.port)
    const server = launch(options, binaries, port)
    const problem = await server.ready
    if (problem === undefined) {
      const url = `postgres://${OWNER}:${encodeURIComponent(password)}@${HOST}:${port}/${OWNER}`
      const [pid = 0] = readPidFile(join(options.dataDir, 'postmaster.pid'))
      return { url, port, pid, ended: server.ended, stop: server.stop }
    }
    // Another program took the port between our look and the start, or the last parts of a killed server are
    // still on their way out.
    if (/could not bind|shared memory block/.test(problem) && tries < START_TRIES) await sleep(200 * tries)
    else throw new OperatorError(`PostgreSQL did not start in ${options.dataDir}: ${problem}`)
  }
}

/**
 * A server left behind by a killed parent is on its way out: wait for it. One that stays belongs to somebody.
 * A process number that now belongs to another program would make PostgreSQL refuse to start.
 */
async function waitForFormerServer(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid')
  const started = Date.now()
  for (;;) {
    const [pid = 0, status] = readPidFile(file)
    if (!isAlive(pid)) return
    if (programOf(pid) !== 'postgres') return rmSync(file, { force: true })
    if (Date.now() - started > (status === 'stopping' ? 30_000 : 3_000)) {
      throw new OperatorError(
        `Another PostgreSQL (process ${pid}) is using the folder ${dataDir}; stop it, or choose another folder with DATA_DIR.`,
      )
    }
    await sleep(100)
  }
}

function readPidFile(file: string): [number?, string?] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n')
    return [Number(lines[0]), lines[7]?.trim()]
  } catch {
    return []
  }
}

/** Where there is no /proc, a living process of that number is taken to be PostgreSQL. */
function programOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  } catch {
    return 'postgres'
  }
}

/**
 * The shell between us and PostgreSQL holds our pipe: when it closes, however we ended (even by SIGKILL), the
 * server gets the signal for a fast, clean shutdown. The session of its own keeps Ctrl-C at the console from
 * reaching the server before we have closed what uses it.
 */
const KEEPER = `exec 3<&0
"$@" 3<&- </dev/null & server=$!
{ read -r _ <&3; kill -INT $server; } 2>/dev/null >&2 & watch=$!
exec 3<&-
wait $server; code=$?
kill $watch 2>/dev/null
exit $code`

function launch(options: ClusterOptions, { bin, prefix, uid, gid }: Binaries, port: number) {
  const args = [
    ...prefix,
    join(bin, 'postgres'),
    '-D',
    seenFolder(options.dataDir),
    ...settings(options, port),
  ]
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'postgres-keeper', ...args], {
    cwd: options.dataDir,
    uid,
    gid,
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin' },
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => {
    keeper.once('exit', () => resolve())
    keeper.once('error', () => resolve())
  })
  keeper.stdin?.on('error', () => {})
  return { ended, ready: watchLog(keeper, options), stop: () => stop(keeper, ended) }
}

/** Settles with nothing when the server is ready, or with what it said last when it ended before that. */
function watchLog(keeper: ChildProcess, { log }: ClusterOptions): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = 'it said nothing.'
    keeper.once('error', (error) => resolve(error.message))
    if (!keeper.stderr) return
    const lines = createInterface({ input: keeper.stderr })
    lines.on('line', (line) => {
      log?.(line)
      if (line.includes(READY)) resolve(undefined)
      // The first complaint names the cause; what follows is its consequence.
      else if (/could not bind/.test(line)) said = line
      else if (/FATAL|PANIC/.test(line) && !/could not bind/.test(said))
        said = line.replace(/^.*?(FATAL|PANIC): +/, '')
    })
    lines.once('close', () => resolve(said))
  })
}

async function stop(keeper: ChildProcess, ended: Promise<void>): Promise<void> {
  keeper.stdin?.end()
  const patience = setTimeout(() => {
    // The whole group: the keeper and the server. Its backends leave by themselves when it is gone.
    if (keeper.pid !== undefined) process.kill(-keeper.pid, 'SIGKILL')
  }, 30_000)
  await ended
  clearTimeout(patience)
}

function settings({ durable, maxConnections = 150 }: ClusterOptions, port: number): string[] {
  const wanted = {
    listen_addresses: HOST,
    port,
    unix_socket_directories: '',
    max_connections: maxConnections,
    shared_buffers: '256MB',
    work_mem: '16MB',
    random_page_cost: 1.1,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_checkpoints: 'off',
    ...(durable ? { max_wal_size: '2GB', checkpoint_timeout: '15min' } : FAST_NOT_SAFE),
  }
  return Object.entries(wanted).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

const FAST_NOT_SAFE = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_wal_size: '4GB',
  checkpoint_timeout: '1h',
}

/** The port asked for when it is free, else any free one. */
async function freePort(wanted?: number): Promise<number> {
  return (wanted !== undefined && (await tryPort(wanted))) || (await tryPort(0)) || freePort()
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(undefined))
    probe.listen(port, HOST, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}
