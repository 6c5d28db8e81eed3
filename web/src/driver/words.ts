import { instantText, minutesOf, minutesText } from '@huming/shared/days'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import { sentenceOf } from '../app/api.ts'
import { locale, named, t, textOf } from '../app/i18n.ts'

/** "05:30", Shanghai time. */
export const timeText = (at: string): string => minutesText(minutesOf(new Date(at)))
export const whenText = (at: string | number): string => instantText(new Date(at), locale())
export const kmText = (metres: number): string => t('driver.km', { km: (metres / 1000).toFixed(1) })
export const zoneText = (zone: string): string => named(ZONES[zone as Zone])
export const reasonText = (reason: string): string => textOf(`driver.reason.${reason}`, reason)
/** A run as drivers call it. */
export const runText = ({ seq, plate }: { seq: number; plate: string }): string =>
  t('driver.run.title', { seq, plate })
/** Why the server sent something back. */
export const problemText = (problem: { code: string; detail: string } | null): string =>
  problem ? textOf(`problem.${problem.code}`, problem.detail || sentenceOf(null)) : ''
