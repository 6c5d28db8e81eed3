import { consignments } from '@huming/db/schema/supply'
import { consignmentLegs, consignmentZones } from '@huming/db/schema/way'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { temperatureText, ZONES } from '@huming/shared/reference/zones'
import { asc, eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { legFlaw, setPointFits } from './leg-rules.ts'
import { type Way, wayDoc } from './way-doc.ts'

type Body = ContractParsed<Contracts['legs.write']>['body']
type LegRow = typeof consignmentLegs.$inferSelect

/**
 * Plans the way of a consignment until it is at the dock: legs that follow one another in place and time, and the
 * set point of each zone. Legs already begun stay as they are. A repeat changes nothing.
 */
export async function writeWay(ctx: Ctx, id: string, body: Body): Promise<Way> {
  allow(ctx, 'supply.write')
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(consignments).where(eq(consignments.id, id)).for('update')
    const { orgId, hubId, status } = found(row)
    allow(ctx, 'supply.write', { orgId })
    const standing = await legsOf(tx, id)
    const legs = body.legs.map((leg, index) => ({
      ...leg,
      seq: index + 1,
      departsAt: new Date(leg.departsAt),
      arrivesAt: new Date(leg.arrivesAt),
    }))
    if (status !== 'draft' && status !== 'shipped') throw new Fault('wrong_state')
    refuseFlaws(body, legs, standing)
    await refuseForeignIds(tx, id, legs)
    await tx.execute(sql`delete from consignment_legs where consignment_id = ${id} and departed_at is null`)
    const begun = new Set(standing.filter((leg) => leg.departedAt !== null).map((leg) => leg.id))
    const fresh = legs.filter((leg) => !begun.has(leg.id))
    if (fresh.length > 0)
      await tx.insert(consignmentLegs).values(fresh.map((leg) => ({ ...leg, consignmentId: id })))
    await writeZones(tx, id, body.zones)
    const [first, last] = [legs[0], legs.at(-1)]
    await tx
      .update(consignments)
      .set(timesOf(found(row), first, last))
      .where(eq(consignments.id, id))
    await emit(tx, ctx, {
      type: 'consignment.way_written',
      subjectId: id,
      orgId,
      hubId,
      payload: { legs: legs.length, departsAt: first?.departsAt, arrivesAt: last?.arrivesAt },
    })
    return wayDoc(tx, ctx, id)
  })
}

/** The load leaves and comes when its way does; a draft's truck is that of the first leg unless it has one. */
function timesOf(
  row: typeof consignments.$inferSelect,
  first: NewTimes | undefined,
  last: NewTimes | undefined,
): Partial<typeof consignments.$inferInsert> {
  if (!first || !last) return {}
  if (row.status === 'shipped') return { expectedAt: last.arrivesAt }
  const { departsAt, arrivesAt: expectedAt } = { ...first, arrivesAt: last.arrivesAt }
  if (row.departsAt?.getTime() === departsAt.getTime() && row.expectedAt?.getTime() === expectedAt.getTime())
    return {}
  return { departsAt, expectedAt, plate: row.plate || first.vehicle.slice(0, 12), version: row.version + 1 }
}
type NewTimes = { departsAt: Date; arrivesAt: Date; vehicle: string }

/** Legs of a consignment in their order. */
export const legsOf = (tx: Tx, id: string): Promise<LegRow[]> =>
  tx
    .select()
    .from(consignmentLegs)
    .where(eq(consignmentLegs.consignmentId, id))
    .orderBy(asc(consignmentLegs.seq))

type NewLeg = Body['legs'][number] & { seq: number }

function refuseFlaws(
  { zones }: Body,
  legs: readonly (Omit<NewLeg, 'departsAt' | 'arrivesAt'> & { departsAt: Date; arrivesAt: Date })[],
  standing: readonly LegRow[],
): void {
  const flaw = legFlaw(legs)
  if (flaw) throw broken(flaw.index, flaw.reason)
  for (const leg of standing.filter((one) => one.departedAt !== null)) {
    const asked = legs[leg.seq - 1]
    if (!asked || asked.id !== leg.id || asked.toPlace !== leg.toPlace || asked.mode !== leg.mode)
      throw broken(leg.seq - 1, 'begun')
  }
  for (const [index, { zone, setPointDeciC }] of zones.entries())
    if (!setPointFits(zone, setPointDeciC))
      throw new Fault('set_point_wrong', '', {
        params: { max: temperatureText(ZONES[zone].target.max) },
        pointers: [{ pointer: `/body/zones/${index}/setPointDeciC`, reason: 'set_point_wrong' }],
      })
}

const broken = (index: number, reason: string): Fault =>
  new Fault('legs_broken', reason, {
    pointers: [{ pointer: `/body/legs/${index}`, reason }],
    params: { leg: index + 1 },
  })

async function refuseForeignIds(tx: Tx, id: string, legs: readonly { id: string }[]): Promise<void> {
  const ids = legs.map((leg) => leg.id)
  if (new Set(ids).size < ids.length) throw broken(ids.length - 1, 'twice')
  const [other] = await tx.execute(sql`
    select id from consignment_legs where id = any(${`{${ids.join(',')}}`}::uuid[]) and consignment_id <> ${id} limit 1`)
  if (other) throw new Fault('id_reused')
}

async function writeZones(tx: Tx, consignmentId: string, zones: Body['zones']): Promise<void> {
  await tx.delete(consignmentZones).where(eq(consignmentZones.consignmentId, consignmentId))
  const bySet = new Map(zones.map((one) => [one.zone, one]))
  if (bySet.size > 0)
    await tx.insert(consignmentZones).values([...bySet.values()].map((one) => ({ consignmentId, ...one })))
}
