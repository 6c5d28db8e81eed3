import { standIn } from './app.ts'

/**
 * The stand-in as a process of its own, for the product on sample data: `STAND_IN_PORT`, `STAND_IN_HOOK` (where notices
 * go), `STRIPE_SECRET_KEY`, `STRIPE_WEBHOOK_SECRET`. Its books live as long as it does.
 */
const env = process.env
const provider = standIn({
  secretKey: env['STRIPE_SECRET_KEY'] ?? '',
  hook: { url: env['STAND_IN_HOOK'] ?? '', secret: env['STRIPE_WEBHOOK_SECRET'] ?? '' },
  refundsEndAfterMs: 5_000,
})
let closing: Promise<void> | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    closing ??= provider.close().then(() => process.exit(0))
  })
await provider.listen(Number(env['STAND_IN_PORT'] ?? 0))
