import { dayText, instantText, isServiceDay } from '@huming/shared/days'
import { baseText, fromBase, type Packing, quantityText } from '@huming/shared/quantity'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import { type BaseUnit, type UnitId, unitName } from '@huming/shared/units'
import { locale, named } from '../app/i18n.ts'

/** A pack as warehouse and supply answers carry it. */
export type Pack = {
  name: string
  nameEn: string
  baseUnit: BaseUnit
  orderUnit: UnitId
  basePerOrderUnit: number
  catchWeight: boolean
}

export const packingOf = (pack: Pack): Packing => ({
  baseUnit: pack.baseUnit,
  conversions: [{ unit: pack.orderUnit, size: pack.basePerOrderUnit, variable: pack.catchWeight }],
})

/** A weighed quantity is told in pieces only while it is still the nominal one. */
const byWeight = (pack: Pack, base: number): boolean => pack.catchWeight && base % pack.basePerOrderUnit !== 0

/** "3 箱 (30 kg)"; "2 只 (约 2.2 kg)" to be weighed, "2.13 kg" once it was. */
export const quantityOf = (pack: Pack, base: number): string =>
  byWeight(pack, base)
    ? baseText(base, pack.baseUnit, locale())
    : quantityText(base, pack.orderUnit, packingOf(pack), locale())

/** "3 箱" alone, for buttons and large figures. */
export function shortQuantityOf(pack: Pack, base: number): string {
  const units = byWeight(pack, base) ? null : fromBase(base, pack.orderUnit, packingOf(pack))
  if (units === null) return baseText(base, pack.baseUnit, locale())
  return `${units} ${unitName(pack.orderUnit, locale(), units)}`
}

export const nameOf = (pack: Pack): string => named({ zh: pack.name, en: pack.nameEn })
export const zoneName = (zone: Zone): string => named(ZONES[zone])
export const dayWords = (day: string): string => (isServiceDay(day) ? dayText(day, locale()) : day)
export const momentWords = (at: string | null): string => (at ? instantText(new Date(at), locale()) : '')

/** The unit in which people enter a quantity: whole order units where it divides, else kg, L or pieces. */
export type Entry = { per: number; unit: string; decimals: number }

export function entryOf(pack: Pack, quantity: number): Entry {
  if (!pack.catchWeight && quantity % pack.basePerOrderUnit === 0)
    return { per: pack.basePerOrderUnit, unit: unitName(pack.orderUnit, locale(), 2), decimals: 0 }
  return weightEntry(pack)
}

/** kg, L or pieces: for scales and broken units. */
export function weightEntry(pack: Pick<Pack, 'baseUnit'>): Entry {
  if (pack.baseUnit === 'piece') return { per: 1, unit: unitName('piece', locale(), 2), decimals: 0 }
  return { per: 1000, unit: pack.baseUnit === 'g' ? 'kg' : 'L', decimals: 3 }
}

export const entered = (value: number, entry: Entry): number => Math.round(value * entry.per)
export const toEnter = (base: number, entry: Entry): string => String(base / entry.per)
