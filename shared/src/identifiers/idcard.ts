import { tidyCode } from './check-digits.ts'

export type IdCardResult =
  | { readonly ok: true; readonly number: string; readonly division: string; readonly birthday: string }
  | { readonly ok: false; readonly reason: 'shape' | 'birthday' | 'check_digit' }

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECKS = '10X98765432'

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return text >= '1900-01-01' && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** Checks a resident identity number (GB 11643, ISO 7064 MOD 11-2). */
export function checkIdCard(text: string): IdCardResult {
  const number = tidyCode(text)
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return { ok: false, reason: 'shape' }
  const birthday = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isDate(birthday)) return { ok: false, reason: 'birthday' }
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(number[i]), 0)
  if (CHECKS[sum % 11] !== number[17]) return { ok: false, reason: 'check_digit' }
  return { ok: true, number, division: number.slice(0, 6), birthday }
}

/** "3504**********1234"; anything else is hidden whole. */
export function maskIdCard(text: string): string {
  const number = tidyCode(text)
  return /^\d{17}[\dX]$/.test(number) ? `${number.slice(0, 4)}**********${number.slice(-4)}` : '****'
}
