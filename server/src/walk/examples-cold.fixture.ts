import { newId } from '@huming/shared/ids'
import type { Examples } from './example.fixture.ts'

const byId = (id: string) => ({ params: { id } })
/** Drivers see their own run's temperatures only. */
const notDrivers = ['driver'] as const
let year = 2030
/** Each rule begins after the one before it. */
const day = () => `${++year}-01-01`
const nights = { from: '2026-11-20', to: '2026-12-15' }

export const coldExamples = {
  'temperature.send': { touches: 'everyone', input: ({ cold }) => ({ body: cold.room.message(-200) }) },
  'temperature.listDevices': {
    touches: 'rows',
    blind: notDrivers,
    input: ({ hub }) => ({ query: { hubId: hub.id } }),
  },
  'temperature.writeDevice': {
    touches: 'rows',
    free: {
      'body.vehicleId': 'a vehicle of another hub is not found',
      'body.serial': 'printed on the device',
    },
    input: ({ cold: { box } }) => ({ ...byId(box.id), body: { ...box.body, name: '示例车厢', version: 2 } }),
  },
  'temperature.renewSecret': { touches: 'rows', input: ({ cold }) => byId(cold.toRenew) },
  'temperature.revokeDevice': { touches: 'rows', input: ({ cold }) => byId(cold.toRevoke) },
  'temperature.listAlarms': {
    touches: 'rows',
    blind: notDrivers,
    input: ({ hub }) => ({ query: { hubId: hub.id } }),
  },
  'temperature.readAlarm': { touches: 'rows', blind: notDrivers, input: ({ cold }) => byId(cold.toRead) },
  'temperature.acknowledge': {
    touches: 'rows',
    input: ({ cold }) => ({ ...byId(cold.toAcknowledge), body: { note: '示例' } }),
  },
  'temperature.decide': {
    touches: 'rows',
    input: ({ cold }) => ({ ...byId(cold.toDecide), body: { decision: 'release', reason: '示例' } }),
  },
  'temperature.runChart': { touches: 'rows', input: ({ roads }) => byId(roads.road) },
  'temperature.deviceChart': {
    touches: 'rows',
    blind: notDrivers,
    input: ({ cold }) => ({ ...byId(cold.room.id), query: { hours: 24 } }),
  },
  'temperature.listRules': { touches: 'everyone', input: () => ({}) },
  'temperature.writeRule': {
    touches: 'everyone',
    input: ({ lots }) => ({
      ...byId(newId()),
      body: {
        zone: 'ambient',
        skuId: lots.ambient.id,
        warnAbove: 280,
        warnMinutes: 60,
        silentMinutes: 30,
        validFrom: day(),
        source: '示例',
      },
    }),
  },
  'reports.afterRun': {
    touches: 'rows',
    common: ['factors'],
    input: ({ hub }) => ({ query: { ...nights, hubId: hub.id } }),
  },
  'reports.afterRunOrders': { touches: 'rows', input: ({ roads }) => byId(roads.road) },
  'reports.afterRunFile': {
    touches: 'rows',
    quiet: true,
    input: ({ hub }) => ({ query: { ...nights, hubId: hub.id, rows: 'runs' } }),
  },
  'reports.writeOdometer': {
    touches: 'rows',
    input: ({ roads }) => ({ ...byId(roads.road), body: { outKm: 12_000, backKm: null } }),
  },
} satisfies Partial<Examples>
