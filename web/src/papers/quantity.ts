import { baseText } from '@huming/shared/quantity'
import { type BaseUnit, unitName } from '@huming/shared/units'
import { locale } from '../app/i18n.ts'

/** Base units as people say them: "12.5 kg". */
export const baseQuantityText = (quantity: number, unit: BaseUnit): string =>
  baseText(quantity, unit, locale())

/** The unit papers are written in: kilograms, litres or pieces. */
export function largeUnit(unit: BaseUnit): { name: string; size: number; decimals: number } {
  if (unit === 'piece') return { name: unitName('piece', locale()), size: 1, decimals: 0 }
  return { name: unitName(unit === 'g' ? 'kg' : 'litre', locale()), size: 1000, decimals: 3 }
}
