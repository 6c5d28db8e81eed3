import { binCountLines, binCounts, quarantines } from '@huming/db/schema/storing'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { newId } from '@huming/shared/ids'
import { isSellableBin } from '@huming/shared/reference/bins'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { allow, person, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockForRebalance } from '../orders/rebalance-lot.ts'
import { type Bin, moveGoods } from '../stock/bin-moves.ts'
import { lockLot } from '../stock/rows.ts'
import { type CountDoc, type CountRow, countDoc, lockCount } from './count-rows.ts'
import { keepApart } from './quarantine.ts'
import { clearDoubt, giveRoom, makeRoom } from './room.ts'
import { quantityIn, readBinRow, settleStage } from './rows.ts'

/**
 * The lead's word on a count that differed twice: the books follow the second count, by movements with the reason,
 * or the bin is counted once more from the beginning. Who counted last cannot approve it. Promises that what is
 * missing stood behind move to other lots or are cut.
 */
export async function decideCount(
  ctx: Ctx,
  id: string,
  { approve, reason }: ContractParsed<Contracts['storing.decideCount']>['body'],
): Promise<CountDoc> {
  allow(ctx, 'stock.approve')
  const { personId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const row = await lockCount(tx, ctx, id, 'stock.approve')
    if (row.status === 'done' && approve && row.decidedBy === personId && row.decision === reason)
      return countDoc(tx, ctx, id)
    const status = nextStatus('binCount', row.status, approve ? 'approve' : 'again')
    if (!status) throw new Fault('wrong_state')
    if (!approve) {
      await again(tx, ctx, row, reason)
      return countDoc(tx, ctx, id)
    }
    if (row.secondBy === personId) throw new Fault('other_person_needed')
    const bin = await readBinRow(tx, row.binId)
    const lines = await tx
      .select()
      .from(binCountLines)
      .where(eq(binCountLines.countId, id))
      .orderBy(asc(binCountLines.lotId))
    const off = lines.filter((line) => (line.secondDifference ?? 0) !== 0)
    const short = off.filter((line) => (line.secondDifference ?? 0) < 0).map((line) => line.lotId)
    if (short.length > 1 && isSellableBin(bin.kind)) await lockForRebalance(tx, short)
    for (const line of off) {
      const difference = line.secondDifference ?? 0
      await putRight(tx, ctx, { bin, lotId: line.lotId, difference, reason, countId: id })
      await tx.update(binCountLines).set({ adjustedBy: difference }).where(eq(binCountLines.id, line.id))
    }
    await tx
      .update(binCounts)
      .set({ status, decision: reason, decidedBy: personId, decidedAt: ctx.now })
      .where(eq(binCounts.id, id))
    await clearDoubt(tx, row.binId)
    return countDoc(tx, ctx, id)
  })
}

async function again(tx: Tx, ctx: Ctx, row: CountRow, reason: string): Promise<void> {
  await tx.delete(binCountLines).where(eq(binCountLines.countId, row.id))
  await tx
    .update(binCounts)
    .set({ status: 'open', firstBy: null, firstAt: null, secondBy: null, secondAt: null })
    .where(eq(binCounts.id, row.id))
  await emit(tx, ctx, { type: 'count.again', subjectId: row.id, hubId: row.hubId, payload: { reason } })
}

type Off = {
  readonly bin: Bin
  readonly lotId: string
  readonly difference: number
  readonly reason: string
  readonly countId: string
}

