import { waveOrders, waves } from '@huming/db/schema/picking'
import { waveMethods } from '@huming/db/schema/picking-rules'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { choiceDocs } from './wave-choices.ts'

type Route = Contracts['picking.chooseMethod']
type Body = ContractParsed<Route>['body']

/**
 * The lead picks a planned wave, an order or a pack otherwise than the rules say; a later choice for the same thing
 * replaces the earlier one, and none takes it back.
 */
export async function chooseMethod(
  ctx: Ctx,
  { id, choiceId }: { id: string; choiceId: string },
  { orderId, skuId, method, reason }: Body,
): Promise<ContractReply<Route>> {
  allow(ctx, 'wave.release')
  const { personId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const wave = await lockPlanned(tx, ctx, id)
    await refuseStrangers(tx, id, orderId, skuId)
    const [known] = await tx.select().from(waveMethods).where(eq(waveMethods.id, choiceId))
    if (known && (known.waveId !== id || known.orderId !== orderId || known.skuId !== skuId))
      throw new Fault('id_reused')
    if (known && known.method === method && known.reason === reason) return choiceDocs(tx, id)
    await tx
      .delete(waveMethods)
      .where(
        and(
          eq(waveMethods.waveId, id),
          orderId ? eq(waveMethods.orderId, orderId) : isNull(waveMethods.orderId),
          skuId ? eq(waveMethods.skuId, skuId) : isNull(waveMethods.skuId),
        ),
      )
    if (method)
      await tx.insert(waveMethods).values({
        id: choiceId,
        waveId: id,
        orderId,
        skuId,
        method,
        reason,
        personId,
        at: ctx.now,
      })
    const payload = { orderId, skuId, method, reason }
    await emit(tx, ctx, { type: 'wave.method_chosen', subjectId: id, hubId: wave.hubId, payload })
    return choiceDocs(tx, id)
  })
}

export async function lockPlanned(tx: Tx, ctx: Ctx, id: string): Promise<typeof waves.$inferSelect> {
  const wave = found((await tx.select().from(waves).where(eq(waves.id, id)).for('no key update'))[0])
  allow(ctx, 'wave.release', { hubId: wave.hubId })
  if (wave.status !== 'planned') throw new Fault('wrong_state')
  return wave
}

/** An order of another wave, or a pack that nobody of this wave wants, is not there. */
async function refuseStrangers(
  tx: Tx,
  waveId: string,
  orderId: string | null,
  skuId: string | null,
): Promise<void> {
  if (orderId !== null)
    found(
      (
        await tx
          .select()
          .from(waveOrders)
          .where(and(eq(waveOrders.orderId, orderId), eq(waveOrders.waveId, waveId)))
      )[0],
    )
  if (skuId === null) return
  const wanted = await tx.execute(sql`
    select 1 from wave_orders w join order_lines n on n.order_id = w.order_id
    where w.wave_id = ${waveId} and n.sku_id = ${skuId} ${orderId ? sql`and w.order_id = ${orderId}` : sql``} limit 1`)
  if (wanted.length === 0) throw new Fault('not_found')
}
