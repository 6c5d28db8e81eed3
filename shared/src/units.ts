import type { Locale } from './locale.ts'

/** What stock is counted in: grams, millilitres or pieces, always whole. */
export const BASE_UNITS = ['g', 'ml', 'piece'] as const
export type BaseUnit = (typeof BASE_UNITS)[number]

/**
 * Every unit a person may order, price or pack in. `factor` is the fixed size in base units (国务院 1984
 * legal units; 斤/两/担 are trade units for entry and display only); units without one are sized per SKU.
 * `words` are further spellings met in chats and on labels.
 */
export const UNITS = {
  g: { zh: '克', en: 'g', base: 'g', factor: 1, words: ['g', 'gram'] },
  kg: { zh: '公斤', en: 'kg', base: 'g', factor: 1000, words: ['kg', '千克', 'kilo'] },
  jin: { zh: '斤', en: 'jin (500 g)', base: 'g', factor: 500, words: ['市斤'] },
  liang: { zh: '两', en: 'liang (50 g)', base: 'g', factor: 50, words: [] },
  dan: { zh: '担', en: 'dan (50 kg)', base: 'g', factor: 50_000, words: [] },
  tonne: { zh: '吨', en: 't', base: 'g', factor: 1_000_000, words: ['t'] },
  ml: { zh: '毫升', en: 'mL', base: 'ml', factor: 1, words: ['ml'] },
  litre: { zh: '升', en: 'L', base: 'ml', factor: 1000, words: ['l', '公升'] },
  piece: { zh: '个', en: 'pc', base: 'piece', factor: 1, words: ['pc', 'pcs', '枚', '粒'] },
  parcel: { zh: '件', en: 'parcel', words: [] },
  carton: { zh: '箱', en: 'carton', words: ['ctn'] },
  basket: { zh: '筐', en: 'basket', words: ['篮'] },
  bag: { zh: '袋', en: 'bag', words: [] },
  packet: { zh: '包', en: 'packet', words: [] },
  tub: { zh: '桶', en: 'tub', words: [] },
  head: { zh: '只', en: 'head', words: ['隻'] },
  box: { zh: '盒', en: 'box', words: [] },
  pallet: { zh: '托', en: 'pallet', words: ['托盘'] },
  bottle: { zh: '瓶', en: 'bottle', words: [] },
  jar: { zh: '罐', en: 'jar', words: ['听'] },
  fish: { zh: '条', en: 'fish', words: ['尾'] },
  block: { zh: '块', en: 'block', words: [] },
  tray: { zh: '板', en: 'tray', words: ['盘'] },
  bundle: { zh: '捆', en: 'bundle', words: ['把', '扎'] },
  set: { zh: '套', en: 'set', words: [] },
  steamer: { zh: '笼', en: 'steamer', words: ['屉'] },
  bowl: { zh: '碗', en: 'bowl', words: [] },
  portion: { zh: '份', en: 'portion', words: [] },
} as const satisfies Record<string, UnitFacts>

type UnitFacts = { zh: string; en: string; base?: BaseUnit; factor?: number; words: readonly string[] }

export type UnitId = keyof typeof UNITS

/** All unit ids, in the order they are offered. */
export const UNIT_IDS = Object.keys(UNITS) as UnitId[]

/** True for a known unit id. */
export function isUnitId(text: string): text is UnitId {
  return Object.hasOwn(UNITS, text)
}

// Symbols, trade units with their size in brackets, and nouns without a plural.
const UNCHANGING: ReadonlySet<UnitId> = new Set([
  'g',
  'kg',
  'jin',
  'liang',
  'dan',
  'tonne',
  'ml',
  'litre',
  'head',
  'fish',
])

/** The name of a unit: 箱 / carton; in English for more than one, cartons. */
export function unitName(unit: UnitId, locale: Locale, amount: number | string = 1): string {
  const name = UNITS[unit][locale]
  if (locale === 'zh' || Number(amount) === 1 || UNCHANGING.has(unit)) return name
  return name.endsWith('x') ? `${name}es` : `${name}s`
}

/** The fixed size in base units, or null where the SKU must say. */
export function fixedSize(unit: UnitId): { readonly base: BaseUnit; readonly factor: number } | null {
  const facts: UnitFacts = UNITS[unit]
  return facts.base && facts.factor ? { base: facts.base, factor: facts.factor } : null
}

const WORDS: ReadonlyMap<string, UnitId> = new Map(
  UNIT_IDS.flatMap((id) => [UNITS[id].zh, ...UNITS[id].words].map((word) => [word, id] as const)),
)

/** The unit a written word means (斤, KG, 听), or null. */
export function unitOfWord(word: string): UnitId | null {
  return WORDS.get(word.normalize('NFKC').toLowerCase()) ?? null
}

/** Every written word for a unit, longest first, so that 公斤 is tried before 斤. */
export const UNIT_WORDS: readonly string[] = [...WORDS.keys()].sort((a, b) => b.length - a.length)
