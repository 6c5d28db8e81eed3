import { dayText, serviceDay } from '@huming/shared/days'
import { formatYuan } from '@huming/shared/money'
import { locale, t } from '../app/i18n.ts'
import { unitPriceText } from '../pricing/why.ts'
import './texts.ts'

/** 250 → "2.5 %". */
export const percentOf = (bp: number): string => `${bp / 100} %`

/** A day of another year, too: "2027年12月31日". */
export const fullDay = (day: string): string => dayText(serviceDay(day), locale(), { year: true })

/** How a commission is reckoned, in a few words. */
export function commissionWords(basis: 'kg' | 'bp' | 'lump', rate: number): string {
  if (basis === 'kg') return t('money.basis.kg', { rate: unitPriceText(rate, 'kg').replace('/kg', '') })
  if (basis === 'bp') return t('money.basis.bp', { rate: percentOf(rate) })
  return t('money.basis.lump', { rate: formatYuan(rate) })
}

/** A rate as typed for a basis, as the door takes it; null when it is none. */
export function rateOf(basis: 'kg' | 'bp' | 'lump', typed: number | null): number | null {
  if (typed === null || typed < 0) return null
  // Yuan per kg in 1/100 fen, per cent in basis points, yuan in fen.
  const scale = basis === 'kg' ? 10_000 : 100
  return Math.trunc(typed * scale + 0.5)
}
