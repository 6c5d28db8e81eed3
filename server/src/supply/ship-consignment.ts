import { lots } from '@huming/db/schema/stock'
import { consignmentLines, consignments } from '@huming/db/schema/supply'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import type { ServiceDay } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { temperatureText, type Zone } from '@huming/shared/reference/zones'
import { and, eq, sql } from 'drizzle-orm'
import { refuseGate } from '../accounts/gates.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emitAll } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockForRebalance, rebalanceLot } from '../orders/rebalance-lot.ts'
import { readLots, type ShippableLot } from './lock-lots.ts'
import { type Consignment, consignmentDoc } from './rows.ts'
import { arrivesUsable, firstDayServed, timesFit, warmestSetPoint } from './rules.ts'
import { noteLeg, refuseWay, setZones } from './ship-way.ts'
import { sameTransport, transportOf } from './transport.ts'

type Body = ContractParsed<Contracts['supply.shipConsignment']>['body']
type Line = { lot: ShippableLot; quantity: number }

/**
 * Sends a draft on its way: its lots become `shipped` with the quantity truly loaded, and serve from the day they
 * can be picked on. What was promised beyond that is moved to other lots or cut.
 */
export async function shipConsignment(ctx: Ctx, id: string, body: Body): Promise<Consignment> {
  allow(ctx, 'supply.write')
  return inTransaction(ctx, async (tx) => {
    const [before] = await tx.select().from(consignments).where(eq(consignments.id, id)).for('update')
    const row = found(before)
    allow(ctx, 'supply.write', { orgId: row.orgId })
    if (row.status !== 'draft' && row.version === body.version + 1 && sameTransport(row, body))
      return consignmentDoc(tx, ctx, id)
    const status = nextStatus('consignment', row.status, 'ship')
    if (!status) throw new Fault('wrong_state')
    if (row.version !== body.version) throw new Fault('stale_version')
    const lines = await linesOf(tx, id)
    await refuseWay(tx, id, body)
    const day = checkReady(lines, body, await setZones(tx, id))
    await refuseGate(tx, ctx, 'ship', {
      lotIds: lines.map(({ lot }) => lot.id),
      quantities: new Map(lines.map(({ lot, quantity }) => [lot.id, quantity])),
    })
    await tx
      .update(consignments)
      .set({ ...transportOf(body), status, version: row.version + 1 })
      .where(eq(consignments.id, id))
    await noteLeg(tx, row, body)
    if (lines.some(isShort))
      await lockForRebalance(
        tx,
        lines.map(({ lot }) => lot.id),
      )
    for (const line of lines) await shipLot(tx, ctx, line, day)
    await emitAll(tx, ctx, [
      ...lines.map(({ lot, quantity }) => ({
        type: 'lot.shipped',
        subjectId: lot.id,
        orgId: lot.orgId,
        hubId: lot.hubId,
        payload: { consignmentId: id, quantity },
      })),
      {
        type: 'consignment.shipped',
        subjectId: id,
        orgId: row.orgId,
        hubId: row.hubId,
        payload: {
          expectedAt: body.expectedAt,
          lots: lines.map((line) => ({ lotId: line.lot.id, quantity: line.quantity })),
        },
      },
    ])
    return consignmentDoc(tx, ctx, id)
  })
}

async function linesOf(tx: Tx, id: string): Promise<Line[]> {
  const rows = await tx.select().from(consignmentLines).where(eq(consignmentLines.consignmentId, id))
  const quantityOf = new Map(rows.map((row) => [row.lotId, row.quantity]))
  const known = await readLots(tx, [...quantityOf.keys()])
  return known.map((lot) => ({ lot, quantity: found(quantityOf.get(lot.id)) }))
}

/** Refuses what may not leave; else the first delivery day the load can serve. */
function checkReady(lines: readonly Line[], body: Body, set: ReadonlySet<string>): ServiceDay {
  if (lines.length === 0) throw new Fault('consignment_empty')
  if (!timesFit(new Date(body.departsAt), new Date(body.expectedAt)))
    throw new Fault('times_wrong', '', { pointers: [{ pointer: '/body/expectedAt', reason: 'times_wrong' }] })
  const day = firstDayServed(new Date(body.expectedAt))
  for (const { lot, quantity } of lines) {
    const at = { lotCode: lot.code }
    if (!nextStatus('lot', lot.stage, 'ship')) throw new Fault('lot_wrong_stage', lot.code, at)
    if (quantity > lot.quantity)
      throw new Fault('lot_not_enough', lot.code, { ...at, params: { available: lot.quantity } })
    if (!arrivesUsable(lot, day)) throw new Fault('lot_days_wrong', lot.code, at)
  }
  const warmest = warmestSetPoint(lines.map((line) => line.lot.zone as Zone).filter((zone) => !set.has(zone)))
  if (warmest !== null && (body.setPointDeciC === null || body.setPointDeciC > warmest))
    throw new Fault('set_point_wrong', '', {
      params: { max: temperatureText(warmest) },
      pointers: [{ pointer: '/body/setPointDeciC', reason: 'set_point_wrong' }],
    })
  return day
}

/** A lot made short may still be promised beyond what was made. */
const isShort = ({ lot, quantity }: Line): boolean => quantity < Math.max(lot.quantity, lot.promised)

/** Locks nothing before `rebalanceLot`, which takes orders before lots; the stage is checked again by the statement. */
async function shipLot(tx: Tx, ctx: Ctx, { lot, quantity }: Line, day: ServiceDay): Promise<void> {
  if (isShort({ lot, quantity }))
    await rebalanceLot(tx, ctx, lot.id, { promisable: quantity, reason: 'supply_short' })
  const shipped = await tx
    .update(lots)
    .set({
      stage: found(nextStatus('lot', lot.stage, 'ship')),
      quantity,
      promisable: sql`greatest(${quantity}::int8, ${lots.promised})`,
      // What is on the road serves from its arrival on, whatever was said while it lay at the base.
      readyDay: day,
      version: sql`${lots.version} + 1`,
    })
    .where(and(eq(lots.id, lot.id), eq(lots.stage, lot.stage)))
    .returning({ id: lots.id })
  if (shipped.length === 0) throw new Fault('lot_wrong_stage', lot.code, { lotCode: lot.code })
}
