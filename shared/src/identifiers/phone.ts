export type PhoneResult =
  | { readonly ok: true; readonly number: string; readonly kind: 'mobile' | 'landline' | 'service' }
  | { readonly ok: false; readonly reason: 'shape' }

const MOBILE = /^1[3-9]\d{9}$/
/** Area code of 3 digits for 010 and 02x, else 4; then 7 or 8 digits. */
const LANDLINE = /^0(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}$/
const SERVICE = /^400\d{7}$/

function bare(text: string): string {
  const digits = text
    .slice(0, 60)
    .normalize('NFKC')
    .replace(/[\s()（）·.\-‐-―－]+/g, '')
  return digits.replace(/^(?:\+|00)86(?=[01])/, '').replace(/^86(?=1[3-9]\d{9}$)/, '')
}

/** Checks a Chinese mobile, landline or 400 number; +86, spaces and hyphens are dropped. */
export function checkPhone(text: string): PhoneResult {
  const number = bare(text)
  if (MOBILE.test(number)) return { ok: true, number, kind: 'mobile' }
  if (LANDLINE.test(number)) return { ok: true, number, kind: 'landline' }
  if (SERVICE.test(number)) return { ok: true, number, kind: 'service' }
  return { ok: false, reason: 'shape' }
}

/** 13812341234 → "138****1234"; what is no phone number is hidden whole. */
export function maskPhone(text: string): string {
  const checked = checkPhone(text)
  return checked.ok ? `${checked.number.slice(0, 3)}****${checked.number.slice(-4)}` : '****'
}
