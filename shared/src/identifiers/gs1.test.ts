import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, serviceDay } from '../days.ts'
import { buildSscc, checkGln, checkGtin, checkSscc, gtinText, withGs1Check } from './gs1.ts'
import { type Element, gs1Date, gs1Day, gs1Grams } from './gs1-elements.ts'
import { buildGs1Link, parseGs1Link } from './gs1-link.ts'
import { bracketed, elementString, readScan } from './gs1-scan.ts'

const GTIN = '06901234567892'
const GS = '\u001d'

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''))
const gtin14 = digits(13).map(withGs1Check)
const lot = fc.stringMatching(/^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/)
const day = fc.integer({ min: 0, max: 30_000 }).map((n) => addDays(serviceDay('2010-01-01'), n))

/** Any UTF-16 text, broken surrogates included. */
const anyText = fc.array(fc.nat(0xffff)).map((codes) => String.fromCharCode(...codes))

describe('GS1 keys', () => {
  it('accepts every length of GTIN and stores 14 digits', () => {
    expect(checkGtin('6901234567892')).toEqual({ ok: true, gtin: GTIN, digits: 13 })
    expect(checkGtin('96385074')).toMatchObject({ ok: true, digits: 8 })
    expect(checkGtin('614141000036')).toMatchObject({ ok: true, gtin: '00614141000036' })
    expect(checkGtin('16901234567899')).toMatchObject({ ok: true, digits: 14 })
    expect(checkGtin('6901234567893')).toEqual({ ok: false, reason: 'check_digit' })
    expect(checkGtin('69012345678')).toEqual({ ok: false, reason: 'shape' })
    expect(gtinText(GTIN)).toBe('6901234567892')
    expect(gtinText('16901234567899')).toBe('16901234567899')
  })

  it('builds and checks SSCC and GLN', () => {
    expect(buildSscc(0, '0614141', 123_456_789)).toBe('006141411234567890')
    expect(checkSscc('006141411234567890')).toEqual({ ok: true, key: '006141411234567890' })
    expect(checkSscc('006141411234567891')).toEqual({ ok: false, reason: 'check_digit' })
    expect(checkGln('4012345000009')).toMatchObject({ ok: true })
    expect(checkGln('401234500000')).toEqual({ ok: false, reason: 'shape' })
    expect(() => buildSscc(0, '690123456', 10_000_000)).toThrow(RangeError)
    expect(() => buildSscc(10, '690123456', 1)).toThrow(RangeError)
  })

  it('catches any single changed digit', () => {
    fc.assert(
      fc.property(gtin14, fc.nat(13), fc.integer({ min: 1, max: 9 }), (code, at, shift) => {
        const wrong = code.slice(0, at) + ((Number(code[at]) + shift) % 10) + code.slice(at + 1)
        expect(checkGtin(code).ok).toBe(true)
        expect(checkGtin(wrong).ok).toBe(false)
      }),
    )
  })
})

