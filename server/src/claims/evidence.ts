import type { ClaimEvidence } from '@huming/shared/claiming'
import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { anyOf } from '../supply/rows.ts'
import type { ClaimDoc } from './rows.ts'

type Seen = NonNullable<ClaimDoc['evidence']> & {
  /** Who drove: bears what the carrier bears. */
  carrierOrgId: string | null
  /** Warmest a zone's air may be for a while at the door, tenths of °C. */
  limits: Record<string, number>
  /** Order lines of which less was picked than asked, or whose tote failed its check. */
  pickedShort: string[]
}
type Door = { unload: { scanned: string[]; counted: number | null } | null; readings: Seen['readings'] }

/** What is known of an order's way: run, alarms, door, totes and what the dock found of its lots. */
export async function seenOf(db: Db | Tx, orderId: string, lotIds: readonly string[]): Promise<Seen> {
  const [way] = await docs<{
    runId: string
    carrierOrgId: string
    day: string
    proof: string | null
    door: Door | null
    photoFileIds: string[]
    totes: number
    pickedShort: string[] | null
  }>(
    db,
    sql`select r.id as "runId", v.org_id as "carrierOrgId", r.day, e.kind as proof, e.evidence as door,
        s.photo_file_ids as "photoFileIds",
        (select count(*)::int from totes t where t.order_id = so.order_id and t.loaded_at is not null) as totes,
        (select array_agg(distinct t.order_line_id) from pick_tasks t where t.order_id = so.order_id
          and (t.status = 'short' or exists (select 1 from tote_checks q where q.tote_id = t.tote_id and q.result <> 'fine'))
        ) as "pickedShort"
      from stop_orders so join stops s on s.id = so.stop_id join runs r on r.id = s.run_id
      join vehicles v on v.id = r.vehicle_id left join stop_proofs e on e.stop_id = s.id
      where so.order_id = ${orderId}`,
  )
  const alarms = way ? await alarmsOf(db, orderId, way.runId) : []
  const receipts = await receiptsOf(db, lotIds)
  const unload = way?.door?.unload ?? null
  return {
    runId: way?.runId ?? null,
    carrierOrgId: way?.carrierOrgId ?? null,
    proof: way?.proof ?? null,
    totes: way?.totes ?? 0,
    totesScanned: unload ? Math.max(unload.scanned.length, unload.counted ?? 0) : 0,
    alarms,
    readings: way?.door?.readings ?? [],
    photoFileIds: way?.photoFileIds ?? [],
    receipts,
    limits: way ? await limitsOn(db, way.day) : {},
    pickedShort: way?.pickedShort ?? [],
  }
}

const alarmsOf = (db: Db | Tx, orderId: string, runId: string): Promise<Seen['alarms']> =>
  docs(
    db,
    sql`select distinct a.id, a.kind, a.zone, a.worst_deci_c as "worstDeciC", a.limit_deci_c as "limitDeciC",
        a.started_at as "startedAt", a.ended_at as "endedAt"
      from temperature_alarms a left join temperature_holds h on h.alarm_id = a.id and h.order_id = ${orderId}
      where a.kind <> 'silent' and (a.run_id = ${runId} or h.id is not null) order by 6, 1 limit 50`,
  )

const receiptsOf = (db: Db | Tx, lotIds: readonly string[]): Promise<Seen['receipts']> =>
  docs(
    db,
    sql`select l.id as "lotId", q.accepted, q.refused, q.refuse_reason as "refuseReason",
        coalesce((select array_agg(e.kind) from receipt_exceptions e where e.line_id = x.id), '{}') as exceptions,
        q.surface_deci_c as "surfaceDeciC"
      from lots l join consignment_lines x on x.lot_id = coalesce(l.origin_lot_id, l.id)
      join receipt_counts q on q.line_id = x.id where l.id = ${anyOf(lotIds)} order by l.id, x.id limit 200`,
  )

async function limitsOn(db: Db | Tx, day: string): Promise<Record<string, number>> {
  const rows = await docs<{ zone: string; above: number }>(
    db,
    sql`select zone, warn_above as above from temperature_rules
      where sku_id is null and valid_from <= ${day} and valid_to >= ${day} order by valid_from`,
  )
  return Object.fromEntries(rows.map(({ zone, above }) => [zone, above]))
}

/** What of it concerns one line's goods. */
export function evidenceFor(
  seen: Seen,
  line: { readonly orderLineId: string; readonly lotId: string; readonly zone: string },
): ClaimEvidence {
  const limit = seen.limits[line.zone]
  return {
    alarm: seen.alarms.some((alarm) => alarm.zone === line.zone),
    warmAtDoor:
      limit !== undefined &&
      seen.readings.some((reading) => reading.zone === line.zone && reading.deciC > limit),
    receiptFindings: seen.receipts.some(
      (one) => one.lotId === line.lotId && (one.refused > 0 || one.exceptions.length > 0),
    ),
    totesScanned: seen.totes > 0 && seen.totesScanned >= seen.totes,
    pickingFindings: seen.pickedShort.includes(line.orderLineId),
  }
}
