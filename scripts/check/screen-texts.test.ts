import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { contracts } from '@huming/shared/contracts/all'
import type { Pair } from '@huming/shared/i18n/messages'
import { describe, expect, test } from 'vitest'
import { filesUnder, root, textOf } from './documents.ts'

const groups = filesUnder('shared/src/i18n', '.ts')
/** The keys of every group of sentences, by its file. */
const keysOf = new Map(
  await Promise.all(
    groups.map(async (file) => {
      const module = (await import(`../../${file}`)) as Record<string, Readonly<Record<string, Pair>>>
      const tables = Object.values(module).filter((one) => typeof one === 'object')
      return [file, tables.flatMap((one) => Object.keys(one))] as const
    }),
  ),
)
/** Names of routes look alike. */
const allKeys = new Set([...keysOf.values()].flat().filter((key) => !(key in contracts)))

/** The file that an import of a screen leads to; null for packages. */
function fileOf(from: string, name: string): string | null {
  if (name.startsWith('.')) return join(dirname(from), name)
  const shared = /^@huming\/shared\/(.+)$/.exec(name)?.[1]
  return shared ? `shared/src/${shared}.ts` : null
}

const statics = /^(?:import|export)(?! type\b)[^'"()]*?(?:from )?'([^']+)'/gm
const dynamics = /\bimport\('([^']+)'\)/g

/** The files a file leads to, by static or by later imports, that are there. */
function importsOf(file: string, pattern: RegExp): string[] {
  if (!/\.tsx?$/.test(file)) return []
  return [...textOf(file).matchAll(pattern)]
    .map((match) => fileOf(file, match[1] ?? ''))
    .filter((path): path is string => path !== null && existsSync(join(root, path)))
}

/** All that comes at once with a file. */
function closureOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const next of importsOf(file, statics)) closureOf(next, seen)
  return seen
}

/** The keys that screens ask for, with the file. */
const asked = (files: Iterable<string>): (readonly [file: string, key: string])[] =>
  [...files]
    .filter((file) => file.startsWith('web/src/') && /\.tsx?$/.test(file))
    .flatMap((file) =>
      (textOf(file).match(/(?<=')[a-z]\w*(?:\.[\w-]+)+(?=')/gi) ?? []).map((key) => [file, key] as const),
    )
    .filter(([, key]) => allKeys.has(key))

/** Beginnings of keys that are completed at run time, with the file. */
const begun = (files: Iterable<string>): (readonly [file: string, start: string])[] =>
  [...files]
    .filter((file) => file.startsWith('web/src/') && /\.tsx?$/.test(file))
    .flatMap((file) =>
      (textOf(file).match(/(?<=`)[a-z]\w*\.[\w.-]*(?=\$\{)/gi) ?? []).map((start) => [file, start] as const),
    )
    .filter(([, start]) => [...allKeys].some((key) => key.startsWith(start)))
const given = (files: Iterable<string>): Set<string> =>
  new Set([...files].flatMap((file) => keysOf.get(file) ?? []))

const app = closureOf('web/src/main.tsx')
const consoles = filesUnder('web/src', '/area.tsx')

describe('a screen comes with its sentences', () => {
  test.each(consoles)('%s', (area) => {
    const first = new Set([...app, ...closureOf(area)])
    const later = [...new Set([...first].flatMap((file) => importsOf(file, dynamics)))]
    const missing = [closureOf(area), ...later.map((file) => closureOf(file))].flatMap((files) => {
      const keys = given([...first, ...files])
      return [
        ...asked(files).filter(([, key]) => !keys.has(key)),
        ...begun(files).filter(([, start]) => ![...keys].some((key) => key.startsWith(start))),
      ]
    })
    expect([...new Set(missing.map((one) => one.join(': ')))]).toEqual([])
  })
})
