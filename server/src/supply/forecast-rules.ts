import { addDays, inSeason, type ServiceDay, weekdayOf } from '@huming/shared/days'

/** Monday of the day's week. */
export const weekOf = (day: ServiceDay): ServiceDay => addDays(day, 1 - weekdayOf(day))

/** The week before, the one asked for, and the next two. */
export const weeksShown = (week: ServiceDay): ServiceDay[] =>
  [-7, 0, 7, 14].map((days) => addDays(week, days))

export type Season = { readonly from: string; readonly to: string }

/** Without seasons a product is to be had all year. */
export const isInSeason = (seasons: readonly Season[], day: ServiceDay): boolean =>
  seasons.length === 0 || seasons.some((season) => inSeason(day, season))

/** Is any day of the week in season? */
export const weekInSeason = (seasons: readonly Season[], week: ServiceDay): boolean =>
  [0, 1, 2, 3, 4, 5, 6].some((ahead) => isInSeason(seasons, addDays(week, ahead)))

/** What is wrong with a cell, or null. A week may be forecast until it is over, up to eight weeks ahead. */
export function cellFlaw(
  cell: { readonly week: ServiceDay; readonly harvestDay: ServiceDay; readonly quantity: number },
  seasons: readonly Season[],
  today: ServiceDay,
): 'not_monday' | 'forecast_past' | 'too_far' | 'harvest_outside_week' | 'out_of_season' | null {
  const { week, harvestDay, quantity } = cell
  if (weekdayOf(week) !== 1) return 'not_monday'
  const last = addDays(week, 6)
  if (harvestDay < week || harvestDay > last) return 'harvest_outside_week'
  if (quantity === 0) return null
  if (harvestDay < today) return 'forecast_past'
  if (week > addDays(today, 56)) return 'too_far'
  return isInSeason(seasons, harvestDay) ? null : 'out_of_season'
}

/** Goods of a harvest day are made by six in the evening. */
export const harvestEndMinutes = 18 * 60
/** Where a hub's steps are not timed: harvested, a night and a day on the road, picked the night after. */
export const untimedLeadDays = 2

/**
 * What was said stands from the week's first day on; before, each change is what is said. What is first said within
 * the week is said then.
 */
export const saidNow = (
  week: ServiceDay,
  today: ServiceDay,
  before: number | null,
  quantity: number,
): number => (before !== null && today >= week ? before : quantity)
