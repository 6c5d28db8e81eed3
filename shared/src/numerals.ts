const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  俩: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}
const PLACES: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }

/** The characters numbers are written with. */
export const NUMERAL_CHARACTERS = '零〇一二两俩三四五六七八九十百千万点半'

function below10000(text: string): number | null {
  if (text === '') return null
  // 一二三 read digit by digit, as in 一五零斤.
  if ([...text].every((character) => character in DIGITS)) {
    return text.length > 4 ? null : Number([...text].map((character) => DIGITS[character]).join(''))
  }
  let total = 0
  let digit: number | null = null
  let last = 10_000
  for (const character of text) {
    const place = PLACES[character]
    if (place !== undefined) {
      if (place >= last || digit === 0) return null
      // 十五 is fifteen: a missing leading digit is one.
      total += (digit ?? 1) * place
      digit = null
      last = place
      continue
    }
    const value = DIGITS[character]
    if (value === undefined || (digit !== null && digit !== 0)) return null
    digit = value
  }
  if (digit === null) return total
  // 一百二 is 120 but 一百零二 is 102.
  const spoken = last > 10 && last < 10_000 && !/[零〇].$/.test(text)
  return total + (spoken ? digit * (last / 10) : digit)
}

/** A Chinese numeral as decimal text: 十五 → "15", 三点五 → "3.5", 半 → "0.5", 两百 → "200"; null for none. */
export function chineseNumber(text: string): string | null {
  if (text.length > 12) return null
  if (text === '半') return '0.5'
  const [whole = '', fraction, more] = text.split('点')
  if (more !== undefined) return null
  const [high, low, tooMany] = whole.split('万')
  if (tooMany !== undefined) return null
  const number = low === undefined ? below10000(high ?? '') : withTenThousands(high ?? '', low)
  if (number === null) return null
  if (fraction === undefined) return String(number)
  const decimals = [...fraction].map((character) => DIGITS[character])
  if (decimals.length === 0 || decimals.includes(undefined)) return null
  return `${number}.${decimals.join('')}`
}

function withTenThousands(high: string, low: string): number | null {
  const [thousands, rest] = [below10000(high), low === '' ? 0 : below10000(low)]
  return thousands === null || rest === null ? null : thousands * 10_000 + rest
}