async function putRight(tx: Tx, ctx: Ctx, off: Off): Promise<void> {
  const { bin, lotId, difference, reason, countId } = off
  const missing = difference < 0 ? -difference : 0
  const sellable = isSellableBin(bin.kind)
  if (missing > 0 && (await quantityIn(tx, bin.id, lotId)) < missing)
    throw new Fault('bin_short', '', { params: { bin: bin.code } })
  const lot =
    missing > 0 && sellable
      ? await makeRoom(tx, ctx, lotId, { quantity: missing, reason: 'supply_short', missing: true })
      : await lockLot(tx, lotId)
  const eventId = await emit(tx, ctx, {
    type: 'stock.counted',
    subjectId: lotId,
    orgId: lot.orgId,
    hubId: lot.hubId,
    payload: { countId, bin: bin.code, difference, reason },
  })
  const move = { lotId, kind: 'count', subjectId: countId, reason, eventId }
  if (missing > 0) {
    await moveGoods(tx, ctx, { ...move, fromBinId: bin.id, toBinId: null, quantity: missing })
    if (bin.kind === 'quarantine') await shrinkQuarantines(tx, ctx, { binId: bin.id, lotId, missing })
    await settleStage(tx, lotId)
    return
  }
  if (!sellable && bin.kind !== 'quarantine') {
    await moveGoods(tx, ctx, { ...move, fromBinId: null, toBinId: bin.id, quantity: difference })
    return
  }
  // Found goods go back on sale only as far as earlier counts and short picks missed goods of this lot; where the
  // rest came from nobody knows, so food safety decides (it might be what a buyer gave back).
  const known = sellable ? Math.min(difference, await missedBefore(tx, lotId)) : 0
  if (known > 0) {
    await moveGoods(tx, ctx, { ...move, fromBinId: null, toBinId: bin.id, quantity: known })
    await giveRoom(tx, lot, known)
  }
  if (difference > known)
    await keepApart(tx, ctx, lot, {
      id: newId(),
      fromBinId: null,
      quantity: difference - known,
      reason: `盘盈来源不明：${reason}`.slice(0, 200),
      photoFileIds: [],
      kind: 'count',
    })
}

/** What counts and short picks have taken off sellable bins of the lot and not put back. */
async function missedBefore(tx: Tx, lotId: string): Promise<number> {
  const [row] = await tx.execute<{ quantity: number }>(sql`
    select coalesce(sum(case when m.from_bin_id is not null then abs(m.quantity) else -abs(m.quantity) end), 0)::int8 as quantity
    from movements m join bins b on b.id = coalesce(m.from_bin_id, m.to_bin_id)
    where m.lot_id = ${lotId} and m.kind = 'count' and b.kind in ('pick_face', 'near_expiry', 'dock', 'reserve')`)
  return Math.max(0, found(row).quantity)
}

/** Records of quarantine speak of no more than lies there: the oldest open ones shrink or end. */
async function shrinkQuarantines(
  tx: Tx,
  ctx: Ctx,
  { binId, lotId, missing }: { binId: string; lotId: string; missing: number },
): Promise<void> {
  const open = await tx
    .select()
    .from(quarantines)
    .where(
      and(
        eq(quarantines.binId, binId),
        eq(quarantines.lotId, lotId),
        inArray(quarantines.status, ['waiting', 'testing']),
      ),
    )
    .orderBy(asc(quarantines.id))
    .for('update')
  let left = missing
  for (const { id, quantity, status } of open) {
    const less = Math.min(left, quantity)
    left -= less
    if (less === 0) return
    const ended = nextStatus('quarantine', status, 'reject') ?? status
    await tx
      .update(quarantines)
      .set(
        less < quantity
          ? { quantity: quantity - less }
          : { status: ended, decision: '盘点缺失', decidedBy: personIdOf(ctx), decidedAt: ctx.now },
      )
      .where(eq(quarantines.id, id))
  }
}

/** The bin need not be counted after all. A repeat gives the same. */
export async function cancelCount(ctx: Ctx, id: string, reason: string): Promise<CountDoc> {
  allow(ctx, 'stock.approve')
  return inTransaction(ctx, async (tx) => {
    const row = await lockCount(tx, ctx, id, 'stock.approve')
    if (row.status === 'cancelled') return countDoc(tx, ctx, id)
    const status = nextStatus('binCount', row.status, 'cancel')
    if (!status) throw new Fault('wrong_state')
    await tx
      .update(binCounts)
      .set({ status, decision: reason, decidedBy: personIdOf(ctx), decidedAt: ctx.now })
      .where(eq(binCounts.id, id))
    await clearDoubt(tx, row.binId)
    await emit(tx, ctx, { type: 'count.cancelled', subjectId: id, hubId: row.hubId, payload: { reason } })
    return countDoc(tx, ctx, id)
  })
}
