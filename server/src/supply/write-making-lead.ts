import { skus } from '@huming/db/schema/catalogue'
import { makingLeads } from '@huming/db/schema/inbound'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { BUYER_CLASS_IDS } from '@huming/shared/reference/buyer-classes'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { termsOf } from '../orders/calendar.ts'
import { readCalendar } from '../orders/rows.ts'
import { readCallOffTimes, readGoodsOf, readSteps, readWindows } from './timeline-rows.ts'
import { callOffAt, type Goods, timelineOf } from './timeline-rules.ts'

type Leads = ContractReply<Contracts['timeline.listMakingLeads']>
type Body = ContractParsed<Contracts['timeline.writeMakingLead']>['body']

/** The packs of a supplier with the hours their making takes; packs that lie ready have 0 or none. */
export async function listMakingLeads(ctx: Ctx, orgId: string): Promise<Leads> {
  allow(ctx, 'catalogue.manage', { orgId })
  const rows = await ctx.db.execute<Leads['items'][number]>(sql`
    select k.id as "skuId", p.name, p.name_en as "nameEn", k.spec, k.zone, m.making_hours as "makingHours",
      coalesce(m.mode, 'road') as mode
    from skus k join products p on p.id = k.product_id left join making_leads m on m.sku_id = k.id
    where k.org_id = ${orgId} and k.archived_at is null and p.archived_at is null
    order by p.name, k.spec, k.id limit 300`)
  return { items: [...rows] }
}

/**
 * Says how many hours a pack needs from call-off to goods made, and how it travels. More than the hubs' call-offs
 * leave is refused with the most that would do: such goods are made ahead and taken from what is there (0 hours).
 */
export async function writeMakingLead(ctx: Ctx, skuId: string, body: Body): Promise<{ ok: true }> {
  allow(ctx, 'product.write')
  return inTransaction(ctx, async (tx) => {
    const [sku] = await tx.select({ orgId: skus.orgId }).from(skus).where(eq(skus.id, skuId))
    allow(ctx, 'product.write', { orgId: found(sku).orgId })
    const goods = found((await readGoodsOf(tx, [skuId])).get(skuId))
    if (body.makingHours > 0) {
      const most = await hoursLeft(tx, ctx, skuId, { ...goods, mode: body.mode, makingHours: 0 })
      if (most !== null && body.makingHours > most)
        throw new Fault('making_too_long', '', {
          params: { hours: Math.max(0, most) },
          pointers: [{ pointer: '/body/makingHours', reason: 'too_long' }],
        })
    }
    await tx
      .insert(makingLeads)
      .values({ skuId, ...body })
      .onConflictDoUpdate({ target: makingLeads.skuId, set: body })
    await emit(tx, ctx, {
      type: 'lead.written',
      subjectId: skuId,
      orgId: found(sku).orgId,
      payload: { ...body },
    })
    return { ok: true }
  })
}

/** The whole hours that the call-offs of the hubs it goes to leave for making; null where none is timed. */
async function hoursLeft(tx: Tx, ctx: Ctx, skuId: string, goods: Goods): Promise<number | null> {
  const hubs = await tx.execute<{ id: string }>(
    sql`select distinct hub_id as id from lots where sku_id = ${skuId} order by 1`,
  )
  const day = addDays(serviceDayOf(ctx.now), 7)
  const slack: number[] = []
  for (const { id } of hubs) slack.push(...(await slackAt(tx, ctx, id, goods, day)))
  return slack.length > 0 ? Math.floor(Math.min(...slack) / 3_600_000) : null
}

/** Milliseconds between each class's call-off and the instant at which making must begin. */
async function slackAt(tx: Tx, ctx: Ctx, hubId: string, goods: Goods, day: ServiceDay): Promise<number[]> {
  const [steps, times, windows] = [
    await readSteps(tx, hubId),
    await readCallOffTimes(tx, hubId),
    await readWindows(tx, hubId),
  ]
  if (steps.length === 0) return []
  const { terms } = await readCalendar(ctx, hubId, day, day)
  return BUYER_CLASS_IDS.flatMap((buyerClass) => {
    const way = timelineOf(steps, goods, { buyerClass, day, windowFrom: windows.get(buyerClass) ?? 0 })
    if (typeof way === 'string') return []
    const calledAt = callOffAt(times, buyerClass, day) ?? termsOf(terms, hubId, buyerClass, day).cutOffAt
    return [way.callBy.getTime() - calledAt.getTime()]
  })
}
