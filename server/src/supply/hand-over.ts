import { isDeepStrictEqual } from 'node:util'
import { hubs } from '@huming/db/schema/accounts'
import { consignments } from '@huming/db/schema/supply'
import { consignmentHandovers, consignmentLegs } from '@huming/db/schema/way'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { judgeTemperature, temperatureText, type Zone } from '@huming/shared/reference/zones'
import { and, asc, eq, sql } from 'drizzle-orm'
import { refuseStrangePhotos } from '../accounts/own-pictures.ts'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { notify } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { readingsMissing } from './leg-rules.ts'
import { type Way, wayDoc } from './way-doc.ts'
import { legsOf } from './write-way.ts'

type Body = ContractParsed<Contracts['legs.handOver']>['body']
type Consignment = typeof consignments.$inferSelect
type Handover = typeof consignmentHandovers.$inferSelect

/** Clocks of phones may be so far ahead of ours, ms. */
const skewMs = 10 * 60_000

/**
 * Goods pass to the carrier of a leg: the seal found, the seal put on, and a temperature for every cold zone on
 * board (GB 31605-2020 2.2). Points are recorded in their order. The leg before ends, this one begins; the dock will
 * look for this seal. Goods found too warm are told to the hub at once. A repeat changes nothing.
 */
export async function handOver(ctx: Ctx, id: string, handoverId: string, body: Body): Promise<Way> {
  allow(ctx, 'supply.write')
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(consignments).where(eq(consignments.id, id)).for('update')
    const one = found(row)
    allow(ctx, 'supply.write', { orgId: one.orgId })
    const before = await tx
      .select()
      .from(consignmentHandovers)
      .where(eq(consignmentHandovers.consignmentId, id))
      .orderBy(asc(consignmentHandovers.seq))
    if (await isRepeat(tx, before, id, handoverId, body)) return wayDoc(tx, ctx, id)
    if (one.status !== 'shipped') throw new Fault('wrong_state')
    const legs = await legsOf(tx, id)
    const leg = legs.find((each) => each.seq === body.seq)
    if (!leg || before.length !== body.seq - 1)
      throw new Fault('handover_order', '', { params: { next: before.length + 1 } })
    refuseFlaws(ctx, body, before.at(-1), await zonesOf(tx, id))
    await refuseStrangePhotos(tx, ctx, body.photoFileIds)
    const at = new Date(body.at)
    const { readings, sealFound, sealNumber, takenBy, note, photoFileIds, seq } = body
    await tx.insert(consignmentHandovers).values({
      id: handoverId,
      consignmentId: id,
      seq,
      place: leg.fromPlace,
      at,
      sealFound,
      sealNumber,
      readings,
      takenBy,
      note,
      photoFileIds,
      personId: personIdOf(ctx),
    })
    await moveLegs(tx, id, seq, at)
    const plate =
      leg.mode === 'road' && seq === legs.length && leg.vehicle ? { plate: leg.vehicle.slice(0, 12) } : {}
    await tx
      .update(consignments)
      .set({ sealNumber, ...plate })
      .where(eq(consignments.id, id))
    await emit(tx, ctx, {
      type: 'consignment.handed_over',
      subjectId: id,
      orgId: one.orgId,
      hubId: one.hubId,
      payload: { seq, place: leg.fromPlace, sealFound, sealNumber, readings },
    })
    await warn(tx, ctx, one, leg.fromPlace, body)
    return wayDoc(tx, ctx, id)
  })
}

async function isRepeat(
  tx: Tx,
  before: readonly Handover[],
  consignmentId: string,
  handoverId: string,
  body: Body,
): Promise<boolean> {
  const [same] = await tx.select().from(consignmentHandovers).where(eq(consignmentHandovers.id, handoverId))
  if (!same) return false
  const { at, ...rest } = body
  const holds = Object.entries(rest).every(([key, value]) =>
    isDeepStrictEqual(same[key as keyof Handover], value),
  )
  if (same.consignmentId !== consignmentId || !holds || same.at.getTime() !== new Date(at).getTime())
    throw new Fault('id_reused')
  return before.length > 0
}

function refuseFlaws(ctx: Ctx, body: Body, last: Handover | undefined, zones: readonly Zone[]): void {
  const at = new Date(body.at)
  if (at.getTime() > ctx.now.getTime() + skewMs || (last && at < last.at))
    throw new Fault('times_wrong', '', { pointers: [{ pointer: '/body/at', reason: 'times_wrong' }] })
  const missing = readingsMissing(zones, body.readings)
  if (missing.length > 0)
    throw new Fault('temperature_missing', missing.join(' '), {
      pointers: [{ pointer: '/body/readings', reason: missing.join(' ') }],
      params: { zones: missing.join(' ') },
    })
  if (body.seq > 1 && body.sealFound === null)
    throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/sealFound', reason: 'required' }] })
  if (body.sealFound !== null && body.sealFound !== 'ok' && body.note === '')
    throw new Fault('reason_missing', '', { pointers: [{ pointer: '/body/note', reason: 'required' }] })
}

async function zonesOf(tx: Tx, id: string): Promise<Zone[]> {
  const rows = await tx.execute<{ zone: Zone }>(sql`
    select distinct k.zone from consignment_lines x join lots l on l.id = x.lot_id join skus k on k.id = l.sku_id
    where x.consignment_id = ${id} order by 1`)
  return [...rows].map((row) => row.zone)
}

async function moveLegs(tx: Tx, consignmentId: string, seq: number, at: Date): Promise<void> {
  const leg = (which: number) =>
    and(eq(consignmentLegs.consignmentId, consignmentId), eq(consignmentLegs.seq, which))
  if (seq > 1)
    await tx
      .update(consignmentLegs)
      .set({ arrivedAt: at })
      .where(leg(seq - 1))
  await tx.update(consignmentLegs).set({ departedAt: at }).where(leg(seq))
}

/** Tells the hub of goods too warm or a seal not whole, while they are still on the road. */
async function warn(tx: Tx, ctx: Ctx, one: Consignment, place: string, body: Body): Promise<void> {
  const warm = body.readings.filter(({ zone, deciC }) => judgeTemperature(zone, deciC) === 'reject')
  const broken = body.sealFound === 'broken' || body.sealFound === 'none'
  if (warm.length === 0 && !broken) return
  const [hub] = await tx.select({ orgId: hubs.orgId }).from(hubs).where(eq(hubs.id, one.hubId))
  const worst = warm.reduce<number | null>(
    (max, { deciC }) => (max === null || deciC > max ? deciC : max),
    null,
  )
  await notify(tx, {
    orgId: found(hub).orgId,
    key: worst === null ? 'notice.seal_broken' : 'notice.load_warm',
    params: { number: one.number, place, temperature: worst === null ? '' : temperatureText(worst) },
    subjectId: one.id,
    at: ctx.now,
  })
}
