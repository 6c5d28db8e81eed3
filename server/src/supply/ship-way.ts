import { hubs } from '@huming/db/schema/accounts'
import type { consignments } from '@huming/db/schema/supply'
import { consignmentLegs } from '@huming/db/schema/way'
import { newId } from '@huming/shared/ids'
import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import type { Transport } from './transport.ts'
import { legsOf } from './write-way.ts'

type Times = Pick<Transport, 'departsAt' | 'expectedAt'>

/** Zones of the vehicle whose own set point is written with the way. */
export async function setZones(tx: Tx, id: string): Promise<Set<string>> {
  const rows = await tx.execute<{ zone: string }>(
    sql`select zone from consignment_zones where consignment_id = ${id}`,
  )
  return new Set([...rows].map((row) => row.zone))
}

/** A way that is planned begins and ends when the load does. */
export async function refuseWay(tx: Tx, id: string, { departsAt, expectedAt }: Times): Promise<void> {
  const legs = await legsOf(tx, id)
  const [first, last] = [legs[0], legs.at(-1)]
  if (!first || !last) return
  const off = (asked: string | null, at: Date) =>
    asked === null || Math.abs(Date.parse(asked) - at.getTime()) >= 60_000
  const pointers = [
    ...(off(departsAt, first.departsAt) ? [{ pointer: '/body/departsAt', reason: 'other_than_way' }] : []),
    ...(off(expectedAt, last.arrivesAt) ? [{ pointer: '/body/expectedAt', reason: 'other_than_way' }] : []),
  ]
  if (pointers.length > 0) throw new Fault('times_wrong', 'other_than_way', { pointers })
}

/** A load without a planned way goes in one leg from the supplier's county to the hub. */
export async function noteLeg(
  tx: Tx,
  row: typeof consignments.$inferSelect,
  body: Times & Pick<Transport, 'mode' | 'plate'>,
): Promise<void> {
  if (body.departsAt === null || body.expectedAt === null || (await legsOf(tx, row.id)).length > 0) return
  const [hub] = await tx.select({ name: hubs.name }).from(hubs).where(eq(hubs.id, row.hubId))
  const [from] = await tx.execute<{ name: string }>(sql`
    select coalesce((select s.name from sites s where s.org_id = o.id order by s.id limit 1), o.short_name) as name
    from organisations o where o.id = ${row.orgId}`)
  await tx.insert(consignmentLegs).values({
    id: newId(),
    consignmentId: row.id,
    seq: 1,
    mode: body.mode,
    fromPlace: from?.name ?? '',
    toPlace: hub?.name ?? '',
    vehicle: body.plate,
    departsAt: new Date(body.departsAt),
    arrivesAt: new Date(body.expectedAt),
  })
}
