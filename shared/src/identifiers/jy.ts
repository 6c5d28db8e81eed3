import type { LocalText } from '../locale.ts'
import { mod1110, tidyCode } from './check-digits.ts'

/** What a food trading licence is for, its first digit. */
export const JY_BUSINESSES = {
  1: { zh: '食品销售', en: 'Food sales' },
  2: { zh: '餐饮服务', en: 'Catering' },
  3: { zh: '集中用餐单位食堂', en: 'Canteen' },
} as const satisfies Record<number, LocalText>

export type JyBusiness = keyof typeof JY_BUSINESSES

export type JyResult =
  | {
      readonly ok: true
      readonly number: string
      readonly business: JyBusiness
      readonly division: string
      readonly sequence: string
    }
  | { readonly ok: false; readonly reason: 'shape' | 'check_digit' }

/** Checks a food trading licence number: JY, 1 digit business, 6 division, 6 sequence, 1 check digit. */
export function checkJy(text: string): JyResult {
  const number = tidyCode(text)
  const match = /^JY(([123])(\d{6})(\d{6}))(\d)$/.exec(number)
  if (!match) return { ok: false, reason: 'shape' }
  const [, body = '', business, division = '', sequence = '', check] = match
  if (mod1110(body) !== check) return { ok: false, reason: 'check_digit' }
  return { ok: true, number, business: Number(business) as JyBusiness, division, sequence }
}

/** A number with its check digit, for sample data. */
export function buildJy(business: JyBusiness, division: string, sequence: number): string {
  const body = `${business}${division}${String(sequence).padStart(6, '0')}`
  const number = `JY${body}${mod1110(body)}`
  if (!checkJy(number).ok) throw new RangeError(`not the parts of a JY number: ${number}`)
  return number
}
