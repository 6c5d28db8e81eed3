import { waves } from '@huming/db/schema/picking'
import { and, eq, max, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockPlanned } from './choose-method.ts'
import { lockNight } from './plan-wave.ts'

/**
 * Moves the orders of some districts out of a planned wave into a wave of their own, so that a group of routes is
 * picked and leaves first. All or none of the orders is `wave_empty`. A repeat changes nothing.
 */
export async function splitWave(
  ctx: Ctx,
  fromId: string,
  { id, districts }: { id: string; districts: readonly string[] },
): Promise<void> {
  allow(ctx, 'wave.release')
  await inTransaction(ctx, async (tx) => {
    const [known] = await tx.select().from(waves).where(eq(waves.id, id))
    const [source] = await tx.select().from(waves).where(eq(waves.id, fromId))
    if (source) await lockNight(tx, source)
    const from = await lockPlanned(tx, ctx, fromId)
    if (known) {
      if (known.hubId !== from.hubId || known.day !== from.day) throw new Fault('id_reused')
      return
    }
    const { hubId, day } = from
    const [last] = await tx
      .select({ seq: max(waves.seq) })
      .from(waves)
      .where(and(eq(waves.hubId, hubId), eq(waves.day, day)))
    const seq = (last?.seq ?? 0) + 1
    await tx.insert(waves).values({ id, hubId, day, seq, status: 'planned', createdAt: ctx.now, summary: {} })
    const moved = await tx.execute(sql`
      update wave_orders w set wave_id = ${id} from orders o join sites s on s.id = o.site_id
      where w.wave_id = ${fromId} and o.id = w.order_id and s.district_code in ${[...districts]} returning w.order_id`)
    const [left] = await tx.execute<{ n: number }>(
      sql`select count(*) as n from wave_orders where wave_id = ${fromId}`,
    )
    if (moved.length === 0 || (left?.n ?? 0) === 0) throw new Fault('wave_empty')
    const payload = { day, from: fromId, districts: [...districts], joined: moved.length }
    await emit(tx, ctx, { type: 'wave.planned', subjectId: id, hubId, payload })
  })
}
