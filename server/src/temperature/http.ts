import type { On } from '../kernel/routes.ts'
import { listAlarms, readAlarm } from './alarms.ts'
import { readDeviceChart, readRunChart } from './charts.ts'
import { acknowledgeAlarm, decideAlarm } from './decide-alarm.ts'
import { listDevices, renewSecret, revokeDevice, writeDevice } from './devices.ts'
import { sendReadings } from './send-readings.ts'
import { listRules, writeRule } from './write-rule.ts'

export function temperatureRoutes(on: On): void {
  on('temperature.send', (ctx, { body }) => sendReadings(ctx, body))
  on('temperature.listDevices', (ctx, { query }) => listDevices(ctx, query))
  on('temperature.writeDevice', (ctx, { params, body }) => writeDevice(ctx, params.id, body))
  on('temperature.renewSecret', (ctx, { params }) => renewSecret(ctx, params.id))
  on('temperature.revokeDevice', (ctx, { params }) => revokeDevice(ctx, params.id))
  on('temperature.listAlarms', (ctx, { query }) => listAlarms(ctx, query))
  on('temperature.readAlarm', (ctx, { params }) => readAlarm(ctx, params.id))
  on('temperature.acknowledge', (ctx, { params, body }) => acknowledgeAlarm(ctx, params.id, body.note))
  on('temperature.decide', (ctx, { params, body }) => decideAlarm(ctx, params.id, body))
  on('temperature.runChart', (ctx, { params }) => readRunChart(ctx, params.id))
  on('temperature.deviceChart', (ctx, { params, query }) => readDeviceChart(ctx, params.id, query.hours))
  on('temperature.listRules', (ctx) => listRules(ctx))
  on('temperature.writeRule', (ctx, { params, body }) => writeRule(ctx, params.id, body))
}
