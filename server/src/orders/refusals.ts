import { dayText, instantText } from '@huming/shared/days'
import type { Locale } from '@huming/shared/locale'
import { formatYuan } from '@huming/shared/money'
import { Fault } from '../kernel/fault.ts'
import type { DayAnswer } from './calendar.ts'
import type { OrderedSku } from './rules.ts'

/** Refusals of an order with what the sentence, the form and programs need. Amounts come as text and in fen. */

export const cutOffPassed = (at: Date, locale: Locale): Fault =>
  new Fault('cut_off_passed', '', { params: { time: instantText(at, locale) }, cutOffAt: at.toISOString() })

export function dayRefused(answer: DayAnswer, locale: Locale): Fault {
  if (answer.reason === 'cut_off_passed') return cutOffPassed(answer.cutOffAt, locale)
  const day = dayText(answer.day, locale)
  return answer.reason === 'day_closed'
    ? new Fault('day_closed', '', { params: { day, reason: answer.closedReason ?? '' } })
    : new Fault('day_not_served', '', { params: { day } })
}

export const badLines = (lines: readonly number[], part: 'skuId' | 'units', reason: string): Fault =>
  new Fault('bad_input', '', { pointers: pointersTo(lines, part, reason) })

export function offStep(lines: readonly { i: number; sku: OrderedSku }[]): Fault {
  const { minUnits, stepUnits, maxUnits } = (lines[0] as { sku: OrderedSku }).sku
  return new Fault('off_step', '', {
    pointers: lines.map(({ i, sku }) => ({
      pointer: pointerTo(i, 'units'),
      reason: `${sku.minUnits}–${sku.maxUnits} / ${sku.stepUnits}`,
    })),
    params: { min: minUnits, step: stepUnits, max: maxUnits },
  })
}

export const priceMissing = (lines: readonly number[]): Fault =>
  new Fault('price_missing', '', { pointers: pointersTo(lines, 'skuId', 'price_missing') })

export const totalChanged = (totalFen: number): Fault =>
  new Fault('total_changed', '', { params: { total: formatYuan(totalFen) }, totalFen })

export function belowMinimum(totalFen: number, minimumFen: number): Fault {
  const missingFen = minimumFen - totalFen
  const params = { minimum: formatYuan(minimumFen), missing: formatYuan(missingFen) }
  return new Fault('below_minimum', '', { params, minimumFen, missingFen })
}

/** Names each short line and how many order units it could still have. */
export function notAvailable(lines: readonly { i: number; skuId: string; availableUnits: number }[]): Fault {
  return new Fault('not_available', '', {
    pointers: lines.map(({ i, availableUnits }) => ({
      pointer: pointerTo(i, 'units'),
      reason: `available:${availableUnits}`,
    })),
    lines: lines.map(({ skuId, availableUnits }) => ({ skuId, availableUnits })),
  })
}

export const creditExceeded = (availableFen: number): Fault =>
  new Fault('credit_exceeded', '', { params: { available: formatYuan(availableFen) }, availableFen })

const pointerTo = (line: number, part: string): string => `/body/lines/${line}/${part}`
const pointersTo = (lines: readonly number[], part: string, reason: string) =>
  lines.map((i) => ({ pointer: pointerTo(i, part), reason }))
