import { crateTypes } from '@huming/db/schema/crates'
import { weighings } from '@huming/db/schema/receiving'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { and, eq, inArray } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type Receipt, readReceiptDoc } from './read-receipt.ts'
import { type LineAt, lockLine, refuseClosed } from './rows.ts'

type Body = ContractParsed<Contracts['receiving.weigh']>['body']
type Weighing = typeof weighings.$inferSelect

/**
 * One weighing of a lot: net is gross less each crate's tare and what else is no goods. All that stand are summed
 * when the lot is taken in. A repeat gives the same; another weight under its id is `id_reused`.
 */
export async function weigh(ctx: Ctx, at: LineAt & { weighingId: string }, body: Body): Promise<Receipt> {
  allow(ctx, 'receipt.write')
  return inTransaction(ctx, async (tx) => {
    const open = await lockLine(tx, ctx, at)
    const [before] = await tx.select().from(weighings).where(eq(weighings.id, at.weighingId))
    if (before) {
      if (!sameWeighing(before, at.lineId, body)) throw new Fault('id_reused')
      return readReceiptDoc(tx, ctx, at.id)
    }
    refuseClosed(open)
    const tareGrams = body.otherTareGrams + (await tareOf(tx, body.crates))
    const netGrams = body.grossGrams - tareGrams
    if (netGrams <= 0)
      throw new Fault('net_not_positive', '', {
        pointers: [{ pointer: '/body/grossGrams', reason: 'net_not_positive' }],
      })
    await tx.insert(weighings).values({
      id: at.weighingId,
      lineId: at.lineId,
      ...body,
      tareGrams,
      netGrams,
      personId: person(ctx).personId,
      at: ctx.now,
    })
    return readReceiptDoc(tx, ctx, at.id)
  })
}

/** A weighing was wrong: it no longer counts. It stays to be seen; a repeat changes nothing. */
export async function strikeWeighing(ctx: Ctx, at: LineAt & { weighingId: string }): Promise<Receipt> {
  allow(ctx, 'receipt.write')
  return inTransaction(ctx, async (tx) => {
    const open = await lockLine(tx, ctx, at)
    const own = and(eq(weighings.id, at.weighingId), eq(weighings.lineId, at.lineId))
    const [row] = await tx.select().from(weighings).where(own)
    if (found(row).struckAt === null) {
      refuseClosed(open)
      await tx
        .update(weighings)
        .set({ struckAt: ctx.now, struckBy: person(ctx).personId })
        .where(own)
    }
    return readReceiptDoc(tx, ctx, at.id)
  })
}

async function tareOf(tx: Tx, crates: Body['crates']): Promise<number> {
  if (crates.length === 0) return 0
  const ids = crates.map((one) => one.typeId)
  const types = await tx.select().from(crateTypes).where(inArray(crateTypes.id, ids))
  return crates.reduce((sum, { typeId, count }) => {
    const type = types.find((one) => one.id === typeId)
    if (!type) throw new Fault('crate_type_closed', typeId)
    return sum + type.tareGrams * count
  }, 0)
}

function sameWeighing(row: Weighing, lineId: string, body: Body): boolean {
  const text = (crates: Body['crates']): string =>
    crates
      .map(({ typeId, count }) => `${typeId}×${count}`)
      .toSorted()
      .join()
  return (
    row.lineId === lineId &&
    row.grossGrams === body.grossGrams &&
    row.otherTareGrams === body.otherTareGrams &&
    text(row.crates) === text(body.crates)
  )
}
