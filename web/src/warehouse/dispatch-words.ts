import { dayText, minutesOf, minutesText, serviceDay } from '@huming/shared/days'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import type { Reply } from '../app/api.ts'
import { locale, named, t } from '../app/i18n.ts'

export type Plan = Reply<'routes.readPlan'>
export type PlanRun = Plan['runs'][number]
export type PlanStop = PlanRun['stops'][number]
export type Unassigned = Plan['unassigned'][number]

export const timeText = (at: string): string => minutesText(minutesOf(new Date(at)))
export const kmText = (metres: number): string => t('dispatch.km', { km: (metres / 1000).toFixed(1) })
export const waveText = (day: string, seq: number): string =>
  t('dispatch.wave', { day: dayText(serviceDay(day), locale()), seq })
export const zonesText = (zones: readonly string[]): string =>
  zones.map((zone) => named(ZONES[zone as Zone])).join(locale() === 'zh' ? '、' : ', ')
export const windowText = (stop: { windowFromAt: string; windowToAt: string }): string =>
  t('dispatch.stop.window', { from: timeText(stop.windowFromAt), to: timeText(stop.windowToAt) })
