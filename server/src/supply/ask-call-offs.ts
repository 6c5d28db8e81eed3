import { callOffs } from '@huming/db/schema/supply'
import type { ServiceDay } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { newId } from '@huming/shared/ids'
import { and, eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emitAll, type NewEvent } from '../kernel/emit.ts'
import { notify } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { readGoodsOf, readSteps } from './timeline-rows.ts'
import { type Goods, type StepRow, timelineOf } from './timeline-rules.ts'

type Need = { orgId: string; skuId: string; quantity: number }
type ClassNeed = Need & { buyerClass: string; windowFrom: number }
/** The latest instants for what is called off, for the earliest of the windows it goes to. */
type By = {
  windowFrom: number
  dockBy: Date | null
  shipBy: Date | null
  makeBy: Date | null
  startBy: Date | null
}
type Night = { hubId: string; day: string; placed?: boolean }

/**
 * After a cut-off, or at the call-off time before it (`placed`: orders that still may change count too): asks each
 * supplier for what orders of the day hold of its lots that are not yet on the way, one call-off per pack, with the
 * instants at which it must be made, off the base and at the dock. Asked again it raises the quantity; nothing
 * changes twice. Returns how many call-offs are new or raised.
 */
export async function askCallOffs(ctx: Ctx, { hubId, day, placed = false }: Night): Promise<number> {
  allow(ctx, 'wave.release', { hubId })
  return inTransaction(ctx, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${hubId}/${day}`}, 2))`)
    const classNeeds = await needsOf(tx, { hubId, day, placed })
    const steps = await readSteps(tx, hubId)
    const goods = await readGoodsOf(tx, [...new Set(classNeeds.map((need) => need.skuId))])
    const asked: NewEvent[] = []
    for (const group of Map.groupBy(classNeeds, (need) => `${need.orgId} ${need.skuId}`).values()) {
      const [{ orgId, skuId }] = group as [ClassNeed]
      const need = { orgId, skuId, quantity: group.reduce((sum, one) => sum + one.quantity, 0) }
      const id = await ask(
        tx,
        ctx,
        { hubId, day },
        need,
        byOf(steps, goods.get(skuId), group, day as ServiceDay),
      )
      if (id)
        asked.push({
          type: 'callOff.asked',
          subjectId: id,
          orgId,
          hubId,
          payload: { day, skuId, quantity: need.quantity },
        })
    }
    await emitAll(tx, ctx, asked)
    for (const [orgId, count] of countByOrg(asked))
      await notify(tx, { orgId, key: 'notice.call_offs', params: { day, count }, at: ctx.now })
    return asked.length
  })
}

async function needsOf(tx: Tx, { hubId, day, placed }: Required<Night>): Promise<ClassNeed[]> {
  const statuses = placed ? sql`('placed', 'frozen')` : sql`('frozen')`
  const rows = await tx.execute<ClassNeed>(sql`
    select l.org_id as "orgId", l.sku_id as "skuId", b.buyer_class as "buyerClass",
      min(o.window_from)::int4 as "windowFrom", sum(r.quantity)::int8 as quantity
    from orders o join organisations b on b.id = o.org_id join order_lines n on n.order_id = o.id
    join promises r on r.order_line_id = n.id join lots l on l.id = r.lot_id
    where o.hub_id = ${hubId} and o.day = ${day} and o.status in ${statuses}
      and l.stage in ('planned', 'made')
    group by 1, 2, 3 order by 1, 2, 3`)
  return [...rows]
}

/** The tightest timeline over the classes that wait for the goods. */
function byOf(
  steps: readonly StepRow[],
  goods: Goods | undefined,
  needs: readonly ClassNeed[],
  day: ServiceDay,
): By {
  const windowFrom = Math.min(...needs.map((need) => need.windowFrom))
  const ways = needs.flatMap((need) => {
    const way = goods && timelineOf(steps, goods, { ...need, day })
    return way && typeof way !== 'string' ? [way] : []
  })
  const first = ways.reduce((a, b) => (a && a.shipBy <= b.shipBy ? a : b), ways[0])
  const { dockBy, shipBy, makeBy, startBy } = first ?? {
    dockBy: null,
    shipBy: null,
    makeBy: null,
    startBy: null,
  }
  return { windowFrom, dockBy, shipBy, makeBy, startBy }
}

/** The call-off's id when it is new or asks for more than before; else null. */
async function ask(
  tx: Tx,
  ctx: Ctx,
  night: { hubId: string; day: string },
  need: Need,
  by: By,
): Promise<string | null> {
  const one = and(
    eq(callOffs.orgId, need.orgId),
    eq(callOffs.hubId, night.hubId),
    eq(callOffs.day, night.day),
    eq(callOffs.skuId, need.skuId),
  )
  const [before] = await tx.select().from(callOffs).where(one).for('update')
  if (!before) {
    const id = newId()
    await tx.insert(callOffs).values({ id, ...night, ...need, ...by, status: 'asked', createdAt: ctx.now })
    return id
  }
  if (need.quantity <= (before.confirmedQuantity ?? before.quantity)) return null
  const status = before.status === 'asked' ? 'asked' : nextStatus('callOff', before.status, 'ask_more')
  if (!status) return null
  await tx
    .update(callOffs)
    .set({
      quantity: need.quantity,
      ...by,
      status,
      confirmedQuantity: null,
      answerNote: '',
      answeredAt: null,
    })
    .where(eq(callOffs.id, before.id))
  return before.id
}

function countByOrg(asked: readonly NewEvent[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { orgId } of asked) if (orgId) counts.set(orgId, (counts.get(orgId) ?? 0) + 1)
  return counts
}
