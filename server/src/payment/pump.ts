import { type Base, systemCtx } from '../kernel/ctx.ts'
import { followEvents } from './follow-events.ts'
import { expirePayments, findEvents, lookAfter } from './look-after.ts'
import { makeCalls } from './make-calls.ts'
import { stripeClient } from './provider.ts'
import type { StripeSettings } from './settings.ts'

/** Events after which the provider has something to be asked or read at once. */
export const payingEvents: ReadonlySet<string> = new Set([
  'payment.asked',
  'refund.approved',
  'connect.asked',
  'provider.told',
])

/** Batches of one go; what is left waits for the next. */
const batchesMax = 40

/** Makes the calls and follows the news that are due now. Without settings there is no provider and nothing to do. */
export async function pump(
  base: Base,
  settings: StripeSettings | null,
  clock: () => Date = () => new Date(),
): Promise<number> {
  if (!settings) return 0
  const stripe = stripeClient(settings)
  let done = 0
  for (let i = 0; i < batchesMax; i += 1) {
    const ctx = systemCtx(base, 'payments', clock())
    const now = (await makeCalls(ctx, stripe)) + (await followEvents(ctx, stripe))
    done += now
    if (now === 0) break
  }
  return done
}

/** What the clock asks for: look after what is open, find what no notice told, give up what nobody paid. */
export async function lookAround(
  base: Base,
  settings: StripeSettings | null,
  clock: () => Date = () => new Date(),
): Promise<number> {
  const ctx = systemCtx(base, 'clock:payments', clock())
  const expired = await expirePayments(ctx)
  if (!settings) return expired
  const stripe = stripeClient(settings)
  const looked = await lookAfter(ctx, stripe)
  const found = await findEvents(ctx, stripe)
  return expired + looked + found + (await pump(base, settings, clock))
}
