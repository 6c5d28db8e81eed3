import { providerEvents } from '@huming/db/schema/payment'
import { newId } from '@huming/shared/ids'
import type { Stripe } from 'stripe'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { stripeClient } from './provider.ts'
import type { StripeSettings } from './settings.ts'

/** Kinds of news that are followed; the others are taken and forgotten. */
const followed = /^(payment_intent|charge|refund|transfer|account)\./

/**
 * Takes a notice of the provider: the signature over the raw body must be right and young (5 minutes), each event is
 * stored once. It says only where to look; what counts is read from the provider afterwards. Refuses with
 * `webhook_not_signed`.
 */
export async function takeWebhook(
  ctx: Ctx,
  settings: StripeSettings | null,
  body: unknown,
  signature: unknown,
): Promise<{ ok: true }> {
  if (!settings) throw new Fault('payment_method_off')
  if (!Buffer.isBuffer(body) || typeof signature !== 'string') throw new Fault('webhook_not_signed')
  const event = verified(settings, body, signature)
  await inTransaction(ctx, (tx) => storeEvent(tx, ctx, event, 'told'))
  return { ok: true }
}

function verified(settings: StripeSettings, body: Buffer, signature: string): Stripe.Event {
  try {
    return stripeClient(settings).webhooks.constructEvent(body, signature, settings.webhookSecret)
  } catch {
    throw new Fault('webhook_not_signed')
  }
}

/** Stores an event of the provider once, and wakes the job that follows it. Returns whether it was new. */
export async function storeEvent(
  tx: Tx,
  ctx: Pick<Ctx, 'actor' | 'now'>,
  event: Stripe.Event,
  way: 'told' | 'found',
): Promise<boolean> {
  if (!followed.test(event.type)) return false
  const [row] = await tx
    .insert(providerEvents)
    .values({
      id: event.id.slice(0, 100),
      type: event.type.slice(0, 100),
      objectId: objectOf(event).slice(0, 100),
      way,
      receivedAt: ctx.now,
      nextTryAt: ctx.now,
    })
    .onConflictDoNothing()
    .returning({ id: providerEvents.id })
  if (row)
    await emit(tx, ctx, { type: 'provider.told', subjectId: newId(), payload: { providerEventId: row.id } })
  return row !== undefined
}

/** What to read again: a charge is read by its payment. */
function objectOf(event: Stripe.Event): string {
  const object = event.data.object as { id?: unknown; object?: unknown; payment_intent?: unknown }
  const id = object.object === 'charge' ? object.payment_intent : object.id
  return typeof id === 'string' ? id : ''
}
