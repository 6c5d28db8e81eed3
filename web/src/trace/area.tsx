import { traceMessages } from '@huming/shared/i18n/trace'
import type { Area } from '../app/area.ts'
import { later } from '../app/later.tsx'
import { LookUpPage } from './look-up.tsx'
import { LotPage } from './lot.tsx'

/** The pages behind the QR codes of lots: for anybody, without signing in. */
export const area: Area = {
  title: 'trace.title',
  messages: traceMessages,
  nav: [],
  screens: [
    { path: '/trace', screen: LookUpPage },
    { path: '/b/:code', screen: LotPage },
    { path: '/01/:gtin/10/:code', screen: LotPage },
    { path: '/trace/:code', screen: LotPage },
    // A delivery by its link.
    { path: '/t/:token', screen: later(async () => (await import('../live/track.tsx')).TrackPage) },
  ],
}
