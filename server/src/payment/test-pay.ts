import { makeOrg } from '@huming/db/factories'
import { ledgerAccounts } from '@huming/db/schema/ledger'
import { receivingAccounts } from '@huming/db/schema/payment'
import { newId } from '@huming/shared/ids'
import type { AccountPurpose } from '@huming/shared/ledger-words'
import { and, eq } from 'drizzle-orm'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { lookAround, pump } from './pump.ts'
import type { StripeSettings } from './settings.ts'
import { type StandIn, standIn } from './stand-in/app.ts'
import { FaultPlan, type FaultRates } from './stand-in/faults.ts'

const secretKey = 'sk_test_stand_in'
const webhookSecret = 'whsec_stand_in'

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** The real app, listening, with the stand-in as its provider and a house with a bank account. */
export type PayWorld = {
  t: TestApp
  house: { id: string }
  finance: Guest
  second: Guest
  provider: StandIn
  settings: Writable<StripeSettings>
  /** Does what the jobs would: calls and news due at the time. */
  work: () => Promise<void>
  /** Does what the clock would. */
  look: () => Promise<void>
  /** A buyer with a person who pays. */
  buyer: (limitFen?: number) => Promise<{ id: string; name: string; payer: Guest }>
  /** Net of an account, debits less credits. */
  net: (orgId: string, purpose: AccountPurpose) => Promise<number>
  close: () => Promise<void>
}

export async function payWorld(rates: FaultRates = {}, seed = 1): Promise<PayWorld> {
  // The address of each must be known to the other: a port is taken for the product first.
  const settings: Writable<StripeSettings> = {
    secretKey,
    publishableKey: 'pk_test_stand_in',
    webhookSecret,
    host: new URL('http://127.0.0.1:1'),
  }
  const t = await testApp({ stripe: settings })
  const address = await t.app.listen({ port: 0, host: '127.0.0.1' })
  const hook = { url: `${address}/api/payments/webhook`, secret: webhookSecret }
  const provider = standIn({ secretKey, hook, plan: new FaultPlan(rates, seed) })
  settings.host = new URL(await provider.listen())
  const house = await makeOrg(t.db, 'operations')
  await t.db.insert(receivingAccounts).values({
    id: newId(),
    orgId: house.id,
    holder: '示例监管账户',
    bank: '示例银行上海分行',
    number: '6222000000000000001',
    validFrom: '2026-01-01',
    validTo: '2099-12-31',
    isSample: true,
  })
  const base = { db: t.db, sql: t.sql, log: t.app.log }
  return {
    t,
    house,
    finance: await t.guest(house, ['ops_finance']),
    second: await t.guest(house, ['ops_finance']),
    provider,
    settings,
    work: async () => void (await pump(base, settings)),
    look: async () => void (await lookAround(base, settings)),
    async buyer(limitFen) {
      const org = await makeOrg(t.db, 'buyer')
      await t.db
        .insert(ledgerAccounts)
        .values({ id: newId(), orgId: org.id, purpose: 'receivable', creditLimitFen: limitFen ?? 0 })
        .onConflictDoNothing()
      return { id: org.id, name: org.name, payer: await t.guest(org, ['buyer_finance']) }
    },
    async net(orgId, purpose) {
      const [row] = await t.db
        .select()
        .from(ledgerAccounts)
        .where(and(eq(ledgerAccounts.orgId, orgId), eq(ledgerAccounts.purpose, purpose)))
      return row ? row.debitsPostedFen - row.creditsPostedFen : 0
    },
    async close() {
      await provider.close()
      await t.close()
    },
  }
}
