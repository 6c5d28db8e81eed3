import { addDays, type ServiceDay, weekdayOf } from './days.ts'

/** Days that are not what their weekday says (国务院办公厅节假日安排): off, or worked on a weekend. */
export type Holidays = ReadonlyMap<string, string>

/** Monday to Friday, but for holidays and the weekends that are worked instead (调休). */
export const isWorkingDay = (day: ServiceDay, holidays: Holidays): boolean => {
  const kind = holidays.get(day)
  return kind === undefined ? weekdayOf(day) <= 5 : kind === 'work'
}

/**
 * The day `count` working days later. Of a year whose arrangement is not published the days known to be off count;
 * more of them would only make it later, so the day told errs on the safe side.
 */
export function addWorkingDays(day: ServiceDay, count: number, holidays: Holidays): ServiceDay {
  let at = day
  for (let left = count; left > 0; ) {
    at = addDays(at, 1)
    if (isWorkingDay(at, holidays)) left -= 1
  }
  return at
}
