import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import type { Zone } from '@huming/shared/reference/zones'
import { type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { aboardTimes } from './aboard.ts'
import { evidenceWhere } from './evidence.ts'
import { alarmDocs, iso, limitsOf, readingsOf, rulesOn, today, zoneRule } from './rows.ts'
import { thinned } from './rules.ts'

type RunChart = ContractReply<Contracts['temperature.runChart']>
type DeviceChart = ContractReply<Contracts['temperature.deviceChart']>
export type Series = DeviceChart['series'][number]

/** Points of one line at most: more than a screen can show. */
const pointsMost = 600
/** What is shown before loading and after the last stop. */
const margin = 30 * 60_000

/** Lines of the devices `where` names, over `temperature_devices d`. */
export async function seriesOf(ctx: Ctx, where: SQL, from: number, to: number): Promise<Series[]> {
  const devices = await docs<{ id: string; serial: string; name: string; zone: Zone }>(
    ctx.db,
    sql`select d.id, d.serial, d.name, d.zone from temperature_devices d where ${where} order by d.serial limit 20`,
  )
  const rules = await rulesOn(ctx.db, today(ctx))
  const lines: Series[] = []
  for (const { id, ...device } of devices)
    for (const [probe, readings] of await readingsOf(ctx.db, id, from, to))
      lines.push({
        deviceId: id,
        ...device,
        probe,
        limits: limitsOf(zoneRule(rules, device.zone)),
        points: thinned(readings, pointsMost).map((one): [number, number] => [one.at, one.deciC]),
      })
  return lines
}

type Head = {
  hubId: string
  driverPersonId: string | null
  status: string
  vehicleId: string
  plate: string
  fromAt: string | null
  toAt: string | null
}

/** The temperatures of a run: its hub, its driver and operations see them. */
export async function readRunChart(ctx: Ctx, id: string): Promise<RunChart> {
  allow(ctx, 'temperature.read')
  const [row] = await docs<Head>(
    ctx.db,
    sql`select r.hub_id as "hubId", r.driver_person_id as "driverPersonId", r.status, r.vehicle_id as "vehicleId", v.plate,
        x.from_at as "fromAt", x.to_at as "toAt"
      from runs r join vehicles v on v.id = r.vehicle_id
      left join lateral (${aboardTimes} where r.id = ${id} group by r.id) x on true where r.id = ${id}`,
  )
  const head = found(row)
  allow(ctx, 'temperature.read', {
    hubId: head.hubId,
    driverPersonId: head.status === 'planned' ? null : head.driverPersonId,
    runId: id,
  })
  const from = head.fromAt === null ? null : Date.parse(head.fromAt) - margin
  const to = head.toAt === null ? ctx.now.getTime() : Date.parse(head.toAt) + margin
  const stops = await docs<RunChart['stops'][number]>(
    ctx.db,
    sql`select s.seq, t.name as site, s.arrived_at as "arrivedAt", s.finished_at as "finishedAt"
      from stops s join sites t on t.id = s.site_id where s.run_id = ${id} order by s.seq`,
  )
  return {
    runId: id,
    plate: head.plate,
    fromAt: from === null ? null : iso(from),
    toAt: from === null ? null : iso(to),
    series: from === null ? [] : await seriesOf(ctx, sql`d.vehicle_id = ${head.vehicleId}`, from, to),
    stops,
    evidence: await evidenceWhere(ctx.db, sql`r.id = ${id}`),
    alarms: await alarmDocs(ctx.db, sql`a.run_id = ${id}`),
  }
}

/** The last hours of a device. */
export async function readDeviceChart(ctx: Ctx, id: string, hours: number): Promise<DeviceChart> {
  allow(ctx, 'temperature.read')
  const [device] = await docs<{ hubId: string }>(
    ctx.db,
    sql`select hub_id as "hubId" from temperature_devices where id = ${id}`,
  )
  allow(ctx, 'temperature.read', { hubId: found(device).hubId })
  const to = ctx.now.getTime()
  const from = to - hours * 3_600_000
  return { fromAt: iso(from), toAt: iso(to), series: await seriesOf(ctx, sql`d.id = ${id}`, from, to) }
}
