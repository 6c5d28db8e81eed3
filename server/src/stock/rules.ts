import { addDays, type ServiceDay } from '@huming/shared/days'
import { sayableBase32 } from '@huming/shared/ids'
import { isCategoryId, statutoryPaper } from '@huming/shared/reference/categories'

/** What a wrong day is, for the field to show. */
export type DayFlaw = { readonly pointer: string; readonly reason: string }

/**
 * What is wrong with the days of a lot. What is made was made by today and can be used today; it is ready no
 * earlier than it was made; its use-by day lies from the ready day to the end of the shelf life, reckoned from
 * the day it was made, or will be.
 */
export function dayFlaws(lot: {
  readonly made: boolean
  readonly madeOn: string | null
  readonly readyDay: string
  readonly useByDay: string
  readonly shelfLifeDays: number
  readonly today: ServiceDay
}): DayFlaw[] {
  const { madeOn, readyDay, useByDay, today } = lot
  const flaws: DayFlaw[] = []
  if (lot.made && madeOn === null) flaws.push({ pointer: '/body/madeOn', reason: 'missing' })
  if (lot.made && madeOn !== null && madeOn > today) flaws.push({ pointer: '/body/madeOn', reason: 'future' })
  if (madeOn !== null && madeOn > readyDay) flaws.push({ pointer: '/body/readyDay', reason: 'before_made' })
  if (!lot.made && readyDay < today) flaws.push({ pointer: '/body/readyDay', reason: 'past' })
  if (useByDay < readyDay) flaws.push({ pointer: '/body/useByDay', reason: 'before_ready' })
  else if (useByDay < today) flaws.push({ pointer: '/body/useByDay', reason: 'past' })
  else if (useByDay > lastDayOf(madeOn ?? readyDay, lot.shelfLifeDays))
    flaws.push({ pointer: '/body/useByDay', reason: 'beyond_shelf_life' })
  return flaws
}

function lastDayOf(from: string, shelfLifeDays: number): string {
  const last = '2099-12-31'
  return from > '2085-01-01' ? last : addDays(from as ServiceDay, shelfLifeDays)
}

/** The paper the maker owes with each lot of this category; meat comes with quarantine, packaging with none. */
export const makersPaperOf = (category: string) => (isCategoryId(category) ? statutoryPaper(category) : null)

/** A lot code when the supplier gives none: pack, day, and six characters (30 bits) of the lot's id. */
export const lotCodeOf = (skuCode: string, day: string, id: string): string => {
  const drawn = Number.parseInt(id.slice(-8), 16) % 32 ** 6
  return `${skuCode}-${day.slice(2).replaceAll('-', '')}-${sayableBase32(drawn).padStart(6, '0')}`
}
