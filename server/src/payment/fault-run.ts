import { setTimeout as sleep } from 'node:timers/promises'
import { payments, refunds } from '@huming/db/schema/payment'
import { newId } from '@huming/shared/ids'
import { and, eq, sql } from 'drizzle-orm'
import { type Base, type Ctx, systemCtx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { checkPayment } from './check-payment.ts'
import { type Comparison, compareBooks } from './fault-run-checks.ts'
import { lookAround, pump } from './pump.ts'
import { askRefund, decideRefund } from './refund-desk.ts'
import type { StripeSettings } from './settings.ts'
import type { StandIn } from './stand-in/app.ts'
import { FaultPlan, type FaultRates } from './stand-in/faults.ts'
import { act } from './stand-in/pay-page.ts'
import { cancelPayment, startPayment } from './start-payment.ts'

/** Everything goes wrong, often: per 1,000 notices or calls. */
export const allFaults: FaultRates = {
  repeat: 150,
  reorder: 250,
  delay: 150,
  lose: 120,
  forge: 40,
  error_before: 15,
  error_after: 15,
  hang_after: 15,
  busy: 15,
}

export type FaultRunOptions = {
  readonly base: Base
  readonly provider: StandIn
  readonly settings: StripeSettings
  readonly buyers: readonly { orgId: string; personId: string }[]
  /** Two people of finance. */
  readonly desk: readonly [{ orgId: string; personId: string }, { orgId: string; personId: string }]
  readonly payments: number
  readonly seed: number
  readonly say?: (line: string) => void
}
export type FaultRunResult = { payments: number; faults: number } & Comparison

const methods = ['card', 'alipay', 'wechat_pay'] as const
const starters = 12
const workers = 3
/** Payers that look at their screen at one time. */
const waitingMax = 300

/**
 * Buyers pay, fail, give up, come back at the wrong moment, are refunded and dispute, while the provider and the
 * network between fail by plan. Afterwards everything is given time, and the provider's books are compared with ours.
 */
export async function faultRun(options: FaultRunOptions): Promise<FaultRunResult> {
  const { base, provider, settings, say = () => {} } = options
  const dice = new FaultPlan({}, options.seed * 7919 + 1)
  const run = { ...options, dice, waiting: new Set<string>(), begun: 0, starting: 0, stop: false }
  const jobs = Array.from({ length: workers }, () => keepPumping(run))
  const looking = keepLooking(run)
  try {
    await Promise.all([...Array.from({ length: starters }, () => keepStarting(run)), keepPaying(run)])
    say(
      `${run.begun} payments begun, ${provider.books.charges.size} paid, ${provider.plan.total} faults so far`,
    )
    await disputeSome(run)
    await drain(run)
  } finally {
    run.stop = true
    await Promise.all([...jobs, looking])
  }
  await settle(base, settings, provider)
  const compared = await compareBooks(base.sql, provider.books)
  const forged = provider.deliveries?.forgedTaken ?? 0
  return {
    payments: run.begun,
    faults: provider.plan.total,
    ...compared,
    unbalanced: compared.unbalanced + forged,
  }
}

type Run = FaultRunOptions & {
  dice: FaultPlan
  waiting: Set<string>
  begun: number
  starting: number
  stop: boolean
}

const as = (
  base: Base,
  who: { orgId: string; personId: string },
  role: 'buyer_finance' | 'ops_finance',
): Ctx => ({
  ...systemCtx(base, 'fault-run'),
  actor: {
    kind: 'person',
    ...who,
    orgKind: role === 'buyer_finance' ? 'buyer' : 'operations',
    roles: [role],
    principalIds: [],
    hubIds: [],
    sessionId: who.personId,
  },
})

async function keepStarting(run: Run): Promise<void> {
  while (run.begun < run.payments) {
    const buyer = run.buyers[run.begun++ % run.buyers.length] as (typeof run.buyers)[number]
    const method = methods[run.dice.number(methods.length)] as (typeof methods)[number]
    const id = newId()
    const body = {
      method,
      purpose: 'prepay' as const,
      subjectId: null,
      amountFen: 100 + run.dice.number(5_000_000),
    }
    const start = () => startPayment(as(run.base, buyer, 'buyer_finance'), id, body, true)
    run.starting += 1
    // Some tap twice.
    await (run.dice.number(20) === 0 ? Promise.all([start(), start()]) : start())
    run.waiting.add(id)
    run.starting -= 1
    while (run.waiting.size > waitingMax) await sleep(20)
  }
}

/** Payers act on what the product shows them: an open payment. */
async function keepPaying(run: Run): Promise<void> {
  const patience = Date.now() + 60_000 + run.payments * 200
  for (;;) {
    const ids = [...run.waiting]
    const open = await run.base.db
      .select()
      .from(payments)
      .where(
        sql`${payments.id} = any(${bareArray(ids)}::uuid[]) and ${payments.status} = 'open' and ${payments.providerIntentId} is not null`,
      )
    for (const row of open) run.waiting.delete(row.id)
    for (let i = 0; i < open.length; i += 16)
      await Promise.all(open.slice(i, i + 16).map((row) => payOne(run, row)))
    if (run.begun >= run.payments && run.starting === 0 && run.waiting.size === 0) return
    if (Date.now() > patience) throw new Error('payments were not opened in time')
    await sleep(20)
  }
}

async function payOne(run: Run, row: typeof payments.$inferSelect): Promise<void> {
  const { books } = run.provider
  const intent = books.intents.get(row.providerIntentId as string)
  if (!intent) throw new Error('a payment is open whose intent the provider does not know')
  const payer = as(run.base, { orgId: row.orgId, personId: row.createdBy as string }, 'buyer_finance')
  const roll = run.dice.number(100)
  if (roll < 8) act(books, intent, row.method, 'fail')
  // Fails and stays unpaid.
  if (roll < 3) return
  const back = run.dice.number(3) === 0 ? quiet(checkPayment(payer, row.id, run.settings)) : null
  const gaveUp = roll > 95 ? quiet(cancelPayment(payer, row.id, row.version)) : null
  if (roll !== 99) act(books, intent, row.method, 'succeed')
  await Promise.all([back, gaveUp])
  if (run.dice.number(3) === 0) await quiet(checkPayment(payer, row.id, run.settings))
  if (run.dice.number(12) === 0) await refundOne(run, row.id)
}

async function refundOne(run: Run, paymentId: string): Promise<void> {
  const [row] = await run.base.db
    .select()
    .from(payments)
    .where(and(eq(payments.id, paymentId), eq(payments.status, 'succeeded')))
  if (!row?.receivedFen) return
  const id = newId()
  const amountFen = run.dice.number(2) === 0 ? row.receivedFen : Math.ceil(row.receivedFen / 3)
  const [first, second] = run.desk
  await askRefund(as(run.base, first, 'ops_finance'), id, { paymentId, amountFen, reason: '示例' })
  await decideRefund(as(run.base, second, 'ops_finance'), id, { approve: true, version: 1 }, true)
}

/** Refusals are part of the play; anything else ends it. */
async function quiet(asked: Promise<unknown>): Promise<void> {
  try {
    await asked
  } catch (error) {
    if (!(error instanceof Fault)) throw error
  }
}

async function keepPumping(run: Run): Promise<void> {
  // What breaks is tried again, as the queue does.
  while (!run.stop) if ((await pump(run.base, run.settings).catch(() => 0)) === 0) await sleep(30)
}

async function keepLooking(run: Run): Promise<void> {
  while (!run.stop) {
    await quietProvider(lookAround(run.base, run.settings))
    await sleep(2_000)
  }
}

/** The provider's own list may not answer, either. */
const quietProvider = (look: Promise<unknown>): Promise<unknown> => look.catch(() => undefined)

async function disputeSome({ provider: { books }, dice }: Run): Promise<void> {
  const cards = [...books.charges.values()].filter((one) => one.payment_method_details.type === 'card')
  for (const charge of cards) {
    if (charge.amount_refunded > 0 || dice.number(10) !== 0) continue
    const dispute = books.dispute(charge)
    await sleep(dice.number(3))
    const end = dice.number(3)
    if (end < 2) books.endDispute(dispute, end === 0 ? 'won' : 'lost')
  }
  for (const refund of books.refunds.values())
    books.endRefund(refund, dice.number(6) === 0 ? 'failed' : 'succeeded')
}

/** Whether notices are on their way. */
const isTelling = ({ deliveries }: StandIn): boolean => deliveries !== null && !deliveries.idle

/** Notices on their way arrive. */
async function drain({ provider, payments: count }: Run): Promise<void> {
  const patience = Date.now() + 60_000 + count * 50
  while (isTelling(provider) && Date.now() < patience) await sleep(50)
}

const settleRounds = 40

/**
 * Hours pass, by the clock handed in, until nothing is due any more: what was lost, or waits for its next try, is found.
 * Refunds that end late do so now.
 */
async function settle(base: Base, settings: StripeSettings, provider: StandIn): Promise<void> {
  const { books } = provider
  let now = Date.now()
  for (let round = 0; round < settleRounds; round += 1) {
    now += 3_700_000
    const clock = () => new Date(now)
    await quietProvider(lookAround(base, settings, clock))
    await pump(base, settings, clock)
    for (const refund of books.refunds.values())
      if (refund.status === 'pending') books.endRefund(refund, 'succeeded')
    while (isTelling(provider)) await sleep(20)
    const left = await base.db.$count(refunds, sql`${refunds.status} in ('approved', 'pending')`)
    const [waiting] = await base.sql<{ n: number }[]>`
      select (select count(*) from provider_calls where status = 'waiting')::int
        + (select count(*) from provider_events where done_at is null)::int as n`
    if (round > 3 && left === 0 && waiting?.n === 0) return
  }
}
