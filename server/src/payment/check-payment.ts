import { payments } from '@huming/db/schema/payment'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import { type Ctx, systemCtx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { stripeClient } from './provider.ts'
import type { StripeSettings } from './settings.ts'
import { syncIntent } from './sync-intent.ts'

type Reply = ContractReply<Contracts['payments.check']>

/**
 * Asks the provider now how a payment stands: the payer came back, or a person wants to know. It completes by the same
 * path as a notice, so who is later finds it done. Refuses with `provider_unreachable`; the clock asks again anyway.
 */
export async function checkPayment(ctx: Ctx, id: string, settings: StripeSettings | null): Promise<Reply> {
  allow(ctx, 'payment.read')
  const before = await read(ctx, id)
  allow(ctx, 'payment.read', { orgId: before.orgId })
  if (settings && before.providerIntentId && before.status !== 'succeeded') {
    try {
      const stripe = stripeClient(settings, 8_000)
      await syncIntent(systemCtx(ctx, 'payments', ctx.now), stripe, before.providerIntentId)
    } catch (error) {
      ctx.log.warn({ err: error, paymentId: id }, 'payment check')
      throw new Fault('provider_unreachable')
    }
  }
  const { status, version } = await read(ctx, id)
  return { id, status: status as Reply['status'], version }
}

async function read(ctx: Ctx, id: string): Promise<typeof payments.$inferSelect> {
  const [row] = await ctx.db.select().from(payments).where(eq(payments.id, id))
  return found(row)
}
