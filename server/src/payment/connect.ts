import { organisations } from '@huming/db/schema/accounts'
import { connectAccounts } from '@huming/db/schema/connect'
import { providerCalls } from '@huming/db/schema/payment'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { and, eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { done } from '../kernel/routes.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { queueCall } from './make-calls.ts'
import { failureOf, stripeClient } from './provider.ts'
import type { StripeSettings } from './settings.ts'

/** Parties that money is paid out to. */
const paidKinds: readonly string[] = ['coop', 'base', 'broker', 'carrier']

/**
 * Asks for an account at the provider for a party; made by a job. Whether the party may have one depends on its country
 * (Stripe opens none for businesses in mainland China): the provider says so, and the call then tells why it failed.
 */
export async function openConnect(ctx: Ctx, orgId: string, online: boolean): Promise<typeof done> {
  allow(ctx, 'payment.desk')
  if (!online) throw new Fault('payment_method_off')
  return inTransaction(ctx, async (tx) => {
    const [org] = await tx.select().from(organisations).where(eq(organisations.id, orgId))
    if (!paidKinds.includes(found(org).kind)) throw new Fault('connect_not_possible')
    // What the provider refused before is asked again, under a new key.
    await tx
      .delete(providerCalls)
      .where(
        and(
          eq(providerCalls.subjectId, orgId),
          eq(providerCalls.kind, 'account'),
          eq(providerCalls.status, 'failed'),
        ),
      )
    await queueCall(tx, ctx.now, { kind: 'account', subjectId: orgId })
    await emit(tx, ctx, { type: 'connect.asked', subjectId: orgId, orgId })
    return done
  })
}

/** A link at which the party tells the provider about itself; asked for now, outside of any transaction. */
export async function connectLink(
  ctx: Ctx,
  orgId: string,
  settings: StripeSettings | null,
  origin: string,
): Promise<{ url: string }> {
  allow(ctx, 'payment.desk')
  if (!settings) throw new Fault('payment_method_off')
  const [row] = await ctx.db.select().from(connectAccounts).where(eq(connectAccounts.orgId, orgId))
  const { providerAccountId } = found(row)
  try {
    const link = await stripeClient(settings, 8_000).accountLinks.create({
      account: providerAccountId,
      type: 'account_onboarding',
      refresh_url: `${origin}/ops/connect`,
      return_url: `${origin}/ops/connect`,
    })
    return { url: settings.host ? new URL(link.url, settings.host).href : link.url }
  } catch (error) {
    ctx.log.warn({ failure: failureOf(error), orgId }, 'account link')
    throw new Fault('provider_unreachable')
  }
}

type Connects = ContractReply<Contracts['connect.list']>

/** Parties that are paid, by name, with the state of their account at the provider. */
export async function listConnect(ctx: Ctx): Promise<Connects> {
  allow(ctx, 'payment.desk')
  const items = await docs<Connects['items'][number]>(
    ctx.db,
    sql`select o.id as "orgId", o.name, o.kind, a.provider_account_id as "accountId", a.created_at as "createdAt",
        case when a.payouts_enabled then 'ready' when a.org_id is not null then 'onboarding'
          when c.status = 'failed' then 'failed' when c.id is not null then 'asked' else 'none' end as state,
        case when a.org_id is null and c.status = 'failed' then c.last_error else '' end as failure
      from organisations o left join connect_accounts a on a.org_id = o.id
      left join provider_calls c on c.subject_id = o.id and c.kind = 'account'
      where o.kind = any(${bareArray(paidKinds)}::text[]) order by o.name, o.id limit 500`,
  )
  return { items }
}
