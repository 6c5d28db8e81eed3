import { dayText, minutesOf, minutesText, serviceDay } from '@huming/shared/days'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import type { Reply } from '../app/api.ts'
import { locale, named, t } from '../app/i18n.ts'

export type Plan = Reply<'routes.readPlan'>
export type PlanRun = Plan['runs'][number]
export type PlanStop = PlanRun['stops'][number]
export type Unassigned = Plan['unassigned'][number]
/** A stop of a run, or an order that has no vehicle. */
export type Moving = { stop: PlanStop; run: PlanRun } | { order: Unassigned }

/** Routes to read again after the plan changed. */
export const planReads = [
  'routes.readPlan',
  'routes.listPlans',
  'routes.readBoard',
  'routes.tryMove',
  'routes.listProposals',
] as const

export const siteOf = (moving: Moving): string => ('stop' in moving ? moving.stop.site : moving.order.site)
export const idOf = (moving: Moving): string => ('stop' in moving ? moving.stop.id : moving.order.orderId)

export const timeText = (at: string): string => minutesText(minutesOf(new Date(at)))
export const kmText = (metres: number): string => t('dispatch.km', { km: (metres / 1000).toFixed(1) })
export const waveText = (day: string, seq: number): string =>
  t('dispatch.wave', { day: dayText(serviceDay(day), locale()), seq })
export const zonesText = (zones: readonly string[]): string =>
  zones.map((zone) => named(ZONES[zone as Zone])).join(locale() === 'zh' ? '、' : ', ')
export const windowText = (stop: { windowFromAt: string; windowToAt: string }): string =>
  t('dispatch.stop.window', { from: timeText(stop.windowFromAt), to: timeText(stop.windowToAt) })