describe('scanned text', () => {
  const label = `01${GTIN}1726123110A1B2${GS}3103001250`

  it('reads element strings with and without a symbology identifier', () => {
    for (const text of [
      label,
      `]C1${label}`,
      `${GS}${label}`,
      `]d2${label}${GS}`,
      label.replace(GS, '<GS>'),
    ]) {
      expect(readScan(text), text).toMatchObject({
        ok: true,
        gtin: GTIN,
        expiry: '2026-12-31',
        lot: 'A1B2',
        netGrams: 1250,
      })
    }
  })

  it('reads the bracketed form, links, pallets and bare codes', () => {
    expect(readScan(`(01)${GTIN}(10)A(1)(17)261200`)).toMatchObject({
      ok: true,
      lot: 'A(1)',
      expiry: '2026-12-31',
    })
    expect(readScan('(00)006141411234567890')).toMatchObject({
      ok: true,
      sscc: '006141411234567890',
      gtin: null,
    })
    expect(readScan(`02${GTIN}3724`)).toMatchObject({ ok: true, contentGtin: GTIN, count: 24 })
    expect(readScan('6901234567892')).toMatchObject({ ok: true, gtin: GTIN })
    expect(readScan(']E06901234567892')).toMatchObject({ ok: true, gtin: GTIN })
    expect(readScan(`https://example.cn/01/${GTIN}/10/A1?17=261231&utm=x`)).toMatchObject({
      ok: true,
      lot: 'A1',
      expiry: '2026-12-31',
    })
    expect(readScan(`01${GTIN}4324261125053000000`.slice(0, 30))).toMatchObject({ ok: true })
    expect(readScan('(422)156(427)FJ(4331)001000-(4333)001800-(7007)261101261120')).toMatchObject({
      ok: true,
    })
  })

  it('says why not', () => {
    const reason = (text: string) => {
      const read = readScan(text)
      return read.ok ? 'ok' : read.reason
    }
    expect(reason('')).toBe('empty')
    expect(reason(']C1')).toBe('empty')
    expect(reason('x'.repeat(401))).toBe('too_long')
    expect(reason('hello')).toBe('not_gs1')
    expect(reason('6901234567893')).toBe('not_gs1')
    expect(reason('01069012345678931726')).toBe('bad_value')
    expect(reason(`01${GTIN}99X`)).toBe('unknown_identifier')
    expect(reason(`(01)${GTIN}(17)261331`)).toBe('bad_value')
    expect(reason(`(10)A(10)B`)).toBe('conflict')
    expect(reason(`(3105)000001`)).toBe('bad_value')
    expect(reason('https://example.cn/x/y')).toBe('not_gs1')
    expect(reason('(99)1')).toBe('unknown_identifier')
  })

  it('reads back what it prints, in all three forms', () => {
    const elements: fc.Arbitrary<Element[]> = fc
      .tuple(gtin14, lot, day, fc.nat(999_999))
      .map(([gtin, batch, expiry, grams]) => [
        { ai: '01', value: gtin },
        { ai: '10', value: batch },
        { ai: '17', value: gs1Date(expiry) },
        { ai: '3103', value: String(grams).padStart(6, '0') },
      ])
    fc.assert(
      fc.property(elements, (all) => {
        const [gtin, batch, expiry, grams] = all.map((one) => one.value) as [string, string, string, string]
        fc.pre(!/\(\d{2,4}\)|<GS>|<FNC1>/i.test(batch) && batch !== '.' && batch !== '..')
        const expected = { ok: true, gtin, lot: batch, expiry: gs1Day(expiry), netGrams: Number(grams) }
        expect(readScan(elementString(all))).toMatchObject(expected)
        expect(readScan(`]C1${elementString(all)}`)).toMatchObject(expected)
        expect(readScan(bracketed(all))).toMatchObject(expected)
        expect(readScan(buildGs1Link('https://example.cn', all))).toMatchObject(expected)
      }),
    )
  })

  it('never throws, whatever is scanned', () => {
    const piece = fc.constantFrom(
      '01',
      '10',
      '17',
      '3103',
      '(',
      ')',
      GS,
      ']C1',
      'https://a.cn/',
      '%',
      '9',
      'é',
      GTIN,
    )
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc.array(piece).map((all) => all.join('')),
        ),
        (text) => {
          expect(typeof readScan(text).ok).toBe('boolean')
        },
      ),
    )
  })
})

describe('digital links', () => {
  it('reads keys 01, 00 and 414 with their qualifiers', () => {
    expect(parseGs1Link(`https://example.cn/a/b/01/6901234567892/10/L%2F1`)).toEqual({
      ok: true,
      elements: [
        { ai: '01', value: GTIN },
        { ai: '10', value: 'L/1' },
      ],
    })
    expect(parseGs1Link('https://example.cn/00/006141411234567890')).toMatchObject({ ok: true })
    expect(parseGs1Link('https://example.cn/414/4012345000009')).toMatchObject({ ok: true })
    expect(parseGs1Link('ftp://example.cn/01/1')).toEqual({ ok: false, reason: 'not_a_link' })
    expect(parseGs1Link('https://example.cn/')).toEqual({ ok: false, reason: 'no_key' })
    expect(parseGs1Link(`https://example.cn/01/${GTIN}/10/%E0%A4%A`)).toEqual({
      ok: false,
      reason: 'bad_value',
    })
    expect(parseGs1Link(`https://example.cn/00/006141411234567890/10/A`)).toEqual({
      ok: false,
      reason: 'bad_value',
    })
  })

  it('refuses to build what could not be read', () => {
    const link = (elements: Element[]) => () => buildGs1Link('https://example.cn', elements)
    expect(link([{ ai: '10', value: 'A' }])).toThrow(RangeError)
    expect(link([{ ai: '01', value: '1' }])).toThrow(RangeError)
    expect(
      link([
        { ai: '01', value: GTIN },
        { ai: '10', value: '..' },
      ]),
    ).toThrow(RangeError)
    expect(() => elementString([{ ai: '17', value: '261331' }])).toThrow(RangeError)
  })
})

it('keeps weights exact', () => {
  expect(gs1Grams({ ai: '3102', value: '000125' })).toBe(1250)
  expect(gs1Grams({ ai: '3304', value: '012345' })).toBeNull()
  expect(gs1Day('280200')).toBe('2028-02-29')
})
