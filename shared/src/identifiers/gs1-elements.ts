import { isServiceDay, monthEnd, type ServiceDay } from '../days.ts'
import { hasGs1Check } from './gs1.ts'

/** One application identifier with its value, as scanned. */
export type Element = { readonly ai: string; readonly value: string }

type AiFacts = { readonly shape: RegExp; readonly fixed: number | null; readonly check?: 'digit' | 'date' }

const n = (length: number, check?: AiFacts['check']): AiFacts => ({
  shape: new RegExp(`^\\d{${length}}$`),
  fixed: length,
  ...(check ? { check } : {}),
})
/** Text of the GS1 invariant character set (82 characters). */
const text = (longest: number): AiFacts => ({
  shape: new RegExp(`^[!"%&'()*+,\\-./0-9:;<=>?A-Z_a-z]{1,${longest}}$`),
  fixed: null,
})
const open = (shape: RegExp): AiFacts => ({ shape, fixed: null })

const AIS: Readonly<Record<string, AiFacts>> = {
  '00': n(18, 'digit'), // SSCC
  '01': n(14, 'digit'), // GTIN
  '02': n(14, 'digit'), // GTIN of contents
  '10': text(20), // lot
  '11': n(6, 'date'), // produced
  '13': n(6, 'date'), // packed
  '15': n(6, 'date'), // best before
  '17': n(6, 'date'), // expiry
  '21': text(20), // serial
  '37': open(/^\d{1,8}$/), // count of contents
  '422': n(3), // country of origin
  '427': open(/^[A-Z0-9]{1,3}$/), // origin subdivision
  '4322': n(1), // authority to leave
  '4323': n(1), // signature required
  '4324': n(10), // not before
  '4325': n(10), // not after
  '4331': open(/^\d{6}-?$/), // highest temperature, 1/100 ℃
  '4333': open(/^\d{6}-?$/), // lowest temperature
  '7003': n(10), // expiry with time
  '7006': n(6, 'date'), // first frozen
  '7007': open(/^\d{6}(?:\d{6})?$/), // harvested, a day or a range
}
for (let i = 0; i < 6; i += 1) Object.assign(AIS, { [`310${i}`]: n(6), [`330${i}`]: n(6) }) // kg net, gross
for (let i = 410; i < 418; i += 1) Object.assign(AIS, { [String(i)]: n(13, 'digit') }) // GLN

/** True for an application identifier we read. */
export function isKnownAi(ai: string): boolean {
  return Object.hasOwn(AIS, ai)
}

/** The length of a fixed-length value, null for an open one. */
export function fixedLength(ai: string): number | null {
  return AIS[ai]?.fixed ?? null
}

/** Shape, check digit and date of one element. */
export function isValidElement({ ai, value }: Element): boolean {
  const facts = Object.hasOwn(AIS, ai) ? AIS[ai] : undefined
  if (!facts?.shape.test(value)) return false
  if (facts.check === 'digit') return hasGs1Check(value)
  if (facts.check === 'date') return gs1Day(value) !== null
  return true
}

/** YYMMDD of this century; day 00 means the end of the month. */
export function gs1Day(value: string): ServiceDay | null {
  if (!/^\d{6}$/.test(value)) return null
  const month = `20${value.slice(0, 2)}-${value.slice(2, 4)}`
  if (value.endsWith('00')) {
    const first = `${month}-01`
    return isServiceDay(first) ? monthEnd(first) : null
  }
  const day = `${month}-${value.slice(4)}`
  return isServiceDay(day) ? day : null
}

/** A day as YYMMDD. */
export function gs1Date(day: ServiceDay): string {
  return day.slice(2).replaceAll('-', '')
}

/** Grams of a 310n/330n weight (n decimals of a kilogram), or null when it is no whole gram. */
export function gs1Grams({ ai, value }: Element): number | null {
  const scaled = Number(value) * 1000
  const divisor = 10 ** Number(ai.at(-1))
  return scaled % divisor === 0 ? scaled / divisor : null
}
