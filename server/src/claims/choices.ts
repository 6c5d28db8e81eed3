import { type ClaimRule, claimKinds, claimRuleFor } from '@huming/shared/claiming'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { Fault, found } from '../kernel/fault.ts'
import { claimRuleRows, deliveredLots, goodsColumns } from './rows.ts'

type Choices = ContractReply<Contracts['claims.choices']>

/** When a claim of a rule must be made: so many hours after delivery. */
export const limitOf = (deliveredAt: Date, rule: ClaimRule): Date =>
  new Date(deliveredAt.getTime() + rule.hours * 3_600_000)

/**
 * Goods of a delivered order that may be claimed, each kind with its time limit and photos. Refuses with `wrong_state`
 * an order that is not delivered, with `not_found` somebody else's.
 */
export async function readChoices(ctx: Ctx, orderId: string): Promise<Choices> {
  allow(ctx, 'claim.write')
  const [order] = await docs<{ orgId: string; number: string; status: string; deliveredAt: string | null }>(
    ctx.db,
    sql`select org_id as "orgId", number, status, delivered_at as "deliveredAt" from orders where id = ${orderId}`,
  )
  const { orgId, number, deliveredAt } = found(order)
  allow(ctx, 'claim.write', { orgId })
  if (deliveredAt === null || !['delivered', 'accepted'].includes(order?.status ?? ''))
    throw new Fault('wrong_state')
  const [lots, rules, goods, sources] = await Promise.all([
    deliveredLots(ctx.db, orderId),
    claimRuleRows(ctx.db),
    goodsOf(ctx, orderId),
    docs<{ id: string; source: string }>(ctx.db, sql`select id, source from claim_rules`),
  ])
  const at = new Date(deliveredAt)
  const day = serviceDayOf(at)
  return {
    orderNumber: number,
    deliveredAt: at.toISOString(),
    lines: lots.flatMap((lot) => {
      const about = goods.find((one) => one.orderLineId === lot.orderLineId && one.lotId === lot.lotId)
      if (!about) return []
      const kinds = claimKinds.flatMap((kind) => {
        const rule = claimRuleFor(rules, { skuId: lot.skuId, zone: lot.zone, kind, day })
        if (!rule || limitOf(at, rule) < ctx.now) return []
        const source = sources.find((one) => one.id === rule.id)?.source ?? ''
        return [{ kind, until: limitOf(at, rule).toISOString(), photosMin: rule.photosMin, source }]
      })
      return [{ ...about, delivered: lot.delivered, left: lot.delivered - lot.asked - lot.credited, kinds }]
    }),
  }
}

type Goods = Omit<Choices['lines'][number], 'delivered' | 'left' | 'kinds'>

const goodsOf = (ctx: Ctx, orderId: string): Promise<Goods[]> =>
  docs<Goods>(
    ctx.db,
    sql`select d.order_line_id as "orderLineId", ${goodsColumns} from deliveries d
      join order_lines y on y.id = d.order_line_id join skus k on k.id = y.sku_id join products p on p.id = k.product_id
      join lots l on l.id = d.lot_id join organisations u on u.id = y.supplier_org_id where d.order_id = ${orderId}`,
  )
