import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const web = join(import.meta.dirname, '..')

/** Builds as for production, in a process of its own: a test run has another NODE_ENV. */
export async function buildWeb(outDir: string, root = web): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  const config = join(web, 'vite.config.ts')
  const args = [
    vite,
    'build',
    root,
    '--config',
    config,
    '--outDir',
    outDir,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ]
  await run(process.execPath, args, { cwd: web, env: { ...process.env, NODE_ENV: 'production' } })
}
