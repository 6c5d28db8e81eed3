import { payments } from '@huming/db/schema/payment'
import { checkPayment } from '@huming/server/payment/check-payment'
import { importBank } from '@huming/server/payment/import-bank'
import { askRefund, decideRefund, settleRefund } from '@huming/server/payment/refund-desk'
import { act } from '@huming/server/payment/stand-in/pay-page'
import { cancelPayment, startPayment } from '@huming/server/payment/start-payment'
import { serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { and, eq, inArray } from 'drizzle-orm'
import { ask, seen } from './ask.fixture.ts'
import type { House } from './house.fixture.ts'
import type { Life, Move } from './life.fixture.ts'

const online = ['card', 'alipay', 'wechat_pay'] as const

/** Announces money: for a statement where there is one to pay, else ahead. */
async function start(life: Life, house: House, method: 'transfer' | (typeof online)[number]): Promise<void> {
  const { dice } = house
  const owed = life.statements.find((one) => one.closingFen > 0)
  const forStatement = owed !== undefined && dice.maybe(0.8)
  const whole = forStatement && dice.maybe(0.6)
  const amountFen = whole ? owed.closingFen : dice.int(1, 300_000)
  const purpose = forStatement ? ('statement' as const) : ('prepay' as const)
  const body = { method, purpose, subjectId: forStatement ? owed.id : null, amountFen }
  const id = newId()
  house.toFollow ||= method !== 'transfer'
  const begun = await ask(house, `pay by ${method}`, () => startPayment(life.who(), id, body, true))
  if (begun)
    life.payments.push({
      id,
      method,
      amountFen,
      version: begun.version,
      payCode: begun.payCode,
      isPaid: false,
      refunds: [],
    })
}

/** The payer acts at the provider: pays, fails, or pays and looks at the same moment. */
async function payThere(life: Life, house: House): Promise<void> {
  const { t, dice, provider, settings } = house
  const ids = life.payments.filter((one) => one.method !== 'transfer').map((one) => one.id)
  const rows = await t.db
    .select()
    .from(payments)
    .where(and(inArray(payments.id, ids), inArray(payments.status, ['open', 'processing', 'succeeded'])))
  const [row] = rows
  const known = life.payments.find((one) => one.id === row?.id)
  if (known) known.isPaid = true
  const intent = row?.providerIntentId ? provider.books.intents.get(row.providerIntentId) : undefined
  if (!row || !intent) return
  if (dice.maybe(0.1)) act(provider.books, intent, row.method, 'fail')
  if (dice.maybe(0.85)) act(provider.books, intent, row.method, 'succeed')
  if (dice.maybe(0.4)) await ask(house, 'check a payment', () => checkPayment(life.who(), row.id, settings))
}

/** The bank tells of money: what was announced, another sum, no code, or a line that it told before. */
async function bankTells(life: Life, house: House): Promise<void> {
  const { dice, clock } = house
  const announced = life.payments.filter((one) => one.payCode !== '')
  const again = life.bankLines.length > 0 && dice.maybe(0.3)
  const paid = announced.length > 0 ? dice.one(announced) : null
  const fen = paid && dice.maybe(0.7) ? paid.amountFen : dice.int(1, 200_000)
  const memo = paid && dice.maybe(0.85) ? paid.payCode : '货款'
  const yuan = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
  const line = again
    ? dice.one(life.bankLines)
    : `${newId()},${serviceDayOf(clock.opened)},${life.name},${yuan},${memo}`
  if (!again) life.bankLines.push(line)
  if (paid) paid.isPaid = true
  const bytes = Buffer.from(`流水号,交易日期,对方户名,贷方金额,附言\n${line}\n`)
  const id = newId()
  await ask(house, 'import a bank statement', () =>
    importBank(house.finance(), { id, name: '示例.csv', bytes }),
  )
}

const paidOnes = (life: Life) => life.payments.filter((one) => one.isPaid && one.refunds.length < 2)

async function refund(life: Life, house: House): Promise<void> {
  const { dice, finance, second } = house
  const payment = dice.one(paidOnes(life))
  const id = newId()
  const askedBy = dice.int(0, 1)
  const amountFen = dice.maybe(0.4) ? payment.amountFen : dice.int(1, payment.amountFen)
  const body = { paymentId: payment.id, amountFen, reason: '示例' }
  const asked = await ask(house, 'ask a refund', () =>
    askRefund((askedBy === 0 ? finance : second)(), id, body),
  )
  if (asked) payment.refunds.push({ id, version: 1, askedBy })
}

/** Both desks decide, now and then the one who asked; then the bank says whether it arrived. */
async function refundOn(life: Life, house: House): Promise<void> {
  const { dice, finance, second } = house
  const payment = dice.one(life.payments.filter((one) => one.refunds.length > 0))
  const one = dice.one(payment.refunds)
  const desk = (dice.maybe(0.9) ? one.askedBy === 1 : one.askedBy === 0) ? finance : second
  if (one.version === 1) {
    const input = { approve: dice.maybe(0.85), version: 1 }
    const decided = await ask(house, 'decide a refund', () => decideRefund(desk(), one.id, input, true))
    if (decided) one.version = payment.method === 'transfer' ? 3 : 2
    house.toFollow = true
    return
  }
  const input = { arrived: dice.maybe(0.7), reference: 'OUT', version: seen(house, one.version) }
  await ask(house, 'settle a refund', () => settleRefund(desk(), one.id, input))
}

/** Money: announced, told by the bank, paid at the provider, given up, refunded. */
export const paying: readonly Move[] = [
  {
    name: 'transfer',
    weight: (life) => [1.6, 0.4][life.payments.length] ?? 0.1,
    run: (life, house) => start(life, house, 'transfer'),
  },
  {
    name: 'online',
    weight: (life) => [0.8, 0.3][life.payments.length] ?? 0.05,
    run: (life, house) => start(life, house, house.dice.one(online)),
  },
  {
    name: 'bank',
    weight: (life) =>
      (life.payments.some((one) => one.payCode !== '') ? 1.5 : 0.05) / (1 + life.bankLines.length),
    run: bankTells,
  },
  {
    name: 'pay there',
    weight: (life) => (life.payments.some((one) => one.method !== 'transfer') ? 1.6 : 0),
    run: payThere,
  },
  {
    name: 'give up',
    weight: (life) => (life.payments.length > 0 ? 0.2 : 0),
    run(life, house) {
      const payment = house.dice.one(life.payments)
      return ask(house, 'give up a payment', () => cancelPayment(life.who(), payment.id, payment.version))
    },
  },
  { name: 'refund', weight: (life) => (paidOnes(life).length > 0 ? 0.7 : 0), run: refund },
  {
    name: 'refund on',
    weight: (life) => (life.payments.some((one) => one.refunds.length > 0) ? 2 : 0),
    run: refundOn,
  },
  {
    name: 'dispute',
    weight: (life) => (life.payments.some((one) => one.method === 'card') ? 0.15 : 0),
    run: disputes,
  },
]

/** The card's bank takes money back, and gives or keeps it. */
async function disputes(life: Life, house: House): Promise<void> {
  const { books } = house.provider
  const [row] = await house.t.db
    .select()
    .from(payments)
    .where(and(eq(payments.orgId, life.orgId), eq(payments.method, 'card'), eq(payments.status, 'succeeded')))
  const charge = row?.providerChargeId ? books.charges.get(row.providerChargeId) : undefined
  if (!charge) return
  const open = [...books.disputes.values()].find((one) => one.charge === charge.id)
  if (open) books.endDispute(open, house.dice.maybe(0.5) ? 'won' : 'lost')
  else if (charge.amount_refunded < charge.amount) books.dispute(charge)
}
