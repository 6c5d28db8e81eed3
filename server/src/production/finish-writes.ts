import { lots } from '@huming/db/schema/stock'
import { nextStatus } from '@huming/shared/flows'
import { asc, eq, inArray, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emitAll } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { promisableOf } from '../stock/allocation.ts'
import { linkGoods } from '../stock/trace-edges.ts'
import type { TakenLot } from './rows.ts'
import { madeOfEach } from './rules.ts'

type Lot = typeof lots.$inferSelect

/** Locks the output lot and all lots that went in, in id order; gives the output lot, which must still be planned. */
export async function lockGoods(tx: Tx, lotId: string, used: readonly TakenLot[]): Promise<Lot> {
  const ids = [lotId, ...used.map((one) => one.lotId)]
  const rows = await tx.select().from(lots).where(inArray(lots.id, ids)).orderBy(asc(lots.id)).for('update')
  const lot = found(rows.find((row) => row.id === lotId))
  if (lot.stage !== 'planned')
    throw new Fault('lot_wrong_stage', lot.code, { lotCode: lot.code, stage: lot.stage })
  return lot
}

/** The planned lot takes its true quantity and days; what it may promise follows, never below what is promised. */
export async function writeMade(
  tx: Tx,
  lot: Lot,
  made: { quantity: number; madeOn: string; useByDay: string },
): Promise<void> {
  const { quantity, madeOn, useByDay } = made
  const promisable = promisableOf('planned', { quantity, capBp: lot.capBp, onHand: 0 })
  await tx
    .update(lots)
    .set({
      quantity,
      madeOn,
      useByDay,
      readyDay: lot.readyDay < madeOn ? madeOn : lot.readyDay,
      promisable: Math.max(lot.promised, promisable),
      version: lot.version + 1,
    })
    .where(eq(lots.id, lot.id))
}

/**
 * The edges written while the batch ran spoke of the plan: they are taken back, and one for each lot says what part of
 * the made lot truly stands for it.
 */
export async function correctEdges(
  tx: Tx,
  ctx: Ctx,
  lotId: string,
  used: readonly TakenLot[],
  made: number,
  eventId: string,
): Promise<void> {
  const before = await tx.execute<{ fromId: string; quantity: number; toQuantity: number }>(sql`
    select from_id as "fromId", sum(quantity)::int8 as quantity, sum(to_quantity)::int8 as "toQuantity"
    from trace_edges where to_id = ${lotId} and kind = 'made_of' group by from_id
    having sum(quantity) <> 0 and sum(to_quantity) <> 0`)
  const edge = { kind: 'made_of' as const, toId: lotId, eventId, at: ctx.now }
  const shares = madeOfEach(used, made)
  await linkGoods(tx, [
    ...[...before].map(({ fromId, quantity, toQuantity }) => ({
      ...edge,
      fromId,
      quantity: -quantity,
      toQuantity: -toQuantity,
    })),
    ...used.map(({ lotId: fromId, quantity }) => ({
      ...edge,
      fromId,
      quantity,
      toQuantity: found(shares.get(fromId)),
    })),
  ])
}

/** Lots of which nothing is left are used up. They are locked already. */
export async function useUp(tx: Tx, ctx: Ctx, used: readonly TakenLot[]): Promise<void> {
  const ids = used.map((one) => one.lotId)
  const rows = await tx.select().from(lots).where(inArray(lots.id, ids)).orderBy(asc(lots.id))
  const empty = rows.filter(
    (lot) => (lot.stage === 'made' ? lot.quantity === 0 : lot.onHand === 0) && lot.promised === 0,
  )
  const gone = empty.flatMap((lot) => {
    const stage = nextStatus('lot', lot.stage, 'use_up')
    return stage ? [lot] : []
  })
  if (gone.length === 0) return
  await tx
    .update(lots)
    .set({ stage: 'used_up', promisable: 0, version: sql`${lots.version} + 1` })
    .where(
      inArray(
        lots.id,
        gone.map((lot) => lot.id),
      ),
    )
  await emitAll(
    tx,
    ctx,
    gone.map((lot) => ({
      type: 'lot.used_up',
      subjectId: lot.id,
      orgId: lot.orgId,
      hubId: lot.hubId,
      payload: {},
    })),
  )
}
