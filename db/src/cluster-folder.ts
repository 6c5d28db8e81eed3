import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Binaries } from './cluster-binaries.ts'
import { OperatorError } from './operator-error.ts'

/** The one role and database of a cluster made by us. */
export const OWNER = 'huming'
const MAJOR = '18'
export const PASSWORD_FILE = 'huming.password'
/** pg_trgm sees no letters in Chinese text unless the character type is UTF-8, so `C` alone will not do. */
const LOCALES = ['C.UTF-8', 'en_US.UTF-8']

/** Makes the data folder when it is not there yet and returns the password of its owner. */
export function prepareFolder(
  dataDir: string,
  binaries: Binaries,
  durable: boolean,
  password?: string,
): string {
  try {
    mkdirSync(dirname(dataDir), { recursive: true })
    if (!existsSync(dataDir) || readdirSync(dataDir).length === 0)
      create(dataDir, binaries, durable, password)
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
    checkVersion(dataDir)
    giveTo(dataDir, binaries)
    return readFileSync(join(dataDir, PASSWORD_FILE), 'utf8').trim()
  } catch (error) {
    throw folderProblem(dataDir, error)
  }
}

function checkVersion(dataDir: string): void {
  const file = join(dataDir, 'PG_VERSION')
  if (!existsSync(file)) {
    throw new OperatorError(`The folder ${dataDir} holds other things; choose an empty folder with DATA_DIR.`)
  }
  const version = readFileSync(file, 'utf8').trim()
  if (version !== MAJOR) {
    throw new OperatorError(
      `The folder ${dataDir} holds data of PostgreSQL ${version}, but this product runs ${MAJOR}; choose another folder with DATA_DIR.`,
    )
  }
}

function folderProblem(dataDir: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code
  if (error instanceof OperatorError || code === undefined) return error
  return new OperatorError(
    `The folder ${dataDir} cannot be read and written (${code}); give this user the right to, or choose another folder with DATA_DIR.`,
  )
}

/** Makes the cluster beside its place and moves it in when whole, so a broken start leaves nothing half-made. */
function create(dataDir: string, binaries: Binaries, durable: boolean, password?: string): void {
  sweepHalfMade(dataDir)
  const half = `${dataDir}.new-${process.pid}`
  const secret = password ?? randomBytes(18).toString('base64url')
  mkdirSync(half, { mode: 0o700 })
  try {
    giveTo(half, binaries)
    initialise(half, binaries, durable)
    setOwner(half, binaries, secret)
    writeFileSync(join(half, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n')
    writeFileSync(join(half, PASSWORD_FILE), `${secret}\n`, { mode: 0o600 })
    chownTo(join(half, PASSWORD_FILE), binaries)
    renameSync(half, dataDir)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    // Somebody else made it in the meantime: theirs is as good as ours.
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
  }
}

function sweepHalfMade(dataDir: string): void {
  const mark = `${basename(dataDir)}.new-`
  for (const name of readdirSync(dirname(dataDir))) {
    if (!name.startsWith(mark) || isAlive(Number(name.slice(mark.length)))) continue
    rmSync(join(dirname(dataDir), name), { recursive: true, force: true })
  }
}

function initialise(folder: string, binaries: Binaries, durable: boolean): void {
  const options = ['-D', seenFolder(folder), '-U', OWNER, '-E', 'UTF8', '-A', 'trust', '--no-instructions']
  if (!durable) options.push('--no-sync')
  let said = ''
  for (const locale of LOCALES) {
    const done = runIn(folder, binaries, 'initdb', [...options, `--locale=${locale}`])
    if (done.status === 0) return
    said = lastLine(done.stderr)
    if (!/locale/i.test(done.stderr)) break
    for (const entry of readdirSync(folder)) rmSync(join(folder, entry), { recursive: true, force: true })
  }
  throw new OperatorError(`PostgreSQL could not make its data folder ${folder}: ${said}.`)
}

/** In single-user mode, because the password must be there before anybody can connect. */
function setOwner(folder: string, binaries: Binaries, password: string): void {
  const role = `alter role ${OWNER} password '${password.replaceAll("'", "''")}';`
  const args = ['--single', '-D', seenFolder(folder), 'postgres']
  const done = runIn(folder, binaries, 'postgres', args, `${role}\ncreate database ${OWNER};\n`)
  if (done.status !== 0 || /(ERROR|FATAL):/.test(done.stderr)) {
    throw new OperatorError(
      `PostgreSQL could not finish its data folder ${folder}: ${lastLine(done.stderr)}.`,
    )
  }
}

function runIn(
  folder: string,
  { bin, prefix, uid, gid }: Binaries,
  program: string,
  args: string[],
  input = '',
) {
  const [first = '', ...rest] = [...prefix, join(bin, program), ...args]
  const env = { PATH: process.env.PATH ?? '/usr/bin:/bin' }
  return spawnSync(first, rest, { cwd: folder, uid, gid, env, input, encoding: 'utf8' })
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? ''

/**
 * The name by which PostgreSQL itself sees the folder. When it runs as `nobody` the path may lead through a
 * folder closed to it (root's home): it is started inside the folder, and the working directory stays open.
 */
export function seenFolder(folder: string): string {
  return process.platform === 'linux' && process.getuid?.() === 0 ? '/proc/self/cwd' : folder
}

function giveTo(folder: string, binaries: Binaries): void {
  chmodSync(folder, 0o700)
  const uid = binaries.uid ?? process.getuid?.()
  if (uid === undefined || statSync(folder).uid === uid) return
  chownTo(folder, binaries)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    chownTo(join(folder, name), binaries)
}

function chownTo(path: string, { uid, gid }: Binaries): void {
  if (process.getuid?.() === 0) chownSync(path, uid ?? 0, gid ?? 0)
}

/** True when a process of that number is there, ours or not. */
export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
