/** How to reach Stripe; read from the environment. */
export type StripeSettings = {
  readonly secretKey: string
  readonly publishableKey: string
  readonly webhookSecret: string
  /** Address of the local stand-in; null: the real Stripe. */
  readonly host: URL | null
}
type Env = Readonly<Record<string, string | undefined>>

const needed = ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET'] as const

/**
 * Settings of Stripe from `STRIPE_SECRET_KEY`, `STRIPE_PUBLISHABLE_KEY`, `STRIPE_WEBHOOK_SECRET` and, for the
 * stand-in, `STRIPE_HOST`. Null without a secret key: then people pay on credit and by bank transfer. Throws when only
 * some are set, for a product that takes money but never hears of it is worse than none.
 */
export function stripeOf(env: Env): StripeSettings | null {
  if (!env['STRIPE_SECRET_KEY']) return null
  const missing = needed.filter((name) => !env[name])
  if (missing.length > 0)
    throw new Error(`With STRIPE_SECRET_KEY, ${missing.join(' and ')} must be set, too.`)
  return {
    secretKey: env['STRIPE_SECRET_KEY'],
    publishableKey: env['STRIPE_PUBLISHABLE_KEY'] as string,
    webhookSecret: env['STRIPE_WEBHOOK_SECRET'] as string,
    host: env['STRIPE_HOST'] ? new URL(env['STRIPE_HOST']) : null,
  }
}
