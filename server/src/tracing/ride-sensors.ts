import { sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { evidenceWhere } from '../temperature/evidence.ts'
import type { JsonObject } from './json-tree.ts'

/** What the truck's own devices recorded of one zone over a time, tenths of °C. */
export type Recorded = {
  readonly zone: string
  readonly fromAt: string
  readonly toAt: string
  readonly lowest: number
  readonly highest: number
  readonly mean: number
  readonly minutesOut: number
}

/**
 * Temperatures as EPCIS tells them: what was measured by hand first, then for each zone what the devices recorded over
 * the ride, with its extremes and its mean; time out of the zone's limits is an alarm condition. Readings that come
 * after the event are not in it: the event stays as it was told.
 */
export function sensed(byHandDeciC: number | null, recorded: readonly Recorded[]): JsonObject {
  const byHand =
    byHandDeciC === null
      ? []
      : [{ sensorReport: [{ type: 'Temperature', value: byHandDeciC / 10, uom: 'CEL' }] }]
  const list = [...byHand, ...recorded.map(elementOf)]
  return list.length === 0 ? {} : { sensorElementList: list }
}

const elementOf = (one: Recorded): JsonObject => ({
  sensorMetadata: { startTime: one.fromAt, endTime: one.toAt, 'huming:zone': one.zone },
  sensorReport: [
    {
      type: 'Temperature',
      minValue: one.lowest / 10,
      maxValue: one.highest / 10,
      meanValue: one.mean / 10,
      uom: 'CEL',
      ...(one.minutesOut > 0 ? { exception: 'ALARM_CONDITION' } : {}),
    },
  ],
})

/** Recorded around the goods of a stop, from their loading to their hand-over. */
export const recordedTo = (tx: Tx, stopId: string): Promise<Recorded[]> =>
  evidenceWhere(tx, sql`s.id = ${stopId}`)

/** Recorded in a run's truck from its first tote aboard until it left. */
export async function recordedBefore(tx: Tx, runId: string, left: Date): Promise<Recorded[]> {
  const rows = await tx.execute<Recorded>(sql`
    with ride as (
      select r.vehicle_id, min(c.loaded_at) as since from runs r join stops s on s.run_id = r.id
      join stop_orders so on so.stop_id = s.id join totes c on c.order_id = so.order_id
      where r.id = ${runId} group by r.id)
    select d.zone, min(x.deci_c)::int as lowest, max(x.deci_c)::int as highest,
      floor(avg(x.deci_c) + 0.5)::int as mean, 0 as "minutesOut",
      to_char(min(x.at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "fromAt",
      to_char(max(x.at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "toAt"
    from ride join temperature_devices d on d.vehicle_id = ride.vehicle_id
    join temperature_readings x on x.device_id = d.id and x.at between ride.since and ${left.toISOString()}::timestamptz
    group by d.zone order by d.zone`)
  return [...rows]
}
