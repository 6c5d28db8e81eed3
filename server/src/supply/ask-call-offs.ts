import { callOffs } from '@huming/db/schema/supply'
import { nextStatus } from '@huming/shared/flows'
import { newId } from '@huming/shared/ids'
import { and, eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emitAll, type NewEvent } from '../kernel/emit.ts'
import { notify } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'

type Need = { orgId: string; skuId: string; quantity: number }
type Night = { hubId: string; day: string }

/**
 * After a cut-off: asks each supplier for what frozen orders of the day hold of its lots that are not yet on the
 * way, one call-off per pack. Asked again after a later cut-off it raises the quantity; nothing changes twice.
 * Returns how many call-offs are new or raised.
 */
export async function askCallOffs(ctx: Ctx, night: Night): Promise<number> {
  allow(ctx, 'wave.release', { hubId: night.hubId })
  return inTransaction(ctx, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${night.hubId}/${night.day}`}, 2))`)
    const asked: NewEvent[] = []
    for (const need of await needsOf(tx, night)) {
      const id = await ask(tx, ctx, night, need)
      if (id)
        asked.push({
          type: 'callOff.asked',
          subjectId: id,
          orgId: need.orgId,
          hubId: night.hubId,
          payload: { day: night.day, skuId: need.skuId, quantity: need.quantity },
        })
    }
    await emitAll(tx, ctx, asked)
    for (const [orgId, count] of countByOrg(asked))
      await notify(tx, { orgId, key: 'notice.call_offs', params: { day: night.day, count }, at: ctx.now })
    return asked.length
  })
}

async function needsOf(tx: Tx, night: Night): Promise<Need[]> {
  const rows = await tx.execute<Need>(sql`
    select l.org_id as "orgId", l.sku_id as "skuId", sum(r.quantity)::int8 as quantity
    from orders o join order_lines n on n.order_id = o.id join promises r on r.order_line_id = n.id
    join lots l on l.id = r.lot_id
    where o.hub_id = ${night.hubId} and o.day = ${night.day} and o.status = 'frozen'
      and l.stage in ('planned', 'made')
    group by l.org_id, l.sku_id order by l.org_id, l.sku_id`)
  return [...rows]
}

/** The call-off's id when it is new or asks for more than before; else null. */
async function ask(tx: Tx, ctx: Ctx, night: Night, need: Need): Promise<string | null> {
  const one = and(
    eq(callOffs.orgId, need.orgId),
    eq(callOffs.hubId, night.hubId),
    eq(callOffs.day, night.day),
    eq(callOffs.skuId, need.skuId),
  )
  const [before] = await tx.select().from(callOffs).where(one).for('update')
  if (!before) {
    const id = newId()
    await tx.insert(callOffs).values({ id, ...night, ...need, status: 'asked', createdAt: ctx.now })
    return id
  }
  if (need.quantity <= (before.confirmedQuantity ?? before.quantity)) return null
  const status = before.status === 'asked' ? 'asked' : nextStatus('callOff', before.status, 'ask_more')
  if (!status) return null
  await tx
    .update(callOffs)
    .set({ quantity: need.quantity, status, confirmedQuantity: null, answerNote: '', answeredAt: null })
    .where(eq(callOffs.id, before.id))
  return before.id
}

function countByOrg(asked: readonly NewEvent[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { orgId } of asked) if (orgId) counts.set(orgId, (counts.get(orgId) ?? 0) + 1)
  return counts
}
