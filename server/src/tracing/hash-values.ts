import { cbvIri, gs1Curie } from './cbv-words.ts'
import { canonicalLink } from './digital-link.ts'

/** Order of the hash: by code point, which is the order of UTF-8 bytes. */
export const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** A value as it stands in a pre-hash string: words and links in full, numbers without spare zeros. */
export function canonicalValue(value: string, field = ''): string {
  const text = plainNumber(cbvIri(field, gs1Curie(value).trim()))
  return canonicalLink(text) ?? text
}

/** Exponents beyond this are no measured value; they would only fill memory. */
const exponentMax = 400

/** A decimal number written out, without leading and trailing zeros; other text as it is. */
export function plainNumber(text: string): string {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text)
  if (!match) return text
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const shift = Number(exponent)
  if (whole + fraction === '' || Math.abs(shift) > exponentMax) return text
  const digits = shift < 0 ? '0'.repeat(-shift) + whole + fraction : whole + fraction + '0'.repeat(shift)
  const point = shift < 0 ? whole.length : whole.length + shift
  const left = digits.slice(0, point).replace(/^0+/, '') || '0'
  const right = digits.slice(point).replace(/0+$/, '')
  const plain = right === '' ? left : `${left}.${right}`
  return sign === '-' && plain !== '0' ? `-${plain}` : plain
}

const instant = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|z|[+-]\d{2}:?\d{2})?$/

/** An instant in UTC to the millisecond, half up; other text as it is. */
export function utcMillis(text: string): string {
  const match = instant.exec(text.trim())
  if (!match) return text.trim()
  const [, day, time, fraction = '', zone = 'Z'] = match
  const second = Date.parse(`${day}T${time}${zone.toUpperCase()}`)
  const millis = Number(fraction.slice(0, 3).padEnd(3, '0')) + (Number(fraction[3] ?? '0') >= 5 ? 1 : 0)
  return Number.isNaN(second) ? text.trim() : new Date(second + millis).toISOString()
}
