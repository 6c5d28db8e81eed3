import { connectAccounts } from '@huming/db/schema/connect'
import { eq } from 'drizzle-orm'
import type { Stripe } from 'stripe'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { inTransaction } from '../kernel/transaction.ts'

/** Notes the account made for a party, and whether it can be paid. */
export async function applyAccount(tx: Tx, ctx: Pick<Ctx, 'now'>, account: Stripe.Account): Promise<void> {
  const orgId = account.metadata?.['org_id']
  if (!orgId) return
  const payoutsEnabled = account.payouts_enabled
  await tx
    .insert(connectAccounts)
    .values({ orgId, providerAccountId: account.id, payoutsEnabled, createdAt: ctx.now })
    .onConflictDoNothing()
  await tx
    .update(connectAccounts)
    .set({ payoutsEnabled })
    .where(eq(connectAccounts.providerAccountId, account.id))
}

export async function syncAccount(ctx: Ctx, stripe: Stripe, accountId: string): Promise<void> {
  const account = await stripe.accounts.retrieve(accountId)
  await inTransaction(ctx, (tx) => applyAccount(tx, ctx, account))
}
