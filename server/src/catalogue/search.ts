import { initialsOf, soundOf } from '@huming/db/pinyin'

const termsMax = 6

/** One word of a search: as typed in small letters, and how it sounds when it is Chinese. */
export type SearchTerm = { readonly text: string; readonly sound: string }

/** What of a pack is searched, all in small letters but the short codes. */
export type Words = {
  readonly name: string
  readonly nameEn: string
  readonly code: string
  readonly spec: string
  readonly supplier: string
  readonly aliases: readonly string[]
  readonly shortCodes: readonly string[]
  /** The name in pinyin, whole and by its first letters. */
  readonly full: string
  readonly initials: string
}

/** Splits what a person typed into words; full-width letters and capitals mean the same as plain ones. */
export function searchTerms(typed: string): SearchTerm[] {
  const words = typed
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s,，、;；]+/u)
  return words
    .filter((word) => word !== '')
    .slice(0, termsMax)
    .map((text) => ({ text, sound: isHan(text) && text.length > 1 ? soundOf(text) : '' }))
}

/**
 * Short codes people type (HSJ): initials of the last two to four characters of the name and of each alias. What
 * the name adds in brackets is left out: 蒸饺(猪肉白菜) → ZJ.
 */
export function shortCodesOf(name: string, aliases: readonly string[]): string[] {
  const han = [...name.replace(/[(（【[].*$/u, '')].filter((letter) => isHan(letter))
  const tails = [han.slice(-3), han.slice(-2), han.slice(-4)].map((letters) => letters.join(''))
  const codes = [...tails, ...aliases].map((word) => initialsOf(word).toUpperCase())
  return [...new Set(codes)].filter((code) => /^[A-Z0-9]{2,8}$/.test(code)).slice(0, 6)
}

const isHan = (text: string): boolean => /^\p{Script=Han}+$/u.test(text)

/** How well a pack fits the words: the sum over the words, zero when one of them fits nowhere. */
export function searchScore(words: Words, terms: readonly SearchTerm[]): number {
  let sum = 0
  for (const term of terms) {
    const score = scoreOf(words, term)
    if (score === 0) return 0
    sum += score
  }
  return sum
}

/**
 * A code goes before a name, the whole before its beginning, the beginning before the middle, what is written
 * before how it sounds. One letter alone is not looked for in pinyin: it is in every second name.
 */
function scoreOf(words: Words, { text, sound }: SearchTerm): number {
  if (!allOf(words).includes(text)) return sound !== '' && words.full.includes(sound) ? 20 : 0
  if (words.code === text || words.shortCodes.includes(text.toUpperCase())) return 100
  const sounds = text.length > 1
  return Math.max(
    fit(words.name, text, 98, 90, 80),
    ...words.aliases.map((alias) => fit(alias.toLowerCase(), text, 88, 70, 70)),
    sounds ? fit(words.initials, text, 78, 68, 52) : 0,
    sounds ? fit(words.full, text, 76, 64, text.length > 2 ? 45 : 0) : 0,
    fit(words.nameEn, text, 60, 60, 50),
    words.code.startsWith(text) ? 55 : 0,
    words.spec.includes(text) || words.supplier.includes(text) ? 30 : 0,
    sound !== '' && words.full.includes(sound) ? 20 : 0,
  )
}

function fit(where: string, text: string, whole: number, start: number, middle: number): number {
  const at = where.indexOf(text)
  if (at < 0) return 0
  if (at > 0) return middle
  return where.length === text.length ? whole : start
}

const joined = new WeakMap<Words, string>()

/** Everything searched in one text: most packs fit nowhere, and this tells it by one look. */
function allOf(words: Words): string {
  const known = joined.get(words)
  if (known !== undefined) return known
  const { name, nameEn, code, spec, supplier, full, initials, aliases, shortCodes } = words
  const parts = [name, nameEn, code, spec, supplier, full, initials, ...aliases, ...shortCodes]
  // A term holds no line break, so it never fits across two parts.
  const all = parts.join('\n').toLowerCase()
  joined.set(words, all)
  return all
}
