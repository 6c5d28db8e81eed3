import { tidyCode } from './check-digits.ts'

/** Unified social credit code, GB 32100-2015: 18 characters, without I O S V Z. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const
const SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/

/** What the first two characters tell about the holder. */
export const USCC_KINDS = {
  '91': { zh: '企业', en: 'Enterprise' },
  '92': { zh: '个体工商户', en: 'Individual household' },
  '93': { zh: '农民专业合作社', en: "Farmers' co-op" },
  '11': { zh: '机关', en: 'Government body' },
  '12': { zh: '事业单位', en: 'Public institution' },
  N2: { zh: '村集体经济组织', en: 'Village collective' },
} as const

export type UsccKind = keyof typeof USCC_KINDS

export type UsccResult =
  | {
      readonly ok: true
      readonly code: string
      /** Null for holders we have no word for. */
      readonly kind: UsccKind | null
      /** As registered; may be a division retired since. */
      readonly division: string
      readonly organisationCode: string
    }
  | { readonly ok: false; readonly reason: 'length' | 'character' | 'check_digit' | 'organisation_check' }

function isKind(prefix: string): prefix is UsccKind {
  return Object.hasOwn(USCC_KINDS, prefix)
}

function usccCheck(first17: string): string {
  let sum = 0
  for (const [i, weight] of WEIGHTS.entries()) sum += ALPHABET.indexOf(first17[i] as string) * weight
  return ALPHABET[(31 - (sum % 31)) % 31] as string
}

/** Organisation code check character (GB 11714): X stands for ten; letters count A = 10 … Z = 35. */
function organisationCheck(first8: string): string {
  let sum = 0
  for (const [i, weight] of ORGANISATION_WEIGHTS.entries())
    sum += Number.parseInt(first8[i] as string, 36) * weight
  const check = 11 - (sum % 11)
  return check === 10 ? 'X' : check === 11 ? '0' : String(check)
}

/** Checks a credit code and takes it apart. */
export function checkUscc(text: string): UsccResult {
  const code = tidyCode(text)
  if (code.length !== 18) return { ok: false, reason: 'length' }
  if (!SHAPE.test(code)) return { ok: false, reason: 'character' }
  if (usccCheck(code) !== code[17]) return { ok: false, reason: 'check_digit' }
  if (organisationCheck(code.slice(8, 16)) !== code[16]) return { ok: false, reason: 'organisation_check' }
  const prefix = code.slice(0, 2)
  return {
    ok: true,
    code,
    kind: isKind(prefix) ? prefix : null,
    division: code.slice(2, 8),
    organisationCode: code.slice(8, 17),
  }
}

/** A code with both check characters, for sample data: kind, division and eight organisation characters. */
export function buildUscc(kind: UsccKind, division: string, organisation8: string): string {
  const first17 = `${kind}${division}${organisation8}${organisationCheck(organisation8)}`
  const code = `${first17}${usccCheck(first17)}`
  if (!checkUscc(code).ok) throw new RangeError(`not the parts of a credit code: ${code}`)
  return code
}
