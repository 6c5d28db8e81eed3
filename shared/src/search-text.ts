/** What can be searched about one thing; pinyin without tones, syllables parted by spaces or not. */
export type Searchable = {
  readonly name: string
  readonly pinyinFull: string
  readonly pinyinInitials: string
  readonly aliases: readonly string[]
  readonly shortCodes: readonly string[]
}

const LONGEST_QUERY = 60

/** Text as it is compared: half width, lower case, ü as v, without spaces, punctuation and symbols. */
export function searchText(text: string): string {
  return text
    .slice(0, 400)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[üǖǘǚǜ]/g, 'v')
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]+/gu, '')
}

/** The words of a query; all of them must match. */
export function searchWords(query: string): string[] {
  const words = query
    .slice(0, LONGEST_QUERY)
    .normalize('NFKC')
    .split(/[\s,，、;；|]+/)
  return words.map(searchText).filter((word) => word !== '')
}

/** Whole, at the beginning, or inside: how well a word sits in a text. */
function fit(word: string, text: string, [whole, start, inside]: readonly [number, number, number]): number {
  if (text === word) return whole
  const at = text.indexOf(word)
  return at === 0 ? start : at > 0 ? inside : 0
}

function bestFit(word: string, texts: readonly string[], marks: readonly [number, number, number]): number {
  return texts.reduce((best, text) => Math.max(best, fit(word, searchText(text), marks)), 0)
}

/** All characters in order with others between: 面花酱 in 沙县拌面花生酱. */
function isScattered(word: string, text: string): boolean {
  let from = 0
  for (const character of word) {
    const at = text.indexOf(character, from)
    if (at === -1) return false
    from = at + character.length
  }
  return true
}

function pinyinFit(word: string, thing: Searchable): number {
  const initials = fit(word, searchText(thing.pinyinInitials), [68, 58, 46])
  // One letter inside a long pinyin matches nearly everything, so only from two on.
  const full = word.length < 2 ? 0 : fit(word, searchText(thing.pinyinFull), [66, 56, 0])
  if (word.length < 2 || full > 0) return Math.max(initials, full)
  const syllables = thing.pinyinFull.normalize('NFKC').trim().split(/\s+/)
  const atSyllable = syllables.some(
    (_, i) => i > 0 && searchText(syllables.slice(i).join('')).startsWith(word),
  )
  return Math.max(initials, atSyllable ? 48 : fit(word, searchText(thing.pinyinFull), [0, 0, 30]))
}

function rankWord(word: string, thing: Searchable): number {
  const name = searchText(thing.name)
  const best = Math.max(
    fit(word, name, [100, 90, 72]),
    bestFit(word, thing.shortCodes, [95, 70, 0]),
    bestFit(word, thing.aliases, [85, 75, 60]),
  )
  if (best > 0) return best
  if (/^[a-z]+$/.test(word)) return pinyinFit(word, thing)
  return word.length > 1 && /^\p{Script=Han}+$/u.test(word) && isScattered(word, name) ? 20 : 0
}

/** How well a query meets a thing, 1 to 100; 0 for not at all. An empty query meets everything at 1. */
export function rankMatch(query: string, thing: Searchable): number {
  const words = searchWords(query)
  if (words.length === 0) return 1
  // 沙县 拌面: people also break one name into words, so the whole query is tried as one word too.
  const joined = words.length > 1 ? rankWord(words.join(''), thing) : 0
  const single = words.map((word) => rankWord(word, thing))
  const apart = single.includes(0)
    ? 0
    : Math.floor(single.reduce((sum, rank) => sum + rank, 0) / single.length)
  return Math.max(joined, apart)
}

/** Words of the trade that mean the same; the first of each row is the name used on the platform. */
const SAME_THINGS: readonly (readonly string[])[] = [
  ['扁肉', '扁食', '馄饨', '抄手', '云吞'],
  ['蒸饺', '柳叶蒸饺'],
  ['花生酱', '拌面酱'],
  ['拌面', '面条', '碱面'],
  ['炖罐', '炖汤'],
  ['竹荪', '竹笙'],
  ['茶籽油', '山茶油', '茶油'],
  ['莲子', '通心莲', '建莲'],
  ['金柑', '金桔', '金橘'],
  ['淮山', '山药'],
  ['笋干', '明笋'],
  ['豆腐皮', '腐皮'],
]

/** Other words people use for a product of this name: 速冻扁肉 → 扁食, 馄饨, 抄手, 云吞. */
export function aliasesOf(name: string): string[] {
  const plain = searchText(name)
  const groups = SAME_THINGS.filter((words) => words.some((word) => plain.includes(word)))
  return [...new Set(groups.flat())].filter((word) => !plain.includes(word))
}
