import type { Screen } from '../app/area.ts'
import { later } from '../app/later.tsx'

/** Temperatures and alarms, in the warehouse as in operations; they come when they are opened. */
export const coldScreens: Screen[] = [
  { path: '/temperatures', screen: later(async () => (await import('./now.tsx')).TemperaturesNow) },
  {
    path: '/temperatures/alarms',
    screen: later(async () => (await import('./alarms.tsx')).TemperatureAlarms),
  },
  {
    path: '/temperatures/alarms/:id',
    screen: later(async () => (await import('./alarm.tsx')).TemperatureAlarm),
  },
  {
    path: '/temperatures/devices',
    screen: later(async () => (await import('./devices.tsx')).TemperatureDevices),
  },
  {
    path: '/temperatures/limits',
    screen: later(async () => (await import('./limits.tsx')).TemperatureLimits),
  },
  { path: '/temperatures/runs/:id', screen: later(async () => (await import('./run.tsx')).RunTemperature) },
  { path: '/after-run/:id', screen: later(async () => (await import('./proofs.tsx')).RunProofs) },
  { path: '/after-run', screen: later(async () => (await import('./after-run.tsx')).AfterRun) },
]
