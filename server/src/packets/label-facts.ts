import type { Locale } from '@huming/shared/locale'
import { ALLERGENS } from '@huming/shared/reference/allergens'
import { DISH_CLASS_NAMES } from '@huming/shared/reference/prepared-dish'
import { wordsIn } from '../documents/words.ts'
import type { LotLabel } from '../production/read-lot-label.ts'

/** What the label of a lot says, as rows of a document; what is not known is left out (食品安全法 Art. 67). */
export function labelFacts(label: LotLabel, locale: Locale): [string, string][] {
  const w = wordsIn(locale)
  const comma = locale === 'zh' ? '、' : ', '
  const dishClass = label.preparedDishClass
  const facts: [string, string | null][] = [
    [w('document.name'), `${label.name} ${label.spec}`],
    [w('document.ingredients'), label.ingredients.map((one) => one.name).join(comma)],
    [w('document.allergens'), label.allergens.map((one) => ALLERGENS[one][locale]).join(comma)],
    [w('document.storage'), label.storage],
    [w('document.madeOn'), label.madeOn],
    [w('document.shelfLife'), w('document.days', { days: label.shelfLifeDays })],
    [w('document.useBy'), label.useByDay],
    [w('document.producer'), label.producer],
    [w('document.producerAddress'), label.producerAddress],
    [w('document.scNumber'), label.scNumber],
    [w('document.standard'), label.productStandard],
    // What is no food or plain farm goods says nothing about dishes.
    [
      w('document.dishClass'),
      dishClass && dishClass !== 'agri' && dishClass !== 'not_food'
        ? DISH_CLASS_NAMES[dishClass][locale]
        : '',
    ],
  ]
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1]))
}
