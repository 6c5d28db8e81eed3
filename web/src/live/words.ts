import { minutesOf, minutesText } from '@huming/shared/days'
import type { Reply } from '../app/api.ts'

export type Live = Reply<'live.board'>
export type LiveRun = Live['runs'][number]
export type FailedStop = Live['failed'][number]
export type LiveStop = LiveRun['stops'][number]

export const timeText = (at: string): string => minutesText(minutesOf(new Date(at)))
export const isOpen = (stop: LiveStop): boolean => stop.status === 'waiting' || stop.status === 'arrived'
export const riskTone = { low: 'good', medium: 'warn', high: 'bad' } as const

/** What a mark on the timeline says by its colour: trouble that happened, danger ahead, or all well. */
export function markOf(stop: LiveStop): 'bad' | 'warn' | 'good' | 'open' {
  if (stop.status === 'failed' || stop.status === 'refused' || (stop.late && stop.arrivedAt !== null))
    return 'bad'
  if (stop.status === 'delivered' || stop.status === 'partial') return 'good'
  return stop.risk === 'high' ? 'bad' : stop.risk === 'medium' ? 'warn' : 'open'
}
/** The instant of a stop that counts now: when it was reached, else when it is expected. */
export const actualAt = (stop: LiveStop): string => stop.arrivedAt ?? stop.finishedAt ?? stop.expectedAt
