import { dayText, instantText, isServiceDay } from '@huming/shared/days'
import { baseText, fromBase, type Packing, quantityText } from '@huming/shared/quantity'
import { CATEGORIES, type Category, isCategoryId } from '@huming/shared/reference/categories'
import { type BaseUnit, type UnitId, unitName } from '@huming/shared/units'
import { locale, named, t } from '../app/i18n.ts'

/** How a pack is counted and put together. */
export interface Pack {
  baseUnit: BaseUnit
  orderUnit: UnitId
  basePerOrderUnit: number
  catchWeight?: boolean
  units?: readonly { unit: UnitId; baseQuantity: number }[]
}

export const packingOf = (pack: Pack): Packing => ({
  baseUnit: pack.baseUnit,
  conversions: [
    { unit: pack.orderUnit, size: pack.basePerOrderUnit, variable: pack.catchWeight ?? false },
    ...(pack.units ?? []).map(({ unit, baseQuantity }) => ({ unit, size: baseQuantity })),
  ],
})

/** "50 箱 (500 kg)". */
export const quantityWords = (base: number, pack: Pack): string =>
  quantityText(base, pack.orderUnit, packingOf(pack), locale())

/** "42 箱", or in kg where it is no good number of packs: for narrow places. */
export function shortWords(base: number, pack: Pack): string {
  const units = fromBase(base, pack.orderUnit, packingOf(pack))
  if (units === null || units.length > 6) return baseText(base, pack.baseUnit, locale())
  return `${units} ${unitName(pack.orderUnit, locale(), Number(units))}`
}

/** What can be ordered of a quantity: whole packs with their content; weighed goods as they are. */
export function orderableWords(base: number, pack: Pack): string {
  const broken = pack.catchWeight ? 0 : base % pack.basePerOrderUnit
  return quantityWords(base - broken, pack)
}

/** The pack in plain words: "1 箱 = 10 袋 = 10 kg"; about, where goods are weighed. */
export function packWords(pack: Pack): string {
  const { orderUnit, basePerOrderUnit, baseUnit, catchWeight } = pack
  const whole = (pack.units ?? [])
    .filter(({ unit, baseQuantity }) => unit !== orderUnit && basePerOrderUnit % baseQuantity === 0)
    .filter(({ baseQuantity }) => baseQuantity < basePerOrderUnit)
    .sort((a, b) => b.baseQuantity - a.baseQuantity)
    .map(({ unit, baseQuantity }) => {
      const count = basePerOrderUnit / baseQuantity
      return `${count} ${unitName(unit, locale(), count)}`
    })
  const content = baseText(basePerOrderUnit, baseUnit, locale())
  const told = catchWeight ? t('kit.about', { content }) : content
  return [`1 ${unitName(orderUnit, locale())}`, ...whole, told].join(' = ')
}

export const dayWords = (day: string | null): string =>
  day === null ? '—' : isServiceDay(day) ? dayText(day, locale()) : day

export const momentWords = (at: string | null): string => (at ? instantText(new Date(at), locale()) : '—')

/** "蔬菜 › 叶菜". */
export function categoryWords(id: string): string {
  const category = isCategoryId(id) ? CATEGORIES.find((one) => one.id === id) : undefined
  if (!category) return id
  const parent = CATEGORIES.find((one) => one.id === category.parent)
  return parent ? `${named(parent)} › ${named(category)}` : named(category)
}

export const categoryOf = (id: string): Category | undefined => CATEGORIES.find((one) => one.id === id)
