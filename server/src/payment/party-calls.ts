import type { providerCalls } from '@huming/db/schema/payment'
import type { Stripe } from 'stripe'
import type { Ctx } from '../kernel/ctx.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { applyAccount } from './sync-account.ts'

export type ProviderCall = typeof providerCalls.$inferSelect

/** Keys are forgotten by the provider after 24 hours: from here on it is asked first what it knows. */
const keyLifeMs = 23 * 3_600_000

/**
 * The same key until the provider has answered that it broke: it keeps that answer under the key, so the next try,
 * after a look at what it made, needs another one. So does a try after the key's life.
 */
export function keyOf(call: ProviderCall, now: Date): string {
  const old = now.getTime() - call.createdAt.getTime() > keyLifeMs ? `-${now.toISOString().slice(0, 10)}` : ''
  return `${call.id}-${call.params['keyNo'] ?? 0}${old}`
}

/** Money to a party's account at the provider: `params` has amount, account and the batch as its group. */
export async function makeTransfer(ctx: Ctx, stripe: Stripe, call: ProviderCall): Promise<string> {
  const group = String(call.params['group'])
  const made =
    call.attempts > 1 ? (await stripe.transfers.list({ transfer_group: group, limit: 100 })).data : []
  const known = made.find((one) => one.metadata['payout_id'] === call.subjectId)
  if (known) return known.id
  const params = {
    amount: Number(call.params['amount']),
    currency: 'cny',
    destination: String(call.params['account']),
    transfer_group: group,
    metadata: { payout_id: call.subjectId },
  }
  return (await stripe.transfers.create(params, { idempotencyKey: keyOf(call, ctx.now) })).id
}

/** A part of a transfer back: `params` has the transfer and the amount. */
export async function makeReversal(ctx: Ctx, stripe: Stripe, call: ProviderCall): Promise<string> {
  const id = String(call.params['transfer'])
  const made = call.attempts > 1 ? (await stripe.transfers.listReversals(id, { limit: 100 })).data : []
  const known = made.find((one) => one.metadata?.['reversal_id'] === call.subjectId)
  if (known) return known.id
  const params = { amount: Number(call.params['amount']), metadata: { reversal_id: call.subjectId } }
  return (await stripe.transfers.createReversal(id, params, { idempotencyKey: keyOf(call, ctx.now) })).id
}

/** An account for a party; one made twice after a lost answer stays unused. */
export async function makeAccount(ctx: Ctx, stripe: Stripe, call: ProviderCall): Promise<string> {
  const account = await stripe.accounts.create(
    { type: 'express', metadata: { org_id: call.subjectId } },
    { idempotencyKey: keyOf(call, ctx.now) },
  )
  await inTransaction(ctx, (tx) => applyAccount(tx, ctx, account))
  return account.id
}
