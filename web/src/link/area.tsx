import { driverDoorMessages } from '@huming/shared/i18n/driver-door'
import type { Area } from '../app/area.ts'
import { OpenLink } from './open-link.tsx'

/** A driver's link: opened with a code, it leads into the run. */
export const area: Area = {
  title: 'driver.link.title',
  messages: driverDoorMessages,
  nav: [],
  screens: [{ path: '/', screen: OpenLink }],
}
