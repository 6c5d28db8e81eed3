import { checkGtin } from '@huming/shared/identifiers/gs1'
import { checkStep } from '@huming/shared/quantity'
import { type BaseUnit, fixedSize, type UnitId } from '@huming/shared/units'

type Pack = {
  readonly baseUnit: BaseUnit
  readonly orderUnit: UnitId
  readonly basePerOrderUnit: number
  readonly priceUnit: UnitId
  readonly basePerPriceUnit: number
  readonly units: readonly { readonly unit: UnitId; readonly baseQuantity: number }[]
  readonly catchWeight: boolean
}
type Limits = {
  readonly minUnits: number
  readonly stepUnits: number
  readonly maxUnits: number
  readonly shelfLifeDays: number
  readonly minRemainingDays: number
  readonly gtin: string | null
  readonly grossGramsPerUnit: number
}

/** Where in the form, and why. */
export type Flaw = { readonly pointer: string; readonly reason: string }

/**
 * What is wrong with the units of a pack: a unit of fixed size must have this size (1 kg is 1000 g) and measure
 * what the pack is counted in, and no unit may have two sizes. Goods settled by weight are counted in g or ml.
 */
export function unitFlaws(pack: Pack): Flaw[] {
  const sizes = [
    { pointer: '/body/basePerOrderUnit', unit: pack.orderUnit, size: pack.basePerOrderUnit },
    { pointer: '/body/basePerPriceUnit', unit: pack.priceUnit, size: pack.basePerPriceUnit },
    ...pack.units.map(({ unit, baseQuantity }, i) => ({
      pointer: `/body/units/${i}`,
      unit,
      size: baseQuantity,
    })),
  ]
  const flaws: Flaw[] = []
  const known = new Map<UnitId, number>()
  for (const { pointer, unit, size } of sizes) {
    const fixed = fixedSize(unit)
    if (fixed && fixed.base !== pack.baseUnit) flaws.push({ pointer, reason: 'other_measure' })
    else if (fixed && fixed.factor !== size) flaws.push({ pointer, reason: 'fixed_size' })
    else if ((known.get(unit) ?? size) !== size) flaws.push({ pointer, reason: 'two_sizes' })
    known.set(unit, size)
  }
  if (new Set(pack.units.map((one) => one.unit)).size < pack.units.length)
    flaws.push({ pointer: '/body/units', reason: 'twice' })
  if (pack.catchWeight && pack.baseUnit === 'piece')
    flaws.push({ pointer: '/body/catchWeight', reason: 'not_weighed' })
  return flaws
}

/** What is wrong with the limits of a pack: no quantity could be ordered, life, GTIN or weight cannot be. */
export function limitFlaws(pack: Pack & Limits): Flaw[] {
  const flaws: Flaw[] = []
  const { minUnits, stepUnits, maxUnits } = pack
  const smallest = Math.ceil(minUnits / stepUnits) * stepUnits
  if (!checkStep({ units: smallest, min: minUnits, step: stepUnits, max: maxUnits }).ok)
    flaws.push({ pointer: '/body/maxUnits', reason: 'nothing_orderable' })
  if (pack.minRemainingDays >= pack.shelfLifeDays)
    flaws.push({ pointer: '/body/minRemainingDays', reason: 'beyond_shelf_life' })
  if (pack.gtin !== null && !checkGtin(pack.gtin).ok)
    flaws.push({ pointer: '/body/gtin', reason: 'check_digit' })
  if (pack.baseUnit === 'g' && pack.grossGramsPerUnit < pack.basePerOrderUnit)
    flaws.push({ pointer: '/body/grossGramsPerUnit', reason: 'below_net' })
  return flaws
}

/** The order must name each quantity once; what costs more from a larger quantity on is a typing error. */
export function tierFlaws(tiers: readonly { fromUnits: number; centifen: number }[]): Flaw[] {
  const sorted = [...tiers].sort((a, b) => a.fromUnits - b.fromUnits)
  return sorted.slice(1).flatMap((tier, i) => {
    const before = sorted[i] as typeof tier
    const pointer = `/body/tiers/${tiers.indexOf(tier)}`
    if (tier.fromUnits === before.fromUnits) return [{ pointer, reason: 'twice' }]
    return tier.centifen > before.centifen ? [{ pointer, reason: 'dearer' }] : []
  })
}
