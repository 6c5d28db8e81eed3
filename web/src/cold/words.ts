import { instantText } from '@huming/shared/days'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import { locale } from '../app/i18n.ts'
import type { Tone } from '../kit/badge.tsx'

export const zoneText = (zone: Zone): string => ZONES[zone][locale()]
export const momentText = (at: string | number): string => instantText(new Date(at), locale())
/** The hour and minute in Shanghai. */
export const timeText = (at: string | number): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' }).format(
    new Date(at),
  )

export const stateTones = {
  fine: 'good',
  warm: 'bad',
  cold: 'bad',
  silent: 'warn',
  none: 'plain',
  off: 'plain',
} as const satisfies Record<string, Tone>
