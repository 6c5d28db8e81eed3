import type { Locale } from './locale.ts'
import { quantityText } from './quantity.ts'
import type { BaseUnit, UnitId } from './units.ts'

/** A quantity in base units as people say it of one pack: "3 箱 (30 kg)". */
export const packedText = (
  quantity: number,
  pack: { readonly baseUnit: BaseUnit; readonly orderUnit: UnitId; readonly basePerOrderUnit: number },
  locale: Locale,
): string =>
  quantityText(
    quantity,
    pack.orderUnit,
    { baseUnit: pack.baseUnit, conversions: [{ unit: pack.orderUnit, size: pack.basePerOrderUnit }] },
    locale,
  )
