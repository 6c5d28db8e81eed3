import { bins } from '@huming/db/schema/bins'
import { movements } from '@huming/db/schema/stock'
import { newId } from '@huming/shared/ids'
import { type BinKind, binCodeOf, binSequenceOf, isSellableBin } from '@huming/shared/reference/bins'
import type { Zone } from '@huming/shared/reference/zones'
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { mayMove } from './bin-rules.ts'

export type Bin = typeof bins.$inferSelect

const codesTried = 99

/** The first open bin of a kind in a zone of the hub, made when there is none. Safe against a second maker. */
export async function defaultBin(tx: Tx, hubId: string, zone: Zone, kind: BinKind): Promise<Bin> {
  const first = async (): Promise<Bin | undefined> => {
    const [bin] = await tx
      .select()
      .from(bins)
      .where(and(eq(bins.hubId, hubId), eq(bins.zone, zone), eq(bins.kind, kind), isNull(bins.closedAt)))
      .orderBy(asc(bins.sequence), asc(bins.id))
      .limit(1)
    return bin
  }
  for (let serial = 1; serial <= codesTried; serial += 1) {
    const bin = await first()
    if (bin) return bin
    const code = binCodeOf(zone, kind, serial)
    await tx
      .insert(bins)
      .values({ id: newId(), hubId, code, zone, kind, sequence: binSequenceOf(kind, serial) })
      .onConflictDoNothing()
  }
  return found(await first())
}

/** One movement of goods. No `fromBinId`: into the house; no `toBinId`: out of it. */
export type GoodsMove = {
  readonly lotId: string
  readonly fromBinId: string | null
  readonly toBinId: string | null
  /** Base units, above 0. */
  readonly quantity: number
  /** Why the goods moved: see `movements.kind`. */
  readonly kind: string
  readonly subjectId: string
  readonly reason?: string
  readonly eventId: string
}

/**
 * Moves goods of a lot whose row the caller has locked: bins, the lot's on-hand quantity and the movement agree
 * afterwards. What the lot may promise is the caller's to set. Returns by how much `on_hand` changed. Throws
 * `bin_short` when the bin does not hold so much, `bin_closed`, and `bin_move_forbidden` for a way that goods may
 * not take: see `mayMove`.
 */
export async function moveGoods(tx: Tx, ctx: Ctx, move: GoodsMove): Promise<number> {
  const { lotId, fromBinId, toBinId, quantity } = move
  const { from, to } = await binsOf(tx, move)
  if (!mayMove(from?.kind ?? null, to?.kind ?? null, move.kind))
    throw new Fault('bin_move_forbidden', '', { params: { from: from?.code ?? '', to: to?.code ?? '' } })
  if (to?.closedAt) throw new Fault('bin_closed', to.code)
  if (from) {
    const taken = await tx.execute(sql`
      update bin_stock set quantity = quantity - ${quantity}::int8
      where lot_id = ${lotId} and bin_id = ${fromBinId} and quantity >= ${quantity}::int8 returning bin_id`)
    if (taken.length === 0) throw new Fault('bin_short', '', { params: { bin: from.code } })
  }
  if (to)
    await tx.execute(sql`
      insert into bin_stock (bin_id, lot_id, quantity) values (${toBinId}, ${lotId}, ${quantity}::int8)
      on conflict (lot_id, bin_id) do update set quantity = bin_stock.quantity + excluded.quantity`)
  const change =
    (to && isSellableBin(to.kind) ? quantity : 0) - (from && isSellableBin(from.kind) ? quantity : 0)
  if (change !== 0)
    await tx.execute(sql`update lots set on_hand = on_hand + ${change}::int8 where id = ${lotId}`)
  await tx.insert(movements).values({
    id: newId(),
    lotId,
    hubId: found(from ?? to).hubId,
    kind: move.kind,
    quantity: to ? quantity : -quantity,
    fromBinId,
    toBinId,
    subjectId: move.subjectId,
    reason: move.reason ?? '',
    eventId: move.eventId,
    at: ctx.now,
  })
  return change
}

async function binsOf(
  tx: Tx,
  { fromBinId, toBinId }: GoodsMove,
): Promise<{ from: Bin | null; to: Bin | null }> {
  const ids = [fromBinId, toBinId].filter((id) => id !== null)
  // Shared lock: a bin is not closed while goods are on their way into it.
  const rows = await tx
    .select()
    .from(bins)
    .where(inArray(bins.id, ids))
    .orderBy(asc(bins.id))
    .for('key share')
  const of = (id: string | null) => (id === null ? null : found(rows.find((bin) => bin.id === id)))
  const [from, to] = [of(fromBinId), of(toBinId)]
  if (from && to && from.hubId !== to.hubId) throw new Fault('bin_move_forbidden')
  return { from, to }
}

/** Goods that leave the house from wherever they lie. */
export type Taking = Pick<GoodsMove, 'lotId' | 'quantity' | 'kind' | 'subjectId' | 'reason' | 'eventId'> & {
  /** Where they were taken first; the rest from the other bins. */
  readonly firstBinId?: string | null
}

/**
 * Takes goods out of the sellable bins of a locked lot, pick faces first, then in walking order. The caller's own
 * guarded statement has already taken them off `on_hand`. Throws `bin_short` when the bins hold less.
 */
export async function takeGoods(tx: Tx, ctx: Ctx, taking: Taking): Promise<void> {
  const { lotId, kind, subjectId, reason = '', eventId, firstBinId = null } = taking
  const places = await tx.execute<{ binId: string; hubId: string; quantity: number }>(sql`
    select s.bin_id as "binId", b.hub_id as "hubId", s.quantity
    from bin_stock s join bins b on b.id = s.bin_id
    where s.lot_id = ${lotId} and s.quantity > 0 and b.kind in ('pick_face', 'near_expiry', 'dock', 'reserve')
    order by s.bin_id is not distinct from ${firstBinId}::uuid desc,
      array_position(array['pick_face', 'near_expiry', 'dock', 'reserve'], b.kind), b.sequence, b.id`)
  let left = taking.quantity
  const parts = places.flatMap((place) => {
    const quantity = Math.min(left, place.quantity)
    left -= quantity
    return quantity > 0 ? [{ ...place, quantity }] : []
  })
  if (left > 0) throw new Fault('bin_short', '', { params: { bin: '' } })
  for (const { binId, quantity } of parts)
    await tx.execute(sql`
      update bin_stock set quantity = quantity - ${quantity}::int8 where lot_id = ${lotId} and bin_id = ${binId}`)
  await tx.insert(movements).values(
    parts.map(({ binId, hubId, quantity }) => ({
      id: newId(),
      lotId,
      hubId,
      kind,
      quantity: -quantity,
      fromBinId: binId,
      toBinId: null,
      subjectId,
      reason,
      eventId,
      at: ctx.now,
    })),
  )
}
