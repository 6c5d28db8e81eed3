import { sampleSignIns } from '@huming/db/seed/run'
import { samplePassword } from '@huming/shared/sample'
import { describe, expect, test } from 'vitest'
import {
  commandsNamed,
  documents,
  filesUnder,
  leadsSomewhere,
  licenceOf,
  manifestOf,
  pathsNamed,
  tableRows,
  textOf,
} from './documents.ts'

const scripts = manifestOf('.').scripts ?? {}
const own = new Set(['start', 'test'])
/** Commands of pnpm itself that documents may give. */
const builtIn = new Set(['exec', 'install'])
const benches = [...textOf('scripts/bench.ts').matchAll(/^ {2}(\w+): async \(\) =>/gm)].map(
  (match) => match[1],
)

describe.each(documents)('%s', (document) => {
  const text = textOf(document)

  test('names only files and folders that are there', () => {
    expect(pathsNamed(text).filter((path) => !leadsSomewhere(document, path))).toEqual([])
  })

  test('gives only commands that are there', () => {
    const wrong = commandsNamed(text).filter(([name = '', first = '']) => {
      if (name === 'bench' && first)
        return ![...benches, 'routes', 'trace', 'payments', 'money'].includes(first)
      return !(name in scripts) && !builtIn.has(name)
    })
    expect(wrong).toEqual([])
  })

  test('speaks of no place outside the repository', () => {
    expect(text).not.toMatch(/(?<![\w.])\/(work|tmp|home|root)\//)
  })
})

test('what looks wrong is seen', () => {
  const text = 'See `db/src/nowhere.ts`, [this](gone.md) and `pnpm fly`.'
  expect(pathsNamed(text).filter((path) => !leadsSomewhere('README.md', path))).toEqual([
    'gone.md',
    'db/src/nowhere.ts',
  ])
  expect(commandsNamed(text)).toEqual([['fly', '']])
})

describe.each(['README.md', 'README.zh-CN.md'])('%s', (readme) => {
  const text = textOf(readme)
  const rows = tableRows(text)

  test('tells every command', () => {
    const told = new Set(commandsNamed(text).map(([name]) => name))
    expect(Object.keys(scripts).filter((name) => !told.has(name))).toEqual([])
    const inTable = new Set(rows.flatMap(([cell = '']) => cell.match(/^`pnpm ([\w:]+)/)?.[1] ?? []))
    expect([...inTable].toSorted()).toEqual(
      Object.keys(scripts)
        .filter((name) => !own.has(name))
        .toSorted(),
    )
    for (const bench of benches) expect(text).toContain(`pnpm bench ${bench}`)
  })

  test('tells every sample sign-in', () => {
    const phones = rows.flatMap(([cell = '']) => (/^1\d{10}$/.test(cell) ? [cell] : []))
    expect(phones).toEqual(sampleSignIns.map((one) => one.phone))
    expect(text).toContain(samplePassword)
  })

  test('tells every setting of the product, and none that is not read', () => {
    const told = rows.flatMap(([cell = '']) => cell.match(/^`([A-Z_]+)`$/)?.[1] ?? [])
    const settings = [...textOf('scripts/env.ts').matchAll(/^ {2}([A-Z_]+): z\./gm)].map((match) => match[1])
    expect(settings.filter((name) => !told.includes(name ?? ''))).toEqual([])
    const code = ['scripts', 'server/src', 'db/src', 'web/test', 'web/vite']
      .flatMap((folder) => filesUnder(folder, '.ts'))
      .map(textOf)
      .join('\n')
    const read = (name: string) =>
      settings.includes(name) || code.includes(`['${name}']`) || code.includes(`env.${name}`)
    expect(told.filter((name) => !read(name))).toEqual([])
  })

  test('lists every feature and every picture', () => {
    const features = new Set(filesUnder('server/src', 'http.ts').map((path) => path.split('/')[2] ?? ''))
    const told = rows.map(([cell]) => cell?.replaceAll('`', ''))
    expect([...features].filter((feature) => !told.includes(feature))).toEqual([])
    const pictures = filesUnder('docs/screens', '.jpg')
    expect(pictures.filter((picture) => !text.includes(picture))).toEqual([])
  })
})

test('the Chinese README shows, links and commands the same as the English one', () => {
  const [english, chinese] = ['README.md', 'README.zh-CN.md'].map(textOf) as [string, string]
  const named = (text: string) =>
    [...new Set(pathsNamed(text))].filter((path) => !path.startsWith('README')).toSorted()
  expect(named(chinese)).toEqual(named(english))
  const lines = (text: string) => text.match(/^#+ /gm)
  expect(lines(chinese)).toEqual(lines(english))
})

describe('ARCHITECTURE.md', () => {
  const rows = tableRows(textOf('ARCHITECTURE.md')).filter(([cell = '']) => cell.startsWith('`'))
  const told = new Map(rows.map(([name = '', , , licence = '']) => [name.replaceAll('`', ''), licence]))
  const folders = ['.', 'shared', 'db', 'server', 'jobs', 'web']
  const dependencies = new Map(
    folders.flatMap((folder) => {
      const { dependencies: run, devDependencies: dev, optionalDependencies: some } = manifestOf(folder)
      const names = Object.keys({ ...run, ...dev, ...some }).filter((name) => !name.startsWith('@huming/'))
      return names.map((name): [string, string] => [name, folder])
    }),
  )

  test('has a row for every dependency, and no other', () => {
    expect([...told.keys()].toSorted()).toEqual([...dependencies.keys()].toSorted())
  })

  test('tells their licences', () => {
    const wrong = [...dependencies].filter(([name, folder]) => {
      const licence = licenceOf(folder, name)
      return licence !== null && licence.replaceAll(/[()]/g, '') !== told.get(name)
    })
    expect(wrong).toEqual([])
    expect(licenceOf('.', 'vitest')).toBe('MIT')
  })
})

test('GLOSSARY.md has a word for every table', () => {
  const tables = filesUnder('db/src/schema', '.ts').flatMap((file) =>
    [...textOf(file).matchAll(/snakeCase\.table\(\s*'(\w+)'/g)].map((match) => match[1] ?? ''),
  )
  expect(tables.length).toBeGreaterThan(40)
  const glossary = textOf('GLOSSARY.md')
  expect(tables.filter((table) => !glossary.includes(`\`${table}\``))).toEqual([])
})
