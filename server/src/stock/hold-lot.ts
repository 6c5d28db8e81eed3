import { events } from '@huming/db/schema/events'
import { lots, movements } from '@huming/db/schema/stock'
import { serviceDayOf } from '@huming/shared/days'
import { type FlowAction, nextStatus } from '@huming/shared/flows'
import { and, desc, eq, inArray } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { promisableOf } from './allocation.ts'
import { refuseInProduction } from './in-production.ts'
import { type Lot, lockLot, readLotRow } from './rows.ts'

/**
 * Stops a lot: nothing more is promised or picked from it. What is promised already stays until the orders react
 * to `lot.held`. A second hold changes nothing; the first reason stays.
 */
export async function holdLot(ctx: Ctx, id: string, reason: string): Promise<Lot> {
  allow(ctx, 'lot.hold')
  return inTransaction(ctx, async (tx) => {
    const lot = await lockLot(tx, id)
    allow(ctx, 'lot.hold', { orgId: lot.orgId })
    return stop(tx, ctx, lot, reason)
  })
}

/** The warehouse stops a whole lot of its hub, also under the pickers' hands; only food safety lets it go on. */
export async function stopLot(ctx: Ctx, id: string, reason: string): Promise<Lot> {
  allow(ctx, 'stock.hold')
  return inTransaction(ctx, async (tx) => {
    const lot = await lockLot(tx, id)
    allow(ctx, 'stock.hold', { hubId: lot.hubId })
    return stop(tx, ctx, lot, reason)
  })
}

type LotRow = typeof lots.$inferSelect

async function stop(tx: Tx, ctx: Ctx, lot: LotRow, reason: string): Promise<Lot> {
  if (lot.stage === 'held') return readLotRow(tx, lot.id)
  const stage = nextStatus('lot', lot.stage, 'hold')
  if (!stage) throw new Fault('wrong_state', '', { stage: lot.stage })
  await writeHold(tx, ctx, lot, { stage, from: lot.stage, reason })
  return readLotRow(tx, lot.id)
}

/** A locked lot promises nothing more; who reacts to `lot.held` frees what was. `from`: where it goes on when released. */
export async function writeHold(
  tx: Tx,
  ctx: Ctx,
  lot: LotRow,
  { stage, from, reason }: { stage: string; from: string; reason: string },
): Promise<void> {
  await tx
    .update(lots)
    .set({ stage, promisable: lot.promised, holdReason: reason, version: lot.version + 1 })
    .where(eq(lots.id, lot.id))
  await emit(tx, ctx, {
    type: 'lot.held',
    subjectId: lot.id,
    orgId: lot.orgId,
    hubId: lot.hubId,
    payload: { reason, from, promised: lot.promised, onHand: lot.onHand },
  })
}

/**
 * Lets a held lot go on from the stage it is in by now: goods may have arrived while it was held. A supplier's own
 * quality people do so before the goods are in the house; from then on, and where another organisation has stopped
 * it, only food safety does. Nothing past its last day goes on (`goods_expired`).
 */
export async function releaseLot(ctx: Ctx, id: string, reason: string): Promise<Lot> {
  allow(ctx, 'lot.hold')
  return inTransaction(ctx, async (tx) => {
    const lot = await lockLot(tx, id)
    allow(ctx, 'lot.hold', { orgId: lot.orgId })
    const from = lot.stage === 'held' ? await stageBehind(tx, id) : undefined
    const stage = from && nextStatus('lot', lot.stage, `release_${from}` as FlowAction<'lot'>)
    if (!stage) throw new Fault('wrong_state', '', { stage: lot.stage })
    if (stage === 'received' || (await stoppedByOthers(tx, ctx, id))) allow(ctx, 'stock.release')
    if (lot.useByDay < serviceDayOf(ctx.now))
      throw new Fault('goods_expired', '', { params: { lot: lot.code } })
    await refuseInProduction(tx, id)
    const promisable = Math.max(promisableOf(stage, lot), lot.promised)
    await tx
      .update(lots)
      .set({ stage, promisable, holdReason: null, version: lot.version + 1 })
      .where(eq(lots.id, id))
    await emit(tx, ctx, {
      type: 'lot.released',
      subjectId: id,
      orgId: lot.orgId,
      hubId: lot.hubId,
      payload: { reason, to: stage, promisable },
    })
    return readLotRow(tx, id)
  })
}

/** Has an organisation other than the actor's stopped it last? */
async function stoppedByOthers(tx: Tx, ctx: Ctx, id: string): Promise<boolean> {
  if (ctx.actor.kind !== 'person') return false
  const [held] = await tx
    .select({ by: events.actorOrgId })
    .from(events)
    .where(and(eq(events.subjectId, id), eq(events.type, 'lot.held')))
    .orderBy(desc(events.id))
    .limit(1)
  return held !== undefined && held.by !== null && held.by !== ctx.actor.orgId
}

async function stageBehind(tx: Tx, id: string): Promise<string | undefined> {
  const [received] = await tx
    .select({ id: movements.id })
    .from(movements)
    .where(and(eq(movements.lotId, id), inArray(movements.kind, ['receive', 'transfer_in'])))
    .limit(1)
  if (received) return 'received'
  const [held] = await tx
    .select({ payload: events.payload })
    .from(events)
    .where(and(eq(events.subjectId, id), eq(events.type, 'lot.held')))
    .orderBy(desc(events.id))
    .limit(1)
  return held?.payload['from'] as string | undefined
}
