import type { Locale } from './locale.ts'
import { type BaseUnit, fixedSize, type UnitId, unitName } from './units.ts'

/** How many base units one of `unit` is for one SKU; `variable` when goods are weighed (a duck is about 1.1 kg). */
export type UnitConversion = { readonly unit: UnitId; readonly size: number; readonly variable?: boolean }

/** The unit a SKU is counted in and how it is packed. */
export type Packing = { readonly baseUnit: BaseUnit; readonly conversions: readonly UnitConversion[] }

export type QuantityRefusal = 'not_a_number' | 'unit_unknown' | 'not_whole' | 'too_large'
export type QuantityResult =
  | { readonly ok: true; readonly quantity: number; readonly variable: boolean }
  | { readonly ok: false; readonly reason: QuantityRefusal }

/** More than this is a typing error: 10 000 tonnes in grams still fits twice over. */
const LARGEST = 10_000_000_000

/** One `unit` in base units of the SKU, or null when it cannot be told. The SKU's own size goes first. */
export function sizeOf(unit: UnitId, packing: Packing): { size: number; variable: boolean } | null {
  const own = packing.conversions.find((conversion) => conversion.unit === unit)
  if (own) return { size: own.size, variable: own.variable ?? false }
  const fixed = fixedSize(unit)
  return fixed && fixed.base === packing.baseUnit ? { size: fixed.factor, variable: false } : null
}

const DECIMAL = /^(?:(\d{1,14})(?:\.(\d{1,9}))?|\.(\d{1,9}))$/

/** What a person typed, in base units: exact decimal arithmetic, never a float, never silently rounded. */
export function toBase(amountText: string, unit: UnitId, packing: Packing): QuantityResult {
  const match = amountText.length > 40 ? null : DECIMAL.exec(amountText.normalize('NFKC').trim())
  if (!match) return { ok: false, reason: 'not_a_number' }
  const known = sizeOf(unit, packing)
  if (!known) return { ok: false, reason: 'unit_unknown' }
  const fraction = match[2] ?? match[3] ?? ''
  const scaled = BigInt((match[1] ?? '0') + fraction) * BigInt(known.size)
  const scale = 10n ** BigInt(fraction.length)
  if (scaled % scale !== 0n) return { ok: false, reason: 'not_whole' }
  const quantity = scaled / scale
  if (quantity > BigInt(LARGEST)) return { ok: false, reason: 'too_large' }
  return { ok: true, quantity: Number(quantity), variable: known.variable }
}

/** The quantity told in `unit` as exact decimal text ("2.5"), or null when three decimals cannot tell it. */
export function fromBase(quantity: number, unit: UnitId, packing: Packing): string | null {
  const known = sizeOf(unit, packing)
  if (!known || !Number.isSafeInteger(quantity)) return null
  const thousandths = BigInt(quantity) * 1000n
  if (thousandths % BigInt(known.size) !== 0n) return null
  return decimalText(Number(thousandths / BigInt(known.size)))
}

function decimalText(thousandths: number): string {
  const digits = String(Math.abs(thousandths)).padStart(4, '0')
  const fraction = digits.slice(-3).replace(/0+$/, '')
  return `${thousandths < 0 ? '−' : ''}${digits.slice(0, -3)}${fraction ? `.${fraction}` : ''}`
}

/** Base units for the eye: "500 g", "10 kg", "1.9 L", "3 个" / "3 pcs". */
export function baseText(quantity: number, baseUnit: BaseUnit, locale: Locale): string {
  if (baseUnit === 'piece') return `${decimalText(quantity * 1000)} ${unitName('piece', locale, quantity)}`
  const large = Math.abs(quantity) >= 1000
  const name = baseUnit === 'g' ? (large ? 'kg' : 'g') : large ? 'L' : 'mL'
  return `${decimalText(large ? quantity : quantity * 1000)} ${name}`
}

/** In the unit it was ordered in, with its content: "3 箱 (30 kg)", "2 只 (约 2.2 kg)", "10 kg". */
export function quantityText(quantity: number, unit: UnitId, packing: Packing, locale: Locale): string {
  const content = baseText(quantity, packing.baseUnit, locale)
  const amount = fromBase(quantity, unit, packing)
  if (amount === null) return content
  const own = packing.conversions.find((conversion) => conversion.unit === unit)
  if (!own && fixedSize(unit)?.base === packing.baseUnit && (unit === 'kg' || unit === packing.baseUnit)) {
    return content
  }
  const told = `${amount} ${unitName(unit, locale, amount)}`
  if (sizeOf(unit, packing)?.size === 1) return told
  const about = own?.variable ? (locale === 'zh' ? '约 ' : 'about ') : ''
  return `${told} (${about}${content})`
}

export type StepRefusal = 'not_whole' | 'below_minimum' | 'off_step' | 'above_maximum'
export type StepResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: StepRefusal; readonly nearest: number }

/**
 * Order minimum and multiple (起订量/倍数): a whole number of steps, from `min` to `max` (null: no limit).
 * A refusal names the nearest amount that would pass.
 */
export function checkStep(rule: {
  units: number
  min: number
  step: number
  max?: number | null
}): StepResult {
  const step = Math.max(1, rule.step)
  const lowest = Math.max(step, Math.ceil(rule.min / step) * step)
  const highest = rule.max == null ? Number.MAX_SAFE_INTEGER : Math.floor(rule.max / step) * step
  const clamp = (value: number) => Math.max(Math.min(value, highest), Math.min(lowest, highest))
  const { units } = rule
  if (!Number.isSafeInteger(units)) return { ok: false, reason: 'not_whole', nearest: clamp(lowest) }
  if (units < lowest) return { ok: false, reason: 'below_minimum', nearest: clamp(lowest) }
  if (units > highest) return { ok: false, reason: 'above_maximum', nearest: clamp(highest) }
  if (units % step !== 0)
    return { ok: false, reason: 'off_step', nearest: clamp(Math.ceil(units / step) * step) }
  return { ok: true }
}

/** Weights taken without asking for goods of a nominal weight; never below one gram. */
export function toleranceOf(nominal: number, toleranceBp: number): { least: number; most: number } {
  const off = Number((BigInt(nominal) * BigInt(toleranceBp)) / 10_000n)
  return { least: Math.max(1, nominal - off), most: nominal + off }
}
