import { orders } from '@huming/db/schema/orders'
import { totes } from '@huming/db/schema/picking'
import { runs, stopOrders, stops } from '@huming/db/schema/routes'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { codesIn } from '@huming/shared/identifiers/scan-codes'
import { and, eq, inArray, notInArray, or, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { refuseRecalled } from '../picking/recalled-goods.ts'
import { markLoaded } from './mark-loaded.ts'
import { refuseOpenStops, tripsGone } from './rows.ts'
import { happenedAt } from './rules.ts'

type Reply = ContractReply<Contracts['delivery.loadTote']>
/** `at`: when it was done, by the driver's device. */
type Input = { id: string; code: string; at?: string | undefined }

/**
 * Puts a tote aboard, by the driver or the people at the dock. The last stop's totes go in first: another order
 * is told of (`inOrder`), not refused. Totes of a later trip wait until the truck is back. An order is `loaded` with
 * its last tote. A repeat changes nothing.
 */
export async function loadTote(ctx: Ctx, input: Input): Promise<Reply> {
  allow(ctx, 'run.load')
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(runs).where(eq(runs.id, input.id)).for('share')
    const run = found(row)
    allow(ctx, 'run.load', { hubId: run.hubId, driverPersonId: run.driverPersonId, runId: run.id })
    const { tote, stop } = await lockTote(tx, run.id, input.code)
    const before = await stowage(tx, run.id, stop.trip)
    const already = tote.status === 'loaded'
    if (!already) {
      const status = nextStatus('tote', tote.status, 'load')
      const gone = tripsGone(run)
      if (!status || run.status !== (gone === 0 ? 'loading' : 'on_road')) throw new Fault('wrong_state')
      if (stop.trip !== gone + 1) throw new Fault('tote_of_later_trip', '', { params: { trip: stop.trip } })
      if (gone > 0) await refuseOpenStops(tx, run.id, stop.trip)
      await refuseRecalled(tx, sql`t.tote_id = ${tote.id}`)
      await tx
        .update(totes)
        .set({ status, loadedAt: happenedAt(input.at, run.dispatchedAt, ctx.now) })
        .where(eq(totes.id, tote.id))
      await loadOrder(tx, ctx, tote.orderId)
      await emit(tx, ctx, {
        type: 'tote.loaded',
        subjectId: tote.id,
        hubId: run.hubId,
        payload: { runId: run.id, orderId: tote.orderId, stopId: stop.id, zone: tote.zone },
      })
    }
    const after = already ? before : await stowage(tx, run.id, stop.trip)
    return {
      toteId: tote.id,
      code: tote.code,
      zone: tote.zone,
      stopSeq: stop.seq,
      site: after.find((one) => one.seq === stop.seq)?.site ?? '',
      already,
      inOrder: already || nextOf(before)?.seq === stop.seq,
      loaded: after.reduce((sum, one) => sum + one.loaded, 0),
      total: after.reduce((sum, one) => sum + one.total, 0),
      nextStopSeq: nextOf(after)?.seq ?? null,
      nextSite: nextOf(after)?.site ?? null,
    }
  })
}

/** Locks the order, then the tote: two totes of one order loaded at once must not both miss that it is complete. */
async function lockTote(tx: Tx, runId: string, scanned: string) {
  const [at] = await tx
    .select({ toteId: totes.id, orderId: totes.orderId, stop: stops })
    .from(totes)
    .innerJoin(stopOrders, eq(stopOrders.orderId, totes.orderId))
    .innerJoin(stops, and(eq(stops.id, stopOrders.stopId), eq(stops.runId, runId)))
    .where(or(inArray(totes.code, codesIn(scanned)), inArray(totes.sscc, codesIn(scanned))))
  if (!at) throw new Fault('tote_not_on_run', '', { params: { code: scanned } })
  await tx.select({ id: orders.id }).from(orders).where(eq(orders.id, at.orderId)).for('update')
  const [tote] = await tx.select().from(totes).where(eq(totes.id, at.toteId)).for('update')
  return { tote: found(tote), stop: at.stop }
}

/** The order is aboard when none of its totes stands at the dock any more. */
async function loadOrder(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  const [left] = await tx
    .select({ id: totes.id })
    .from(totes)
    .where(and(eq(totes.orderId, orderId), notInArray(totes.status, ['loaded', 'empty'])))
    .limit(1)
  if (!left) await markLoaded(tx, ctx, [orderId])
}

type Stowed = { seq: number; site: string; total: number; loaded: number }

/** Totes of a trip by stop, the last stop first. */
async function stowage(tx: Tx, runId: string, trip: number): Promise<Stowed[]> {
  const rows = await tx.execute<Stowed>(sql`
    select s.seq, t.name as site, count(*)::int as total, (count(*) filter (where c.status <> 'sealed'))::int as loaded
    from stops s join sites t on t.id = s.site_id join stop_orders so on so.stop_id = s.id
    join totes c on c.order_id = so.order_id and c.status in ('sealed', 'loaded', 'delivered', 'returned')
    where s.run_id = ${runId} and s.trip = ${trip} group by s.seq, t.name order by s.seq desc`)
  return [...rows]
}

/** The stop whose totes are due: the last of the route with any still at the dock. */
const nextOf = (stowed: readonly Stowed[]): Stowed | undefined => stowed.find((one) => one.loaded < one.total)
