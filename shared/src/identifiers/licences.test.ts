import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildJy, checkJy, JY_BUSINESSES } from './jy.ts'
import { buildSc, checkSc } from './sc.ts'
import { buildUscc, checkUscc, USCC_KINDS, type UsccKind } from './uscc.ts'

const SEED_USCC = [
  '93350430MA90000118',
  '93350426MA900002X7',
  '93350425MA9000038Q',
  '93350424MA90000465',
  '91350405MA9000054M',
  '91350481MA9000062J',
  '91350428MA9000118X',
  '93350429MA90001261',
  '93350421MA90001348',
  '93350423MA90001420',
  '93350404MA9000150A',
  '91310114MA9000070C',
  '91310115MA9000089P',
  '92310109MA9000097R',
  '12310000MA900010XB',
]
const PUBLISHED_SC = [
  'SC10741018302531',
  'SC10744030704994',
  'SC11351090100010',
  'SC12336098200173',
  'SC12434017430075',
]
const SEED_SC = [
  'SC11435042590042',
  'SC10135042490077',
  'SC11135040590010',
  'SC10335040590028',
  'SC10435040590038',
  'SC11635048190058',
  'SC12535042390068',
  'SC10235042690088',
]
const SEED_JY = ['JY13101149000017', 'JY23101099000027', 'JY33101109000033']

const division = fc.constantFrom('350405', '350427', '310114', '310108')

/** Replaces one character by another of the same sort. */
function changed(code: string, at: number, shift: number): string {
  const alphabet = /\d/.test(code[at] as string) ? '0123456789' : 'ABCDEFGHJKLMNPQRTUWXY'
  const here = alphabet.indexOf(code[at] as string)
  const next = alphabet[(here + 1 + (shift % (alphabet.length - 1))) % alphabet.length] as string
  return code.slice(0, at) + next + code.slice(at + 1)
}

describe('credit codes', () => {
  it('accepts the standard example and every sample code', () => {
    for (const code of ['91350100M000100Y43', '91110000802100433B', ...SEED_USCC]) {
      expect(checkUscc(code), code).toMatchObject({ ok: true, code })
    }
    expect(checkUscc(' 91350405ma9000054m ')).toEqual({
      ok: true,
      code: '91350405MA9000054M',
      kind: '91',
      division: '350405',
      organisationCode: 'MA9000054',
    })
  })

  it('says what is wrong', () => {
    expect(checkUscc('91350100M000100Y4Z')).toEqual({ ok: false, reason: 'character' })
    expect(checkUscc('91350100M000100Y44')).toEqual({ ok: false, reason: 'check_digit' })
    expect(checkUscc('9135')).toEqual({ ok: false, reason: 'length' })
    expect(checkUscc('x'.repeat(100_000))).toEqual({ ok: false, reason: 'length' })
  })

  it('checks the organisation code inside even when the last character fits', () => {
    // Organisation code MA900005 must end in 4; 5 with a matching last character is refused.
    const wrong = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].map((last) => checkUscc(`91350405MA9000055${last}`))
    expect(wrong.filter((one) => !one.ok && one.reason === 'organisation_check')).toHaveLength(1)
    expect(wrong.some((one) => one.ok)).toBe(false)
  })

  it('catches any single changed character of a built code', () => {
    const kind = fc.constantFrom(...(Object.keys(USCC_KINDS) as UsccKind[]))
    const serial = fc.integer({ min: 0, max: 999_999 }).map((n) => `MA${String(n).padStart(6, '0')}`)
    const at = fc.integer({ min: 0, max: 17 })
    fc.assert(
      fc.property(kind, division, serial, at, fc.nat(100), (k, d, s, i, shift) => {
        const code = buildUscc(k, d, s)
        expect(checkUscc(code)).toMatchObject({ ok: true, kind: k, division: d })
        expect(checkUscc(changed(code, i, shift)).ok).toBe(false)
      }),
    )
    expect(() => buildUscc('91', '35040', 'MA900005')).toThrow(RangeError)
  })
})

describe('production and trading licences', () => {
  it('accepts published and sample numbers', () => {
    for (const number of [...PUBLISHED_SC, ...SEED_SC])
      expect(checkSc(number), number).toMatchObject({ ok: true })
    for (const number of SEED_JY) expect(checkJy(number), number).toMatchObject({ ok: true })
    expect(checkSc('sc 11135040590010')).toEqual({
      ok: true,
      number: 'SC11135040590010',
      of: 'food',
      mainClass: '11',
      division: '350405',
      sequence: '9001',
    })
    expect(checkJy('JY23101099000027')).toMatchObject({ business: 2, division: '310109', sequence: '900002' })
  })

  it('says what is wrong', () => {
    expect(checkSc('SC1113504059001')).toEqual({ ok: false, reason: 'shape' })
    expect(checkSc('SC19935040590010')).toEqual({ ok: false, reason: 'class' })
    expect(checkSc('SC11135040590011')).toEqual({ ok: false, reason: 'check_digit' })
    expect(checkJy('JY43101149000017')).toEqual({ ok: false, reason: 'shape' })
    expect(checkJy('JY13101149000018')).toEqual({ ok: false, reason: 'check_digit' })
  })

  it('catches any single changed digit of a built number', () => {
    const category = fc.integer({ min: 1, max: 31 }).map((n) => `1${String(n).padStart(2, '0')}`)
    const business = fc.constantFrom(...Object.keys(JY_BUSINESSES).map((key) => Number(key) as 1 | 2 | 3))
    const at = fc.integer({ min: 2, max: 15 })
    fc.assert(
      fc.property(category, business, division, fc.nat(9999), at, fc.nat(50), (c, b, d, n, i, shift) => {
        const [sc, jy] = [buildSc(c, d, n), buildJy(b, d, n)]
        expect(checkSc(sc).ok && checkJy(jy).ok).toBe(true)
        expect(checkSc(changed(sc, i, shift)).ok).toBe(false)
        expect(checkJy(changed(jy, i, shift)).ok).toBe(false)
      }),
    )
    expect(() => buildSc('111', '350405', 10_000)).toThrow(RangeError)
    expect(() => buildJy(1, '31011', 1)).toThrow(RangeError)
  })
})
