import { driverMessages } from '@huming/shared/i18n/driver'
import type { Area } from '../app/area.ts'
import { Frame } from './frame.tsx'
import { MyRuns } from './my-runs.tsx'
import { RunPage } from './run.tsx'
import { StopPage } from './stop.tsx'
import { Sync } from './sync.tsx'

export const area: Area = {
  title: 'driver.title',
  messages: driverMessages,
  nav: [{ to: '/', label: 'driver.nav.runs', icon: 'truck', action: 'run.drive' }],
  screens: [
    { path: '/', screen: MyRuns },
    { path: '/runs/:id', screen: RunPage },
    { path: '/runs/:id/stops/:stopId', screen: StopPage },
    { path: '/sync', screen: Sync },
  ],
  Frame,
}
