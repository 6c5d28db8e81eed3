import { lotPapers } from '@huming/db/schema/papers'
import { lots } from '@huming/db/schema/stock'
import { newId } from '@huming/shared/ids'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import type { LotRow } from './room.ts'

type Going = { readonly hubId: string; readonly quantity: number; readonly readyDay: string }

/**
 * The lot of another hub that goods of this lot become there, locked: one made for them, on the way and promisable;
 * or the lot of the same printed code that is there already, which promises them only once they are received.
 * Refuses while a first load of it is still under way (`lot_on_the_way`) or the lot is stopped there
 * (`lot_wrong_stage`). Gives its id.
 */
export async function childOf(tx: Tx, ctx: Ctx, lot: LotRow, going: Going): Promise<string> {
  const [there] = await tx
    .select()
    .from(lots)
    .where(and(eq(lots.hubId, going.hubId), eq(lots.code, lot.code)))
    .for('update')
  if (!there) return makeChild(tx, ctx, lot, going)
  if (there.stage === 'shipped') throw new Fault('lot_on_the_way', '', { params: { lot: lot.code } })
  if (there.stage !== 'received' && there.stage !== 'used_up') throw new Fault('lot_wrong_stage', there.code)
  await copyPapers(tx, lot.id, there.id)
  return there.id
}

async function makeChild(
  tx: Tx,
  ctx: Ctx,
  lot: LotRow,
  { hubId, quantity, readyDay }: Going,
): Promise<string> {
  const id = newId()
  const { code, skuId, orgId, capBp, madeOn, useByDay, certificate, isSample } = lot
  const ready = readyDay > lot.readyDay ? readyDay : lot.readyDay
  const made = await tx
    .insert(lots)
    .values({
      id,
      code,
      skuId,
      orgId,
      hubId,
      stage: 'shipped',
      quantity,
      promisable: quantity,
      capBp,
      madeOn,
      readyDay: ready,
      useByDay,
      certificate,
      isSample,
      createdAt: ctx.now,
      originLotId: lot.originLotId ?? lot.id,
    })
    .onConflictDoNothing()
    .returning({ id: lots.id })
  // Two loads of one lot to one hub at the same moment: the second waits for the first to arrive.
  if (made.length === 0) throw new Fault('lot_on_the_way', '', { params: { lot: code } })
  await copyPapers(tx, lot.id, id)
  const payload = { code, skuId, from: lot.id, quantity, stage: 'shipped' }
  await emit(tx, ctx, { type: 'lot.transferred', subjectId: id, orgId, hubId, payload })
  return id
}

/** The papers of a lot go with its goods; those the other lot has already are not copied twice. */
async function copyPapers(tx: Tx, fromLotId: string, toLotId: string): Promise<void> {
  const papers = await tx
    .select()
    .from(lotPapers)
    .where(and(eq(lotPapers.lotId, fromLotId), isNull(lotPapers.voidedAt)))
  if (papers.length === 0) return
  const known = await tx
    .select({ from: lotPapers.fromPaperIds, id: lotPapers.id })
    .from(lotPapers)
    .where(eq(lotPapers.lotId, toLotId))
  const there = new Set(known.flatMap((paper) => [paper.id, ...paper.from]))
  const copies = papers
    .filter((paper) => !there.has(paper.id) && !paper.fromPaperIds.some((id) => there.has(id)))
    .map((paper) => ({ ...paper, id: newId(), lotId: toLotId, fromPaperIds: [paper.id] }))
  if (copies.length > 0) await tx.insert(lotPapers).values(copies)
}

/**
 * The trace edge of goods that go from one lot to its namesake of another hub. Goods on their way back take back what
 * an earlier edge said, so that lots of one printed code never form a ring.
 */
export async function movedEdge(
  tx: Tx,
  { fromId, toId, quantity }: { fromId: string; toId: string; quantity: number },
): Promise<{ kind: 'moved'; fromId: string; toId: string; quantity: number }> {
  const [row] = await tx.execute<{ back: boolean }>(sql`
    select (f.origin_lot_id = ${toId}) or coalesce((
      select sum(e.quantity) from trace_edges e where e.from_id = ${toId} and e.to_id = ${fromId} and e.kind = 'moved'), 0) > 0 as back
    from lots f where f.id = ${fromId}`)
  return row?.back
    ? { kind: 'moved', fromId: toId, toId: fromId, quantity: -quantity }
    : { kind: 'moved', fromId, toId, quantity }
}
