import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** Text of a file of the repository. */
export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Every document that people read: those at the top, in `docs`, and the kit's. */
export const documents: readonly string[] = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'web/KIT.md',
]

/** Folders from which a document may name a file, besides the root and its own. */
const bases = [
  '',
  'shared/src',
  'db/src',
  'server/src',
  'jobs/src',
  'jobs/src/solver',
  'web',
  'web/src',
  'web/src/kit',
]
const folders = ['shared/src', 'db/src', 'server/src', 'jobs/src', 'web/src', 'scripts']

/** Folders that are made by running the product, packages of others, and what looks like a path and is none. */
const made = /^(@(?!huming\/)|\.data|dist|node_modules|application\/|text\/|image\/)|^[a-z]+\/s$/

/** What a document names as a file or folder of the repository: links, pictures and code words. */
export function pathsNamed(text: string): string[] {
  const plain = text.replaceAll(/```[\s\S]*?```/g, '')
  const links = [...plain.matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  )
  const words = [...plain.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '')
  const local = links.filter((link) => !/^(https?:|#)/.test(link))
  return [...local, ...words.filter(looksLikePath)]
}

const looksLikePath = (word: string): boolean =>
  !made.test(word) &&
  (/^[\w.@-]+(\/[\w.@-]+)+\/?$/.test(word) || /^[\w-]+\.(ts|tsx|md|json|ya?ml|css)$/.test(word))

/** Whether a name leads to something, as seen from a document; a bare name of a file may lie anywhere. */
export function leadsSomewhere(document: string, name: string): boolean {
  const path = name.replace(/^@huming\/(\w+)\/(.*)$/, '$1/src/$2.ts')
  if ([dirname(document), ...bases].some((base) => existsSync(join(root, base, path)))) return true
  return !path.includes('/') && folders.some((folder) => filesUnder(folder, `/${path}`).length > 0)
}

/** The commands a document gives: what follows `pnpm` or `npx -y pnpm@…`. */
export function commandsNamed(text: string): string[][] {
  const code = [...text.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].map((match) => match[0])
  return code.flatMap((part) =>
    [...part.matchAll(/(?:npx -y pnpm@[\d.]+|(?<![\w@/-])pnpm) ([a-z][\w:-]*)([^\n`|]*)/g)].map((match) => [
      match[1] ?? '',
      ...(match[2] ?? '').trim().split(/\s+/),
    ]),
  )
}

/** The rows of every table of a document, cell by cell. */
export const tableRows = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^[|\s-]+$/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(' | ')
        .map((cell) => cell.trim()),
    )

/** Files under a folder of the repository whose names end so. */
export function filesUnder(folder: string, ...endings: string[]): string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  return names
    .filter((name) => endings.some((ending) => name.endsWith(ending)) && !name.includes('node_modules'))
    .map((name) => `${folder}/${name}`)
    .toSorted()
}

/** A package.json of the repository. */
export type Manifest = {
  license?: string
  scripts?: Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

export const manifestOf = (folder: string): Manifest =>
  JSON.parse(textOf(join(folder, 'package.json'))) as Manifest

/** Licence of an installed dependency; null where this machine has none of it. */
export function licenceOf(folder: string, dependency: string): string | null {
  const path = join(folder, 'node_modules', dependency)
  return existsSync(join(root, path, 'package.json')) ? (manifestOf(path).license ?? null) : null
}
