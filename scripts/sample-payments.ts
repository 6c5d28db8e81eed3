import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'

/** Settings under which the product pays with sample money at the stand-in, and what the stand-in needs. */
export async function samplePayments(address: string): Promise<Record<string, string>> {
  const port = await freePort()
  const secret = () => randomBytes(16).toString('hex')
  return {
    STRIPE_SECRET_KEY: `sk_test_sample_${secret()}`,
    STRIPE_PUBLISHABLE_KEY: 'pk_test_sample',
    STRIPE_WEBHOOK_SECRET: `whsec_sample_${secret()}`,
    STRIPE_HOST: `http://127.0.0.1:${port}`,
    STAND_IN_PORT: String(port),
    STAND_IN_HOOK: `${address}/api/payments/webhook`,
  }
}

/** A port that nobody listens on just now. */
const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
