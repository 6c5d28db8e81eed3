import { organisations } from '@huming/db/schema/accounts'
import { connectAccounts } from '@huming/db/schema/connect'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { asc, eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { done } from '../kernel/routes.ts'
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
      refresh_url: `${origin}/ops/refunds`,
      return_url: `${origin}/ops/refunds`,
    })
    return { url: settings.host ? new URL(link.url, settings.host).href : link.url }
  } catch (error) {
    ctx.log.warn({ failure: failureOf(error), orgId }, 'account link')
    throw new Fault('provider_unreachable')
  }
}

export async function listConnect(ctx: Ctx): Promise<ContractReply<Contracts['connect.list']>> {
  allow(ctx, 'payment.desk')
  const rows = await ctx.db
    .select({
      orgId: connectAccounts.orgId,
      name: organisations.name,
      accountId: connectAccounts.providerAccountId,
      payoutsEnabled: connectAccounts.payoutsEnabled,
      createdAt: connectAccounts.createdAt,
    })
    .from(connectAccounts)
    .innerJoin(organisations, eq(organisations.id, connectAccounts.orgId))
    .orderBy(asc(connectAccounts.createdAt), asc(connectAccounts.orgId))
  return { items: rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })) }
}
