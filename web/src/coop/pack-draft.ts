import { handlingOf } from '@huming/shared/reference/handling'
import { type BaseUnit, fixedSize, UNIT_IDS, type UnitId } from '@huming/shared/units'
import type { Input, Reply } from '../app/api.ts'
import { categoryOf } from './words.ts'

export type Sku = Reply<'catalogue.readManagedProduct'>['skus'][number]
type Body = Input<'catalogue.writeSku'>['body']

/** A pack as it is being typed: sizes may still be missing. */
export interface PackDraft {
  code: string
  spec: string
  gtin: string
  baseUnit: BaseUnit
  orderUnit: UnitId
  basePerOrderUnit: number | null
  priceUnit: UnitId
  minUnits: number | null
  stepUnits: number | null
  maxUnits: number | null
  catchWeight: boolean
  tolerancePercent: number | null
  zone: NonNullable<Body['zone']>
  shelfLifeDays: number | null
  minRemainingDays: number | null
  allergens: NonNullable<Body['allergens']>
  handling: NonNullable<Body['handling']>
  loose: boolean
  storage: string
  taxClass: NonNullable<Body['taxClass']>
  grossGrams: number | null
  millilitres: number | null
  units: { unit: UnitId; size: number | null }[]
  archived: boolean
}

/** A new pack starts from what its category says; an old one from what it is. */
export function draftOf(category: string, sku: Sku | undefined, code: string): PackDraft {
  const rules = categoryOf(category)
  return {
    code: sku?.code ?? code,
    spec: sku?.spec ?? '',
    gtin: sku?.gtin ?? '',
    baseUnit: sku?.baseUnit ?? 'g',
    orderUnit: sku?.orderUnit ?? 'carton',
    basePerOrderUnit: sku?.basePerOrderUnit ?? null,
    priceUnit: sku?.priceUnit ?? 'kg',
    minUnits: sku?.minUnits ?? 1,
    stepUnits: sku?.stepUnits ?? 1,
    maxUnits: sku?.maxUnits ?? 9999,
    catchWeight: sku?.catchWeight ?? false,
    tolerancePercent: (sku?.toleranceBp ?? 500) / 100,
    zone: sku?.zone ?? rules?.zone ?? 'ambient',
    shelfLifeDays: sku?.shelfLifeDays ?? null,
    minRemainingDays: sku?.minRemainingDays ?? 1,
    allergens: sku?.allergens ?? [],
    handling: sku?.handling ?? handlingOf(category),
    loose: sku?.loose ?? false,
    storage: sku?.storage ?? '',
    taxClass: sku?.taxClass ?? rules?.tax ?? 'agri',
    grossGrams: sku?.grossGramsPerUnit ?? null,
    millilitres: sku?.millilitresPerUnit ?? null,
    units: (sku?.units ?? []).map(({ unit, baseQuantity }) => ({ unit, size: baseQuantity })),
    archived: sku?.archived ?? false,
  }
}

/** Units in which goods so measured are weighed, poured or counted. */
export const measuresOf = (base: BaseUnit): UnitId[] =>
  base === 'g' ? ['kg', 'g', 'jin'] : base === 'ml' ? ['litre', 'ml'] : ['piece']

/** Units a pack may be ordered in: packages, and the measures of its goods. */
export const orderUnitsOf = (base: BaseUnit): UnitId[] =>
  UNIT_IDS.filter((unit) => {
    const fixed = fixedSize(unit)
    return fixed === null || fixed.base === base
  })

/** Units a price may be quoted in: measures, and every unit whose size the pack says. */
export const priceUnitsOf = (draft: PackDraft): UnitId[] => [
  ...new Set([...measuresOf(draft.baseUnit), draft.orderUnit, ...draft.units.map((one) => one.unit)]),
]

/** One unit in base units, or null while it is not said. */
export function sizeIn(draft: PackDraft, unit: UnitId): number | null {
  if (unit === draft.orderUnit) return draft.basePerOrderUnit
  const own = draft.units.find((one) => one.unit === unit)
  return own ? own.size : (fixedSize(unit)?.factor ?? null)
}

/** The body of the write, or null while something needed is missing. */
export function bodyOf(draft: PackDraft, productId: string, version: number): Body | null {
  const { basePerOrderUnit, shelfLifeDays, grossGrams, millilitres, minUnits, stepUnits, maxUnits } = draft
  const basePerPriceUnit = sizeIn(draft, draft.priceUnit)
  const numbers = [basePerOrderUnit, basePerPriceUnit, shelfLifeDays, grossGrams, millilitres]
  if ([...numbers, minUnits, stepUnits, maxUnits].some((one) => one === null)) return null
  if (draft.spec.trim() === '' || draft.units.some((one) => one.size === null)) return null
  return {
    productId,
    version,
    spec: draft.spec,
    gtin: draft.gtin.trim() || null,
    code: draft.code.trim().toUpperCase(),
    baseUnit: draft.baseUnit,
    orderUnit: draft.orderUnit,
    basePerOrderUnit: basePerOrderUnit as number,
    priceUnit: draft.priceUnit,
    basePerPriceUnit: basePerPriceUnit as number,
    minUnits: minUnits as number,
    stepUnits: stepUnits as number,
    maxUnits: maxUnits as number,
    catchWeight: draft.catchWeight,
    toleranceBp: Math.round((draft.tolerancePercent ?? 5) * 100),
    zone: draft.zone,
    shelfLifeDays: shelfLifeDays as number,
    minRemainingDays: draft.minRemainingDays ?? 0,
    allergens: draft.allergens,
    handling: draft.handling,
    loose: draft.loose,
    storage: draft.storage,
    taxClass: draft.taxClass,
    grossGramsPerUnit: grossGrams as number,
    millilitresPerUnit: millilitres as number,
    units: draft.units.map(({ unit, size }) => ({
      unit,
      baseQuantity: size as number,
    })),
    archived: draft.archived,
  }
}
