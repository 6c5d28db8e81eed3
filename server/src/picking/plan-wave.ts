import { waves } from '@huming/db/schema/picking'
import { newId } from '@huming/shared/ids'
import { and, eq, max, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { inTransaction } from '../kernel/transaction.ts'

/**
 * Puts the frozen orders of a hub's delivery day that are in no wave into its planned wave, making one if need be.
 * Doing it again changes nothing. Returns the planned wave's id, or null when there is nothing to pick.
 */
export async function planWave(ctx: Ctx, night: { hubId: string; day: string }): Promise<string | null> {
  allow(ctx, 'wave.release', { hubId: night.hubId })
  return inTransaction(ctx, async (tx) => {
    await lockNight(tx, night)
    const [planned] = await tx
      .select({ id: waves.id })
      .from(waves)
      .where(and(eq(waves.hubId, night.hubId), eq(waves.day, night.day), eq(waves.status, 'planned')))
      .orderBy(waves.seq)
      .limit(1)
      // One that is being released is waited for, and is no planned one any more.
      .for('no key update')
    const waiting = await waitingOrders(tx, night)
    if (waiting === 0) return planned?.id ?? null
    const waveId = planned?.id ?? (await openWave(tx, ctx, night))
    const joined = await tx.execute<{ id: string }>(sql`
      insert into wave_orders (order_id, wave_id)
      select o.id, ${waveId}::uuid from orders o
      where o.hub_id = ${night.hubId} and o.day = ${night.day} and o.status = 'frozen'
        and not exists (select 1 from wave_orders w where w.order_id = o.id)
      on conflict do nothing returning order_id as id`)
    await emit(tx, ctx, {
      type: 'wave.planned',
      subjectId: waveId,
      hubId: night.hubId,
      payload: { day: night.day, joined: joined.length },
    })
    return waveId
  })
}

/** One at a time makes or parts the waves of a hub's day. */
export async function lockNight(tx: Tx, night: { hubId: string; day: string }): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${night.hubId}/${night.day}`}, 3))`)
}

async function waitingOrders(tx: Tx, night: { hubId: string; day: string }): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(sql`
    select count(*) as n from orders o where o.hub_id = ${night.hubId} and o.day = ${night.day} and o.status = 'frozen'
      and not exists (select 1 from wave_orders w where w.order_id = o.id)`)
  return row?.n ?? 0
}

async function openWave(tx: Tx, ctx: Ctx, night: { hubId: string; day: string }): Promise<string> {
  const [last] = await tx
    .select({ seq: max(waves.seq) })
    .from(waves)
    .where(and(eq(waves.hubId, night.hubId), eq(waves.day, night.day)))
  const id = newId()
  await tx
    .insert(waves)
    .values({ id, ...night, seq: (last?.seq ?? 0) + 1, status: 'planned', createdAt: ctx.now, summary: {} })
  return id
}
