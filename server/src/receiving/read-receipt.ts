import { temperatureLimits } from '@huming/db/schema/receiving'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { ZONE_IDS } from '@huming/shared/reference/zones'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { consignmentScope } from '../supply/rows.ts'
import { limitsOn } from './dated-rules.ts'
import { goodsOf } from './goods-rows.ts'
import { worstOf } from './trip-rules.ts'

export type Receipt = ContractReply<Contracts['receiving.readReceipt']>
type Log = Receipt['zones'][number]['logs'][number]
type Line = Receipt['lines'][number]
type Found = Pick<Line, 'lineId' | 'exceptions' | 'weighings' | 'count'>

/** What the dock found of a consignment so far, for whoever may see the consignment. */
export async function readReceipt(ctx: Ctx, id: string): Promise<Receipt> {
  allow(ctx, 'supply.read')
  const [seen] = await ctx.db.execute(
    sql`select 1 from consignments c where c.id = ${id} and ${consignmentScope(ctx)}`,
  )
  found(seen)
  return readReceiptDoc(ctx.db, ctx, id)
}

/** The same without asking who reads: for verbs that have locked the consignment. */
export async function readReceiptDoc(tx: Db | Tx, ctx: Pick<Ctx, 'now'>, id: string): Promise<Receipt> {
  const goods = await goodsOf(tx, ctx, id)
  const noted = new Map((await readFound(tx, id)).map((line) => [line.lineId, line]))
  const logs = await readLogs(tx, id)
  const limits = await tx.select().from(temperatureLimits)
  const day = serviceDayOf(ctx.now)
  const zones = ZONE_IDS.filter(
    (zone) => goods.some((one) => one.zone === zone) || logs.some((log) => log.zone === zone),
  )
  return {
    consignmentId: id,
    zones: zones.map((zone) => {
      const own = logs.filter((log) => log.zone === zone)
      const verdict = worstOf(own.map((log) => log.verdict))
      return { zone, limits: limitsOn(limits, { zone, skuId: null }, day), verdict, logs: own }
    }),
    lines: goods.map((one) => ({
      lineId: one.lineId,
      lotId: one.lotId,
      limits: one.limits,
      trip: one.trip,
      remainingDays: one.remainingDays,
      neededDays: one.neededDays,
      secondWhy: one.secondWhy,
      exceptions: [],
      weighings: [],
      count: null,
      ...noted.get(one.lineId),
      netGrams: one.netGrams,
      tareGrams: one.tareGrams,
    })),
    ...(await readCrates(tx, id)),
  }
}

const readLogs = (tx: Db | Tx, id: string): Promise<Log[]> =>
  docs<Log>(
    tx,
    sql`select t.id, t.zone, t.source, t.device, t.min_deci_c as "minDeciC", t.max_deci_c as "maxDeciC", t.readings,
        t.minutes_above as "minutesAbove", t.gap_minutes as "gapMinutes", t.first_at as "firstAt",
        t.last_at as "lastAt", t.verdict, t.note, p.name as by, t.created_at as "createdAt"
      from trip_logs t join people p on p.id = t.created_by where t.consignment_id = ${id} order by t.id`,
  )

const readFound = (tx: Db | Tx, id: string): Promise<Found[]> =>
  docs<Found>(
    tx,
    sql`select x.id as "lineId",
        (select coalesce(json_agg(json_build_object('kind', e.kind, 'reason', e.reason, 'by', p.name, 'at', e.at)
            order by e.id), '[]')
          from receipt_exceptions e join people p on p.id = e.granted_by where e.line_id = x.id) as exceptions,
        (select coalesce(json_agg(json_build_object('id', w.id, 'grossGrams', w.gross_grams, 'tareGrams', w.tare_grams,
            'otherTareGrams', w.other_tare_grams, 'netGrams', w.net_grams, 'crates', w.crates, 'scale', w.scale,
            'by', p.name, 'at', w.at, 'struckAt', w.struck_at) order by w.id), '[]')
          from weighings w join people p on p.id = w.person_id where w.line_id = x.id) as weighings,
        (select json_build_object('accepted', c.accepted, 'refused', c.refused, 'refuseReason', c.refuse_reason,
            'refusedTo', c.refused_to, 'disposal', c.disposal, 'surfaceDeciC', c.surface_deci_c,
            'coreDeciC', c.core_deci_c, 'photoFileIds', c.photo_file_ids, 'countedById', c.counted_by,
            'countedBy', p.name, 'countedAt', c.counted_at, 'confirmedBy', q.name, 'confirmedAt', c.confirmed_at)
          from receipt_counts c join people p on p.id = c.counted_by left join people q on q.id = c.confirmed_by
          where c.line_id = x.id) as count
      from consignment_lines x where x.consignment_id = ${id}`,
  )

/** Crates that came with the consignment and empties that went back with it. */
async function readCrates(tx: Db | Tx, id: string): Promise<Pick<Receipt, 'cratesIn' | 'cratesBack'>> {
  const rows = await tx.execute<{ kind: string; typeId: string; count: number }>(sql`
    select kind, type_id as "typeId", sum(count)::int as count from crate_moves
    where subject_id = ${id} and kind in ('receive', 'send_back') group by 1, 2 order by 2`)
  const of = (kind: string) =>
    [...rows].filter((row) => row.kind === kind).map(({ typeId, count }) => ({ typeId, count }))
  return { cratesIn: of('receive'), cratesBack: of('send_back') }
}
