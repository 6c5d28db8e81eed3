import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chineseNumber } from './numerals.ts'
import { readOrderText } from './order-text.ts'
import { toBase } from './quantity.ts'
import { UNITS, type UnitId } from './units.ts'

const brief = (message: string) =>
  readOrderText(message).map(({ name, quantityText, unit, confident }) =>
    [name, quantityText, unit, confident ? '' : '?'].join(' ').trim(),
  )

/** Any UTF-16 text, broken surrogates included. */
const anyText = fc.array(fc.nat(0xffff)).map((codes) => String.fromCharCode(...codes))

describe('Chinese numerals', () => {
  it('reads what shop owners write', () => {
    const cases = {
      十: '10',
      十五: '15',
      二十: '20',
      二十五: '25',
      一百: '100',
      一百二: '120',
      一百零二: '102',
      两百五十: '250',
      三点五: '3.5',
      半: '0.5',
      两: '2',
      一五零: '150',
      一千二: '1200',
      一万: '10000',
      两万五千: '25000',
      三千零五: '3005',
    }
    for (const [text, value] of Object.entries(cases)) expect(chineseNumber(text), text).toBe(value)
    for (const bad of [
      '',
      '点',
      '三点',
      '点五',
      '十百',
      '半半',
      '一二三四五',
      '百千',
      '一万万',
      '一点二点三',
      '三半',
    ]) {
      expect(chineseNumber(bad), bad).toBeNull()
    }
  })

  it('reads back every number it can be given', () => {
    const digits = '零一二三四五六七八九'
    const write = (n: number): string => {
      const [t, h, d, u] = [Math.floor(n / 1000), Math.floor(n / 100) % 10, Math.floor(n / 10) % 10, n % 10]
      const written = [t, h, d]
        .map((value, i) => (value ? `${digits[value]}${'千百十'[i]}` : '零'))
        .concat(u ? (digits[u] as string) : '')
        .join('')
      return written.replace(/零+/g, '零').replace(/^零|零$/g, '')
    }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), (n) => {
        expect(chineseNumber(write(n)), write(n)).toBe(String(n))
      }),
    )
  })
})

describe('pasted orders', () => {
  it('reads the forms seen in chats', () => {
    expect(brief('花生酱10瓶，拌面料5包')).toEqual(['花生酱 10 bottle', '拌面料 5 packet'])
    expect(brief('花生酱+2瓶 | 土豆-3斤 | 白菜=15斤')).toEqual([
      '花生酱 2 bottle',
      '土豆 3 jin',
      '白菜 15 jin',
    ])
    expect(brief('花生酱 10瓶 拌面料 5包\n扁肉：两箱')).toEqual([
      '花生酱 10 bottle',
      '拌面料 5 packet',
      '扁肉 2 carton',
    ])
    expect(brief('1. 蒸饺 3箱\n2、扁肉皮 １０ 包；板鸭×4只。')).toEqual([
      '蒸饺 3 carton',
      '扁肉皮 10 packet',
      '板鸭 4 head',
    ])
  })

  it('reads 两, 半 and Chinese numbers', () => {
    expect(brief('扁肉两箱、葱半斤、蒜三两、猪油一斤半、米十五公斤、面一百二十斤、姜二两')).toEqual([
      '扁肉 2 carton',
      '葱 0.5 jin',
      '蒜 3 liang',
      '猪油 1.5 jin',
      '米 15 kg',
      '面 120 jin',
      '姜 2 liang',
    ])
  })

  it('reads an amount in front of its name', () => {
    expect(brief('要5箱蒸饺')).toEqual(['蒸饺 5 carton'])
    expect(brief('老板再来两箱扁肉，3包拌面料')).toEqual(['扁肉 2 carton', '拌面料 3 packet'])
  })

  it('drops the words of asking', () => {
    expect(brief('再加花生酱十瓶，葱要3把，我要白菜 2斤，加2只板鸭')).toEqual([
      '花生酱 10 bottle',
      '葱 3 bundle',
      '白菜 2 jin',
      '板鸭 2 head',
    ])
  })

  it('keeps remarks apart and doubts what is not plain', () => {
    expect(readOrderText('白菜(要嫩的)3斤明天送')).toEqual([
      {
        text: '白菜 3斤明天送',
        name: '白菜',
        quantityText: '3',
        unit: 'jin',
        note: '要嫩的 明天送',
        confident: true,
      },
    ])
    expect(brief('花生酱10')).toEqual(['花生酱 10  ?'])
    expect(brief('花生酱')).toEqual(['花生酱   ?'])
    expect(brief('不要葱')).toEqual(['不要葱   ?'])
    expect(brief('5kg花生酱2桶')).toEqual(['5kg花生酱 2 tub ?'])
    expect(brief('花生酱5kg桶装2桶').every((line) => line.endsWith('?'))).toBe(true)
    expect(brief('白菜0斤')).toEqual(['白菜0斤   ?'])
    expect(brief('')).toEqual([])
    expect(brief(' ,，;；| \n')).toEqual([])
  })

  it('reads back any list it is given, whatever the separators', () => {
    const name = fc.constantFrom('花生酱', '拌面料', '扁肉皮', '速冻蒸饺', '永安黄椒', '白菜')
    const unit = fc.constantFrom<UnitId>(
      'carton',
      'packet',
      'bottle',
      'tub',
      'bag',
      'jin',
      'kg',
      'head',
      'liang',
    )
    const amount = fc
      .tuple(fc.integer({ min: 1, max: 9999 }), fc.constantFrom('', '.5', '.25'))
      .map(([whole, part]) => `${whole}${part}`)
    const joiner = fc.constantFrom('', ' ', '+', '-', '=', '：', '×', ' * ')
    const line = fc.tuple(name, joiner, amount, unit)
    const separator = fc.constantFrom('，', ',', ' | ', '\n', '；', '、', ' ')
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), separator, (wanted, between) => {
        const message = wanted.map(([n, j, a, u]) => `${n}${j}${a}${UNITS[u].zh}`).join(between)
        const read = readOrderText(message).map((one) => [
          one.name,
          one.quantityText,
          one.unit,
          one.confident,
        ])
        expect(read, message).toEqual(wanted.map(([n, , a, u]) => [n, a, u, true]))
      }),
    )
  })

  it('never throws, never grows beyond its limits, and gives amounts that can be counted', () => {
    const piece = fc.constantFrom(
      '花生酱',
      '两',
      '半',
      '斤',
      '10',
      '.',
      '-',
      '(',
      ')',
      ' ',
      '，',
      '箱',
      'kg',
      '零',
      '万',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc.array(piece).map((all) => all.join('')),
        ),
        (message) => {
          for (const line of readOrderText(message)) {
            if (line.quantityText === null) continue
            const counted = toBase(line.quantityText, 'kg', { baseUnit: 'g', conversions: [] })
            if (!counted.ok) expect(counted.reason).toBe('not_whole')
          }
        },
      ),
    )
    expect(readOrderText('葱1斤，'.repeat(5000)).length).toBe(200)
  })
})
