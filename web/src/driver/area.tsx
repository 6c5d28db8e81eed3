import { crateMessages } from '@huming/shared/i18n/crates'
import { driverMessages } from '@huming/shared/i18n/driver'
import { driverDoorMessages } from '@huming/shared/i18n/driver-door'
import type { Area } from '../app/area.ts'
import { later } from '../app/later.tsx'
import { Frame } from './frame.tsx'
import { installDriver } from './install.ts'
import { MyRuns } from './my-runs.tsx'
import { RunPage } from './run.tsx'

const stopPage = async () => (await import('./stop.tsx')).StopPage
const sync = async () => (await import('./sync.tsx')).Sync

installDriver()
// Not needed to draw the runs, but at once behind them: the next street may have no network.
void Promise.allSettled([stopPage(), sync()])

export const area: Area = {
  title: 'driver.title',
  messages: { ...driverMessages, ...driverDoorMessages, ...crateMessages },
  nav: [
    { to: '/', label: 'driver.nav.runs', icon: 'truck', action: 'run.drive' },
    { to: '/crates', label: 'crates.nav', icon: 'repeat', action: 'crate.read' },
  ],
  screens: [
    { path: '/', screen: MyRuns },
    { path: '/runs/:id', screen: RunPage },
    { path: '/runs/:id/stops/:stopId', screen: later(stopPage) },
    { path: '/crates', screen: later(async () => (await import('../crates/my-crates.tsx')).MyCrates) },
    { path: '/sync', screen: later(sync) },
  ],
  Frame,
}
