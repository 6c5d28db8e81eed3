import { payments } from '@huming/db/schema/payment'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { can } from '@huming/shared/permissions'
import { eq, sql } from 'drizzle-orm'
import { codeSvg } from '../documents/codes.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { type PaymentBrief, paymentColumns } from './payment-rows.ts'
import { isOnline } from './provider.ts'
import type { StripeSettings } from './settings.ts'

type Reply = ContractReply<Contracts['payments.read']>
type Row = PaymentBrief & { feeFen: number; allocations: Reply['allocations']; keptFen: number }

/** One payment; who may pay it learns how to go on at the provider, operations what the provider kept. */
export async function readPayment(ctx: Ctx, id: string, settings: StripeSettings | null): Promise<Reply> {
  allow(ctx, 'payment.read')
  const [payment] = await ctx.db.select().from(payments).where(eq(payments.id, id))
  allow(ctx, 'payment.read', { orgId: found(payment).orgId })
  const [row] = await docs<Row>(
    ctx.db,
    sql`select ${paymentColumns}, p.fee_fen as "feeFen",
        coalesce((select json_agg(json_build_object('statementId', a.statement_id, 'fen', a.fen) order by a.first)
          from (select statement_id, sum(fen)::int8 as fen, min(id::text) as first from payment_allocations
            where payment_id = p.id group by 1 having sum(fen) <> 0) a), '[]') as allocations
      from payments p join organisations o on o.id = p.org_id where p.id = ${id}`,
  )
  const { feeFen, allocations, ...brief } = found(row)
  const paid = allocations.reduce((sum, one) => sum + one.fen, 0)
  const lost = brief.dispute === 'lost' ? (brief.receivedFen ?? 0) - brief.refundedFen : 0
  return {
    ...brief,
    feeFen: can(ctx.actor, 'payment.desk') === true ? feeFen : null,
    allocations,
    prepaidFen: Math.max(0, (brief.receivedFen ?? 0) - brief.refundedFen - lost - paid),
    goOn: goOnOf(ctx, found(payment), settings),
  }
}

function goOnOf(
  ctx: Ctx,
  payment: typeof payments.$inferSelect,
  settings: StripeSettings | null,
): Reply['goOn'] {
  const { status, providerIntentId, clientSecret } = payment
  if (!settings || !providerIntentId || status !== 'open' || !isOnline(payment.method)) return null
  if (can(ctx.actor, 'payment.write', { orgId: payment.orgId }) !== true) return null
  const page = settings.host ? new URL(`/pay/${providerIntentId}`, settings.host) : null
  page?.searchParams.set('secret', clientSecret)
  page?.searchParams.set('method', payment.method)
  const scanned = page && payment.method !== 'card'
  return {
    publishableKey: settings.publishableKey,
    clientSecret,
    pageUrl: page?.href ?? null,
    qr: scanned ? codeSvg('qr', page.href) : null,
  }
}
