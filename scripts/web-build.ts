import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { OperatorError } from '@huming/db/operator-error'

/** What the pages are made from, relative to the root of the product. */
const SOURCES = [
  'web/src',
  'web/vite',
  'web/public',
  'web/index.html',
  'web/vite.config.ts',
  'shared/src',
  'pnpm-lock.yaml',
]

/** Builds the pages when they were never built or something they are made from has changed since. */
export async function ensureWebBuilt(
  root: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<string> {
  const dist = join(root, 'web', 'dist')
  const stamp = join(dist, '.built-from')
  const sources = hashOf(root)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return dist
  say('Building the pages …')
  // Built aside and moved in when whole: a server that is running meanwhile never shows half of it.
  const half = join(root, 'web', 'node_modules', `.dist-${process.pid}`)
  try {
    await build(join(root, 'web'), half, signal)
    writeFileSync(join(half, '.built-from'), sources)
    rmSync(dist, { recursive: true, force: true })
    renameSync(half, dist)
  } finally {
    rmSync(half, { recursive: true, force: true })
  }
  return dist
}

function build(web: string, outDir: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const vite = join(web, 'node_modules', 'vite', 'bin', 'vite.js')
    const builder = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn', '--outDir', outDir], {
      cwd: web,
      signal,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [builder.stdout, builder.stderr])
      stream.on('data', (text) => {
        said += text
      })
    builder.once('error', reject)
    builder.once('exit', (code) => {
      if (code === 0) return resolve()
      reject(new OperatorError(`The pages could not be built:\n${said.trim()}`))
    })
  })
}

function hashOf(root: string): string {
  const hash = createHash('sha256')
  for (const source of SOURCES.map((path) => join(root, path)).filter((path) => existsSync(path))) {
    for (const file of filesOf(source)) hash.update(file.slice(root.length)).update(readFileSync(file))
  }
  return hash.digest('hex')
}

function filesOf(path: string): string[] {
  if (statSync(path).isFile()) return [path]
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort()
  return names.map((name) => join(path, name)).filter((file) => statSync(file).isFile())
}
