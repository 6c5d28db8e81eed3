import fc from 'fast-check'
import { expect, test } from 'vitest'
import { searchScore, searchTerms, type Words } from './search.ts'

const words: Words = {
  name: '沙县花生酱',
  nameEn: 'shaxian peanut sauce',
  code: 'sx-hs-01',
  spec: '5 kg桶 ×4',
  supplier: '示例夏茂合作社',
  aliases: ['拌面酱', 'PB'],
  shortCodes: ['HSJ', 'SXHS'],
  full: 'shaxianhuashengjiang',
  initials: 'sxhsj',
}
const score = (typed: string) => searchScore(words, searchTerms(typed))

test('a code goes before a name, a beginning before a middle, what is written before how it sounds', () => {
  const byPoints: [string, number][] = [
    ['HSJ', 100],
    ['sx-hs-01', 100],
    ['沙县花生酱', 98],
    ['沙县', 90],
    ['拌面酱', 88],
    ['pb', 88],
    ['花生', 80],
    ['sxhsj', 78],
    ['shaxianhuashengjiang', 76],
    ['面酱', 70],
    ['sxh', 68],
    ['sx', 68],
    ['shaxian', 64],
    ['sx-', 55],
    ['hs', 52],
    ['peanut', 50],
    ['huasheng', 45],
    ['kg桶', 30],
    ['合作社', 30],
    ['华盛', 20],
  ]
  expect(byPoints.map(([typed]) => [typed, score(typed)])).toEqual(byPoints)
})

test('every word must fit somewhere, and the points of all are added', () => {
  expect(score('花生 peanut')).toBe(130)
  expect(score('花生 板鸭')).toBe(0)
  expect(score('酱 花')).toBe(160)
})

test('no letter alone is looked for in pinyin, and nothing fits across two texts', () => {
  expect(score('j')).toBe(0)
  expect(score('酱sx')).toBe(0)
  expect(score('HSJSXHS')).toBe(0)
})

test('whatever is in a name, its English, its code or an alias is found', () => {
  const texts = [words.name, words.nameEn, words.code, words.aliases[0] as string]
  const part = fc.constantFrom(...texts).chain((text) =>
    fc
      .tuple(fc.nat(text.length - 2), fc.integer({ min: 2, max: text.length }))
      .map(([from, length]) => text.slice(from, from + length).trim())
      .filter((some) => some.length > 1 && !some.includes(' ')),
  )
  fc.assert(
    fc.property(part, (some) => {
      // Of a code only the beginning is looked for.
      const fits = words.code.includes(some) && !words.code.startsWith(some) ? 0 : 1
      expect(score(some)).toBeGreaterThanOrEqual(fits)
    }),
  )
})
