import { baseText } from '@huming/shared/quantity'
import { ALLERGENS, type Allergen } from '@huming/shared/reference/allergens'
import { temperatureText } from '@huming/shared/reference/zones'
import type { BaseUnit, UnitId } from '@huming/shared/units'
import { locale, named, t } from '../app/i18n.ts'

/** "12.5 kg": what goods of the works are told in. */
export const amount = (base: number, of: { baseUnit: BaseUnit }): string =>
  baseText(base, of.baseUnit, locale())

/** Goods by their name in the language of the screen. */
export const nameOf = (goods: { name: string; nameEn: string }): string =>
  named({ zh: goods.name, en: goods.nameEn })

/** Units a quantity of goods in the works is entered in. */
export const worksUnits = (baseUnit: BaseUnit): UnitId[] =>
  baseUnit === 'g' ? ['kg', 'g', 'jin'] : baseUnit === 'ml' ? ['litre', 'ml'] : ['piece']

/** A pack as the works count it: in its base unit alone. */
export const worksPacking = (baseUnit: BaseUnit) => ({ baseUnit, conversions: [] })

/** "含麸质谷物、大豆", or that there are none. */
export const allergenWords = (allergens: readonly Allergen[]): string =>
  allergens.length === 0
    ? t('making.recipe.noAllergens')
    : allergens.map((one) => named(ALLERGENS[one])).join(locale() === 'zh' ? '、' : ', ')

/** "≤ −18.0 ℃", or nothing for a step without limit. */
export function limitWords(step: { minDeciC: number | null; maxDeciC: number | null }): string {
  const { minDeciC, maxDeciC } = step
  return [
    minDeciC === null ? '' : t('making.run.atLeast', { limit: temperatureText(minDeciC) }),
    maxDeciC === null ? '' : t('making.run.atMost', { limit: temperatureText(maxDeciC) }),
  ]
    .filter(Boolean)
    .join(' ')
}

/** 3 % from 300. */
export const percentOf = (bp: number): string => `${bp / 100} %`
