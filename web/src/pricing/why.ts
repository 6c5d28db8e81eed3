import { dayText, serviceDay } from '@huming/shared/days'
import { formatUnitPrice } from '@huming/shared/money'
import type { PriceBasis } from '@huming/shared/pricing'
import { isUnitId, unitName } from '@huming/shared/units'
import { locale, t } from '../app/i18n.ts'

/** 850 → "8.5 %". */
export const percentText = (bp: number): string => `${bp / 100} %`

/** "¥3.00/kg" for a price in 1/100 fen per pricing unit. */
export const unitPriceText = (centifen: number, unit: string): string =>
  formatUnitPrice(centifen, isUnitId(unit) ? unitName(unit, locale()) : unit)

/** Whose price it is and what it was reckoned from, in a few words. */
export function priceWhy(reason: string, basis: PriceBasis | null | undefined, priceUnit: string): string {
  const { reference, contract } = basis ?? {}
  if (reference)
    return t('price.why.discount', {
      market: reference.market,
      product: reference.product,
      day: dayText(serviceDay(reference.day), locale()),
      price: unitPriceText(reference.centifen, priceUnit),
      percent: percentText(reference.discountBp),
    })
  if (contract) return t('price.why.contractNo', { number: contract })
  if (basis?.kind === 'daily') return t('price.why.daily')
  if (basis?.kind === 'season') return t('price.why.season')
  if (reason === 'contract') return t('price.why.contract')
  return reason === 'class' ? t('price.why.class') : t('price.why.list')
}

/** "2026年1月1日 – 2026年3月31日"; without an end where it is open. */
export function spanText(from: string, to: string): string {
  const text = (day: string) => dayText(serviceDay(day), locale(), { year: true })
  return to >= '2099' ? `${text(from)} –` : `${text(from)} – ${text(to)}`
}
