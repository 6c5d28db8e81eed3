import { mod10, tidyCode } from './check-digits.ts'

type KeyRefusal = 'shape' | 'check_digit'
export type GtinResult =
  /** `gtin` is always 14 digits, the form to store and compare. */
  | { readonly ok: true; readonly gtin: string; readonly digits: 8 | 12 | 13 | 14 }
  | { readonly ok: false; readonly reason: KeyRefusal }
export type KeyResult =
  | { readonly ok: true; readonly key: string }
  | { readonly ok: false; readonly reason: KeyRefusal }

/** True when the last digit is the GS1 check digit of those before it. */
export function hasGs1Check(digits: string): boolean {
  return digits.length > 1 && mod10(digits.slice(0, -1)) === digits.at(-1)
}

/** Checks a GTIN-8, -12, -13 or -14. */
export function checkGtin(text: string): GtinResult {
  const code = tidyCode(text)
  if (!/^(?:\d{8}|\d{12,14})$/.test(code)) return { ok: false, reason: 'shape' }
  if (!hasGs1Check(code)) return { ok: false, reason: 'check_digit' }
  return { ok: true, gtin: code.padStart(14, '0'), digits: code.length as 8 | 12 | 13 | 14 }
}

/** The shortest usual way to print a stored GTIN: 13 digits unless the case digit is used. */
export function gtinText(gtin14: string): string {
  return gtin14.startsWith('0') ? gtin14.slice(1) : gtin14
}

function checkKey(text: string, length: number): KeyResult {
  const key = tidyCode(text)
  if (key.length !== length || !/^\d+$/.test(key)) return { ok: false, reason: 'shape' }
  return hasGs1Check(key) ? { ok: true, key } : { ok: false, reason: 'check_digit' }
}

/** Checks a global location number (13 digits). */
export function checkGln(text: string): KeyResult {
  return checkKey(text, 13)
}

/** Checks a serial shipping container code (18 digits). */
export function checkSscc(text: string): KeyResult {
  return checkKey(text, 18)
}

/** The SSCC of a tote or pallet: extension digit, company prefix, serial number filling 16 digits, check digit. */
export function buildSscc(extension: number, companyPrefix: string, serial: number): string {
  const room = 16 - companyPrefix.length
  const digits = String(serial)
  if (!/^\d{4,12}$/.test(companyPrefix) || !/^\d$/.test(String(extension))) {
    throw new RangeError(`not a company prefix or extension digit: ${companyPrefix}, ${extension}`)
  }
  if (!Number.isSafeInteger(serial) || serial < 0 || digits.length > room) {
    throw new RangeError(`serial number does not fit the prefix: ${serial}`)
  }
  const body = `${extension}${companyPrefix}${digits.padStart(room, '0')}`
  return `${body}${mod10(body)}`
}

/** A GTIN with its check digit from 7, 11, 12 or 13 digits. */
export function withGs1Check(digits: string): string {
  if (!/^\d{7,17}$/.test(digits)) throw new RangeError(`not digits of a GS1 key: ${digits.slice(0, 40)}`)
  return `${digits}${mod10(digits)}`
}
