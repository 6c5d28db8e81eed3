import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import type { Plugin } from 'vite'

type Chunk = {
  type: string
  fileName: string
  facadeModuleId?: string | null
  isEntry?: boolean
  imports?: string[]
  dynamicImports?: string[]
  viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> }
}

const source = join(import.meta.dirname, '../src/driver/service-worker.ts')
/** Besides built files: what the page itself names. */
const besides = ['/index.html', '/logo.svg', '/driver.webmanifest']

/** Writes `/driver-worker.js` with the names of all files that the driver's console is made of. */
export function workerPlugin(): Plugin {
  return {
    name: 'huming-driver-worker',
    apply: 'build',
    generateBundle: {
      // After Vite has taken out the scripts of which only a stylesheet is left: one name that answers 404 would
      // keep the worker from being installed.
      order: 'post',
      handler(_options, bundle) {
        const files = filesOfDriver(bundle)
        const code = stripTypeScriptTypes(readFileSync(source, 'utf8'))
        const list = [...besides, ...files.map((name) => `/${name}`)]
        const version = createHash('sha256').update(list.join()).update(code).digest('hex').slice(0, 12)
        const head = `const FILES = ${JSON.stringify(list)}\nconst VERSION = ${JSON.stringify(version)}\n`
        this.emitFile({ type: 'asset', fileName: 'driver-worker.js', source: head + code })
      },
    },
  }
}

/** The entry and the driver's console with all they import, and what the console loads later. */
function filesOfDriver(bundle: Record<string, Chunk>): string[] {
  const chunks = Object.values(bundle).filter((one) => one.type === 'chunk')
  const isDriver = (chunk: Chunk): boolean => (chunk.facadeModuleId ?? '').endsWith('/src/driver/area.tsx')
  const found = new Set<string>()
  const add = (name: string, deep: boolean): void => {
    const chunk = bundle[name]
    if (!chunk || found.has(name)) return
    found.add(name)
    for (const one of chunk.imports ?? []) add(one, false)
    if (deep) for (const one of chunk.dynamicImports ?? []) add(one, false)
    for (const one of chunk.viteMetadata?.importedCss ?? []) found.add(one)
    for (const one of chunk.viteMetadata?.importedAssets ?? []) found.add(one)
  }
  for (const chunk of chunks.filter(isDriver)) add(chunk.fileName, true)
  for (const chunk of chunks.filter((one) => one.isEntry)) add(chunk.fileName, false)
  return [...found].toSorted()
}
