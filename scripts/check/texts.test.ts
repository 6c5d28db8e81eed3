import { fill, type Pair } from '@huming/shared/i18n/messages'
import { describe, expect, test } from 'vitest'
import { filesUnder, textOf } from './documents.ts'

/** Keys that are put together from parts which are no template literal. */
const builtElsewhere = ['cut.']
/** Chinese that is data and no sentence: the name of the language in itself, and a number plate. */
const data = ["'中文'", '闽G12345']

const groups = filesUnder('shared/src/i18n', '.ts').filter((file) => !file.endsWith('/messages.ts'))
const modules = await Promise.all(
  groups.map((file) => import(`../../${file}`) as Promise<Record<string, Readonly<Record<string, Pair>>>>),
)
const messages = new Map(
  modules.flatMap((module) => Object.values(module).flatMap((group) => Object.entries(group))),
)

const sources = ['web/src', 'server/src', 'jobs/src', 'db/src', 'scripts', 'shared/src']
  .flatMap((folder) => filesUnder(folder, '.ts', '.tsx'))
  .filter((file) => !file.startsWith('shared/src/i18n/') && !/\.(test|fixture)\.tsx?$/.test(file))
const code = new Map(sources.map((file) => [file, withoutComments(textOf(file))]))

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1')
}

/** `'a.b'` anywhere, and the fixed beginnings of `a.b.${…}`. */
const literals = new Set(
  [...code.values()].flatMap((text) => text.match(/(?<=['"])[a-z][\w]*(\.[\w-]+)+(?=['"])/gi) ?? []),
)
const beginnings = new Set([
  ...builtElsewhere,
  ...[...code.values()].flatMap((text) => text.match(/(?<=`)[a-z]\w*\.[\w.-]*(?=\$\{)/gi) ?? []),
])

describe('messages', () => {
  test('every key that is asked for exists', () => {
    const asked = [...code].flatMap(([file, text]) =>
      [...text.matchAll(/\bt\(\s*'([^']+)'(?! in )|\bkey: '(notice\.[^']+)'|\btextOf\('([^']+)'/g)].map(
        (match) => ({
          file,
          key: match[1] ?? match[2] ?? match[3] ?? '',
        }),
      ),
    )
    expect(asked.length).toBeGreaterThan(400)
    expect(asked.filter(({ key }) => !messages.has(key))).toEqual([])
  })

  test('every beginning of a key that is completed at run time leads to messages', () => {
    const asked = [...code].flatMap(([file, text]) =>
      [...text.matchAll(/\b(?:t|textOf)\(\s*`([^`$]+)\$\{/g)].map((match) => ({
        file,
        start: match[1] ?? '',
      })),
    )
    const keys = [...messages.keys()]
    expect(asked.filter(({ start }) => !keys.some((key) => key.startsWith(start)))).toEqual([])
  })

  test('none is unused', () => {
    const used = (key: string) => literals.has(key) || [...beginnings].some((start) => key.startsWith(start))
    expect([...messages.keys()].filter((key) => !used(key))).toEqual([])
  })

  test('both languages fill in the same values, and neither is empty', () => {
    const marks = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].toSorted()
    const uneven = [...messages].filter(
      ([, [zh, en]]) => !zh || !en || String(marks(zh)) !== String(marks(en)),
    )
    expect(uneven.map(([key]) => key)).toEqual([])
    expect(fill('{{a}} {{b}}', { a: 1 })).toBe('1 {{b}}')
  })

  test('screens hold no Chinese of their own', () => {
    const found = [...code].flatMap(([file, text]) => {
      if (!file.startsWith('web/src/') || !file.endsWith('.tsx')) return []
      const rest = data.reduce((left, word) => left.replaceAll(word, ''), text)
      return /\p{Script=Han}/u.test(rest) ? [`${file}: ${rest.match(/.*\p{Script=Han}.*/u)?.[0].trim()}`] : []
    })
    expect(found).toEqual([])
  })
})
