import { dayText, isServiceDay } from '@huming/shared/days'
import { formatUnitPrice } from '@huming/shared/money'
import { baseText } from '@huming/shared/quantity'
import { type BaseUnit, isUnitId, unitName } from '@huming/shared/units'
import type { Reply } from '../app/api.ts'
import { locale } from '../app/i18n.ts'

export type Offer = Reply<'catalogue.browse'>['items'][number]

/** "3 箱", "3 cartons". */
export function unitsText(units: number, unit: string): string {
  return `${units} ${isUnitId(unit) ? unitName(unit, locale(), units) : unit}`
}

/** "11月25日 周三". */
export const dayWords = (day: string, options: { year?: boolean } = {}): string =>
  isServiceDay(day) ? dayText(day, locale(), options) : day

/** "¥14.80/斤". */
export function priceText(centifen: number, unit: string): string {
  return formatUnitPrice(centifen, isUnitId(unit) ? unitName(unit, locale()) : unit)
}

type Packed = { orderUnit: string; basePerOrderUnit: number; baseUnit: BaseUnit }

/** What one order unit holds: "10 kg"; null where the unit says it itself (kg, 个). */
export function contentText({ orderUnit, basePerOrderUnit, baseUnit }: Packed): string | null {
  if (basePerOrderUnit === 1 || orderUnit === 'kg' || orderUnit === 'litre') return null
  return baseText(basePerOrderUnit, baseUnit, locale())
}
