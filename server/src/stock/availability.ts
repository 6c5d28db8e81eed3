import { addDays, dayDiff, type ServiceDay, weekdayOf } from '@huming/shared/days'
import { servesDay } from './allocation.ts'

/** How far ahead goods are looked for, days. */
export const horizonDays = 14

/** What of a lot may still be promised, and when it can serve. */
export type FreeLot = { readonly free: number; readonly readyDay: string; readonly useByDay: string }

export type UnavailableReason = 'sold_out' | 'out_of_season' | 'no_price' | 'not_yet_ready' | 'short_life'

/** What is asked about one pack. */
export type Ask = {
  readonly day: ServiceDay
  /** Later days on which the site can be served, in order: candidates for the next day. */
  readonly laterDays: readonly ServiceDay[]
  readonly minRemainingDays: number
  readonly basePerOrderUnit: number
  /** Fewest order units one may order. */
  readonly minUnits: number
  readonly inSeason: boolean
  readonly priced: boolean
}

export type Availability = {
  readonly availableUnits: number
  readonly unavailableReason: UnavailableReason | null
  readonly nextDay: ServiceDay | null
  readonly lifeLeftDays: number | null
}

/**
 * What can be delivered of a pack on a day, and if the smallest order cannot, why not and on which later day it
 * can. Of several reasons the one with the best news is told: too little left, then a lot that is ready later,
 * then one whose life is too short, then the season.
 */
export function availabilityOf(lots: readonly FreeLot[], ask: Ask): Availability {
  const serving = lots.filter((lot) => lot.free > 0 && servesDay(lot, ask.day, ask.minRemainingDays))
  const availableUnits = unitsOf(serving, ask)
  const firstUseBy = serving.reduce<string | null>(
    (first, lot) => (first === null || lot.useByDay < first ? lot.useByDay : first),
    null,
  )
  const lifeLeftDays = firstUseBy === null ? null : dayDiff(ask.day, firstUseBy as ServiceDay)
  if (availableUnits >= ask.minUnits)
    return {
      availableUnits,
      unavailableReason: ask.priced ? null : 'no_price',
      nextDay: null,
      lifeLeftDays,
    }
  const nextDay = ask.laterDays.find((day) => unitsOn(lots, day, ask) >= ask.minUnits) ?? null
  return {
    availableUnits,
    unavailableReason: ask.priced ? reasonOf(lots, serving.length > 0, nextDay, ask) : 'no_price',
    nextDay,
    lifeLeftDays,
  }
}

/** The smallest order a pack allows, in order units: its minimum, raised to a whole number of steps. */
export const smallestOrder = (sku: { minUnits: number; stepUnits: number }): number =>
  Math.max(1, Math.ceil(sku.minUnits / sku.stepUnits)) * sku.stepUnits

/** Days after `day`, within the horizon, on which a site is served. */
export function laterServedDays(
  day: ServiceDay,
  site: { deliveryWeekdays: readonly number[]; closedDays: readonly string[] },
): ServiceDay[] {
  const closed = new Set(site.closedDays)
  return Array.from({ length: horizonDays }, (_, i) => addDays(day, i + 1)).filter(
    (later) => site.deliveryWeekdays.includes(weekdayOf(later)) && !closed.has(later),
  )
}

function reasonOf(
  lots: readonly FreeLot[],
  someLeft: boolean,
  nextDay: ServiceDay | null,
  ask: Ask,
): UnavailableReason {
  if (someLeft) return 'sold_out'
  if (nextDay !== null) return 'not_yet_ready'
  if (lots.some((lot) => lot.free > 0 && lot.readyDay <= ask.day && lot.useByDay >= ask.day))
    return 'short_life'
  return ask.inSeason ? 'sold_out' : 'out_of_season'
}

const unitsOn = (lots: readonly FreeLot[], day: ServiceDay, ask: Ask): number =>
  unitsOf(
    lots.filter((lot) => servesDay(lot, day, ask.minRemainingDays)),
    ask,
  )

const unitsOf = (lots: readonly FreeLot[], ask: Ask): number =>
  Math.floor(lots.reduce((sum, lot) => sum + Math.max(0, lot.free), 0) / ask.basePerOrderUnit)
