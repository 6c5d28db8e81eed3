import type { temperatureDevices } from '@huming/db/schema/temperature'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import { visibleHubIds } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { anyOf } from '../supply/rows.ts'
import type { Limits, Reading } from './rules.ts'

export type DeviceRow = typeof temperatureDevices.$inferSelect
export type Alarm = ContractReply<Contracts['temperature.listAlarms']>['items'][number]
export type Rule = Limits & { id: string; zone: string; skuId: string | null; silentMinutes: number }

/** Rows of the actor's hubs; a driver's own run is asked by itself. */
export function hubScope(ctx: Pick<Ctx, 'actor'>, column: ReturnType<typeof sql>) {
  const hubIds = visibleHubIds(ctx, 'temperature.read')
  return hubIds === 'all' ? sql`true` : sql`${column} = ${anyOf(hubIds)}`
}

/** Rules in force on a day: of zones, and of packs. */
export async function rulesOn(db: Db | Tx, day: string, zones?: readonly string[]): Promise<Rule[]> {
  const rows = await db.execute<Rule>(sql`
    select id, zone, sku_id as "skuId", warn_above as "warnAbove", warn_minutes as "warnMinutes",
      reject_above as "rejectAbove", warn_below as "warnBelow", silent_minutes as "silentMinutes"
    from temperature_rules where valid_from <= ${day} and valid_to >= ${day}
      ${zones ? sql`and zone in (select json_array_elements_text(${JSON.stringify(zones)}::text::json))` : sql``}
    order by valid_from, id`)
  return [...rows]
}

/** The rule of a zone itself. */
export const zoneRule = (rules: readonly Rule[], zone: string): Rule | null =>
  rules.findLast((rule) => rule.zone === zone && rule.skuId === null) ?? null

/** The limits of a rule as replies have them. */
export const limitsOf = (rule: Rule | null): Limits | null =>
  rule && {
    warnAbove: rule.warnAbove,
    warnMinutes: rule.warnMinutes,
    rejectAbove: rule.rejectAbove,
    warnBelow: rule.warnBelow,
  }

export const today = (ctx: Pick<Ctx, 'now'>) => serviceDayOf(ctx.now)
export const dayBefore = (day: string): string => addDays(day as ReturnType<typeof serviceDayOf>, -1)

/** Readings of a device between two instants, by probe, oldest first. */
export async function readingsOf(
  db: Db | Tx,
  deviceId: string,
  from: number,
  to: number,
): Promise<Map<number, Reading[]>> {
  const rows = await db.execute<Reading & { probe: number }>(sql`
    select probe, (extract(epoch from at) * 1000)::bigint as at, deci_c as "deciC" from temperature_readings
    where device_id = ${deviceId} and at between ${iso(from)}::timestamptz and ${iso(to)}::timestamptz
    order by probe, at limit 100000`)
  return Map.groupBy([...rows], (row) => row.probe)
}

export const iso = (ms: number): string => new Date(ms).toISOString()

/** Alarms as replies have them, over `temperature_alarms a`. */
export const alarmDocs = (
  db: Db | Tx,
  where: ReturnType<typeof sql>,
  tail = sql`order by a.id desc limit 200`,
) =>
  docs<Alarm>(
    db,
    sql`select a.id, a.kind, a.status, a.device_id as "deviceId", d.serial, d.name as device, a.hub_id as "hubId", h.name as hub,
      a.zone, a.run_id as "runId", r.seq as "runSeq", v.plate, a.started_at as "startedAt", a.ended_at as "endedAt",
      a.opened_at as "openedAt", a.limit_deci_c as "limitDeciC", a.worst_deci_c as "worstDeciC", ka.name as "acknowledgedBy",
      a.acknowledged_at as "acknowledgedAt", a.note, kd.name as "decidedBy", a.decided_at as "decidedAt", a.decision, a.reason,
      (select count(distinct x.lot_id) from temperature_holds x where x.alarm_id = a.id) as lots,
      (select count(distinct x.order_id) from temperature_holds x where x.alarm_id = a.id) as orders, a.is_sample as "isSample"
    from temperature_alarms a join temperature_devices d on d.id = a.device_id join hubs h on h.id = a.hub_id
    left join runs r on r.id = a.run_id left join vehicles v on v.id = d.vehicle_id
    left join people ka on ka.id = a.acknowledged_by left join people kd on kd.id = a.decided_by
    where ${where} ${tail}`,
  )
