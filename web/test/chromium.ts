import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'

const run = promisify(execFile)
const require = createRequire(import.meta.url)
const data = join(import.meta.dirname, '../../.data')

/** Flags for a root user on a closed network: no sandbox, no calls home. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
]

/** Starts a headless Chromium that can draw Chinese, whether or not the machine has a browser or fonts. */
export async function launchChromium(): Promise<Browser> {
  const { path, libraries } = await findChromium()
  const libraryPath = [libraries, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':')
  return chromium.launch({
    executablePath: path,
    args: flags,
    env: {
      ...(process.env as Record<string, string>),
      FONTCONFIG_FILE: writeFontConfig(),
      ...(libraryPath && { LD_LIBRARY_PATH: libraryPath }),
    },
  })
}

async function findChromium(): Promise<{ path: string; libraries?: string }> {
  const own = [process.env['CHROME_PATH'], '/usr/bin/chromium'].find((path) => path && existsSync(path))
  return own ? { path: own } : unpackPackaged()
}

/**
 * Unpacks the browser of the npm package once, beside the database.
 * The package unpacks into the temporary folder without a lock, so test files starting together would
 * run a half-written file: it unpacks into a folder of this process instead, which is then renamed.
 */
async function unpackPackaged(): Promise<{ path: string; libraries?: string }> {
  const entry = require.resolve('@sparticuz/chromium')
  const home = dirname(dirname(entry))
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }
  const folder = join(data, `chromium-${version}`)
  if (!existsSync(folder)) {
    const draft = `${folder}.${process.pid}`
    mkdirSync(draft, { recursive: true })
    // The Lambda variable makes the package unpack the shared libraries that a bare machine lacks.
    const env = { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' }
    const script = `const { default: chromium } = await import(${JSON.stringify(entry)}); await chromium.executablePath()`
    await run(process.execPath, ['--input-type=module', '-e', script], { env })
    try {
      renameSync(draft, folder)
    } catch (error) {
      if (!existsSync(folder)) throw error // else another process was first
      rmSync(draft, { recursive: true, force: true })
    }
  }
  const path = join(folder, 'chromium')
  const { stdout } = await run('ldd', [path]).catch(() => ({ stdout: '' }))
  return stdout.includes('not found') ? { path, libraries: join(folder, 'al2023/lib') } : { path }
}

/** Fontconfig that knows only the packaged Noto Sans SC, so that screenshots are alike on every machine. */
function writeFontConfig(): string {
  const fonts = dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'))
  const file = join(data, 'fonts.conf')
  const aliases = ['sans-serif', 'serif', 'system-ui', 'monospace']
    .map(
      (family) => `<alias><family>${family}</family><prefer><family>Noto Sans SC</family></prefer></alias>`,
    )
    .join('\n')
  mkdirSync(data, { recursive: true })
  writeFileSync(
    file,
    `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>
<dir>${join(fonts, '400Regular')}</dir>\n<dir>${join(fonts, '500Medium')}</dir>\n<dir>${join(fonts, '700Bold')}</dir>
<cachedir>${join(data, 'fontcache')}</cachedir>\n${aliases}\n</fontconfig>\n`,
  )
  return file
}
