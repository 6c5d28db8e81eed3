import { connectAccounts } from '@huming/db/schema/connect'
import { receivingAccounts } from '@huming/db/schema/payment'
import { newId } from '@huming/shared/ids'
import type { StripeSettings } from '../payment/settings.ts'
import { standIn } from '../payment/stand-in/app.ts'
import { signatureOf } from '../payment/stand-in/webhooks.ts'
import type { Guest, TestApp } from '../test-app.ts'
import { well } from './goods.fixture.ts'
import type { Parties, Shared } from './parties.fixture.ts'

const provider = standIn({ secretKey: 'sk_test_walk' })

/** The stand-in is the provider of the walk. */
export const walkStripe = {
  secretKey: 'sk_test_walk',
  publishableKey: 'pk_test_walk',
  webhookSecret: 'whsec_walk',
  host: new URL('http://127.0.0.1:1'),
} satisfies StripeSettings

/** A notice with a right signature, good for as long as the walk takes. */
export const signedNotice = (() => {
  const event = {
    id: 'evt_walk',
    object: 'event',
    type: 'payment_intent.created',
    data: { object: { id: 'pi_0' } },
  }
  const payload = JSON.stringify(event)
  const seconds = Math.floor(Date.now() / 1000) + 86_400
  return {
    payload,
    headers: {
      'content-type': 'application/json',
      'stripe-signature': signatureOf(payload, walkStripe.webhookSecret, seconds),
    },
  }
})()

const csv = { 'content-type': 'text/csv' }
export const statementFile = {
  payload: '流水号,交易日期,对方户名,贷方金额\nWALK-1,2026-11-24,示例,1.00\n',
  headers: csv,
}

/** The account that buyers of both sides pay into, and the provider, which ends with the test. */
export async function accountOf(t: TestApp, { operations }: Pick<Shared, 'operations'>): Promise<void> {
  walkStripe.host = new URL(await provider.listen())
  provider.app.server.unref()
  await t.db.insert(receivingAccounts).values({
    id: newId(),
    orgId: operations.id,
    holder: '示例监管账户',
    bank: '示例银行',
    number: '6222000000000000001',
    validFrom: '2020-01-01',
    validTo: '2099-12-31',
    isSample: true,
  })
}

/** A party's account at the provider, ready to be paid. */
async function accountAtProvider(t: TestApp, orgId: string): Promise<void> {
  const account = {
    ...provider.books.base('acct', 'account'),
    type: 'express',
    metadata: { org_id: orgId },
  }
  const enabled = { charges_enabled: true, payouts_enabled: true, details_submitted: true }
  provider.books.accounts.set(account.id, { ...account, ...enabled })
  await t.db.insert(connectAccounts).values({
    orgId: orgId,
    providerAccountId: account.id,
    payoutsEnabled: true,
    createdAt: new Date(),
  })
}

/** Makes lines of the bank in the state that a door asks for. */
function bankOf(t: TestApp, { orgs, guests }: Pick<Parties, 'orgs' | 'guests'>, second: Guest) {
  const imported = async () => {
    const serial = `WALK-${newId().slice(-12)}`
    const id = newId()
    const answer = await t.app.inject({
      method: 'PUT',
      url: `/api/bank-imports/${id}`,
      headers: { ...csv, cookie: guests.ops_finance.cookie },
      payload: `流水号,交易日期,对方户名,贷方金额\n${serial},2026-11-24,示例,1.00\n`,
    })
    well({ status: answer.statusCode, body: answer.json() })
    const lines = well(await t.call('bank.lines', { query: {} }, guests.ops_finance))
    return lines.items.find((line) => line.serial === serial)?.id as string
  }
  const assigned = async () => {
    const id = await imported()
    const body = { orgId: orgs.buyer.id, version: 1 }
    well(await t.call('bank.assign', { params: { id }, body }, guests.ops_finance))
    return id
  }
  const returning = async (by: Guest) => {
    const id = await imported()
    well(await t.call('bank.askReturn', { params: { id }, body: { reason: '示例', version: 1 } }, by))
    return id
  }
  const returned = async () => {
    const id = await returning(second)
    const body = { approve: true, version: 2 }
    well(await t.call('bank.decideReturn', { params: { id }, body }, guests.ops_finance))
    return id
  }
  return { imported, assigned, returning, returned }
}

/** Payments, lines of the bank and refunds of a side in every state that a door asks for. */
export async function paymentsOf(t: TestApp, { orgs, guests }: Parties) {
  await accountAtProvider(t, orgs.coop.id)
  const second = await t.guest(orgs.operations, ['ops_finance'])
  const start = async (amountFen = 10_000) => {
    const id = newId()
    const body = { method: 'transfer' as const, purpose: 'prepay' as const, amountFen }
    well(await t.call('payments.start', { params: { id }, body }, guests.buyer_finance))
    return { id, body }
  }
  const { imported, assigned, returning, returned } = bankOf(t, { orgs, guests }, second)
  const refund = async () => {
    const id = newId()
    const body = { paymentId: await assigned(), amountFen: 100, reason: '示例' }
    well(await t.call('refunds.ask', { params: { id }, body }, second))
    return { id, body }
  }
  const pending = await refund()
  const approve = { approve: true, version: 1 }
  well(await t.call('refunds.decide', { params: { id: pending.id }, body: approve }, guests.ops_finance))
  return {
    begun: await start(),
    toCancel: (await start()).id,
    made: await assigned(),
    toAssign: await imported(),
    toIgnore: await imported(),
    toReturn: await imported(),
    toDecide: await returning(second),
    toSettle: await returned(),
    asked: await refund(),
    pending: pending.id,
    /** A party with an account at the provider. */
    party: orgs.coop.id,
  }
}
