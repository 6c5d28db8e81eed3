import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aliasesOf, rankMatch, type Searchable, searchText, searchWords } from './search-text.ts'

const sauce: Searchable = {
  name: '沙县拌面花生酱',
  pinyinFull: 'sha xian ban mian hua sheng jiang',
  pinyinInitials: 'sxbmhsj',
  aliases: ['拌面酱'],
  shortCodes: ['HSJ'],
}
const bianrou: Searchable = {
  name: '速冻扁肉',
  pinyinFull: 'su dong bian rou',
  pinyinInitials: 'sdbr',
  aliases: aliasesOf('速冻扁肉'),
  shortCodes: ['BR'],
}
const wrapper: Searchable = {
  name: '扁肉皮',
  pinyinFull: 'bianroupi',
  pinyinInitials: 'brp',
  aliases: aliasesOf('扁肉皮'),
  shortCodes: ['BRP'],
}

/** Any UTF-16 text, broken surrogates included. */
const anyText = fc.array(fc.nat(0xffff)).map((codes) => String.fromCharCode(...codes))

describe('search text', () => {
  it('levels width, case, spaces and punctuation', () => {
    expect(searchText(' ＨＳＪ－花生 酱！')).toBe('hsj花生酱')
    expect(searchText('lüè')).toBe('lvè')
    expect(searchWords('排骨，炖罐　x')).toEqual(['排骨', '炖罐', 'x'])
  })

  it('finds by Chinese, pinyin, initials, short code and alias', () => {
    for (const query of [
      '花生酱',
      '花生',
      'huashengjiang',
      'hua sheng',
      'shengjiang',
      'hsj',
      'HSJ',
      'sxbm',
      '拌面酱',
      '沙县 花生',
      '面花酱',
    ]) {
      expect(rankMatch(query, sauce), query).toBeGreaterThan(0)
    }
    for (const query of ['馄饨', '扁食', '抄手', 'bianrou', 'sdbr', 'br', '扁 肉']) {
      expect(rankMatch(query, bianrou), query).toBeGreaterThan(0)
    }
    for (const query of ['蒸饺', '花生油', 'jiaozi', 'zzz', '酱花', '酱酱'])
      expect(rankMatch(query, sauce), query).toBe(0)
    expect(rankMatch('花生 蒸饺', sauce)).toBe(0)
    expect(rankMatch('  ', sauce)).toBe(1)
  })

  it('puts the nearer name first', () => {
    const before = (query: string, a: Searchable, b: Searchable) =>
      expect(rankMatch(query, a), query).toBeGreaterThan(rankMatch(query, b))
    before('扁肉皮', wrapper, bianrou)
    before('扁肉', wrapper, bianrou)
    before('brp', wrapper, bianrou)
    before('br', bianrou, wrapper)
    before('hsj', sauce, bianrou)
    before('bianroup', wrapper, bianrou)
  })

  it('always finds a thing by its name, its codes and any part of its name', () => {
    const things = fc.constantFrom(sauce, bianrou, wrapper)
    fc.assert(
      fc.property(things, fc.nat(10), fc.integer({ min: 1, max: 10 }), (thing, from, length) => {
        expect(rankMatch(thing.name, thing)).toBe(100)
        expect(rankMatch(thing.pinyinFull, thing)).toBeGreaterThan(0)
        for (const code of thing.shortCodes)
          expect(rankMatch(code.toLowerCase(), thing)).toBeGreaterThanOrEqual(95)
        const part = [...thing.name].slice(from, from + length).join('')
        expect(rankMatch(part, thing)).toBeGreaterThan(0)
      }),
    )
  })

  it('stays within 0 and 100 for any text', () => {
    fc.assert(
      fc.property(anyText, (query) => {
        const rank = rankMatch(query, sauce)
        expect(rank >= 0 && rank <= 100).toBe(true)
      }),
    )
  })

  it('knows the other words of the trade', () => {
    expect(aliasesOf('速冻扁肉')).toContain('馄饨')
    expect(aliasesOf('速冻扁肉')).not.toContain('扁肉')
    expect(aliasesOf('尤溪金柑')).toContain('金桔')
    expect(aliasesOf('外卖碗')).toEqual([])
  })
})
