import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

interface Chunk {
  file: string
  src?: string
  isEntry?: boolean
  imports?: string[]
}

/** KiB of gzipped JavaScript that the first page of a console may load, everything it imports included. */
export const budgetKiB: Readonly<Record<string, number>> = {
  shop: 150,
  coop: 150,
  warehouse: 150,
  driver: 150,
  broker: 150,
  trace: 150,
  gov: 450,
  ops: 450,
}

/** What the first page of each console loads, in KiB of gzipped JavaScript, by Vite's manifest of a build. */
export function firstLoads(distDir: string): Record<string, number> {
  const manifest = JSON.parse(readFileSync(join(distDir, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >
  const chunks = Object.entries(manifest)
  const entry = chunks.find(([, chunk]) => chunk.isEntry)?.[0]
  if (!entry) throw new Error(`no entry in the build at ${distDir}`)
  const loads = Object.keys(budgetKiB).flatMap((console) => {
    const area = chunks.find(([, chunk]) => chunk.src === `src/${console}/area.tsx`)?.[0]
    return area ? [[console, sizeOf([entry, area], manifest, distDir)] as const] : []
  })
  return Object.fromEntries([['signIn', sizeOf([entry], manifest, distDir)] as const, ...loads])
}

function sizeOf(roots: string[], manifest: Record<string, Chunk>, distDir: string): number {
  const files = new Set<string>()
  const walk = (key: string) => {
    const chunk = manifest[key]
    if (!chunk || files.has(chunk.file)) return
    files.add(chunk.file)
    for (const imported of chunk.imports ?? []) walk(imported)
  }
  for (const root of roots) walk(root)
  const scripts = [...files].filter((file) => file.endsWith('.js'))
  const bytes = scripts.reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(distDir, file)), { level: 9 }).length,
    0,
  )
  return Math.ceil((bytes / 1024) * 10) / 10
}
