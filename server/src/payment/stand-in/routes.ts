import type { Books } from './books.ts'
import { type Form, listOf, membersOf, textOf, textsOf } from './form.ts'
import { type AnyObject, ApiError, type Intent, type Method } from './objects.ts'

export type Answer = { status: number; body: unknown; replayed?: boolean }
type Route = {
  readonly method: 'GET' | 'POST'
  readonly path: RegExp
  readonly run: (books: Books, form: Form, id: string) => unknown
}
const methods: readonly string[] = ['card', 'alipay', 'wechat_pay'] satisfies Method[]

const amountOf = (form: Form, name = 'amount'): number => {
  const amount = Number(textOf(form[name]))
  if (!Number.isSafeInteger(amount) || amount < 1)
    throw new ApiError(400, 'parameter_invalid_integer', `Invalid integer: ${textOf(form[name])}`, name)
  return amount
}
function currencyOf(form: Form): string {
  const currency = textOf(form['currency'])
  if (currency !== 'cny') throw new ApiError(400, 'parameter_invalid', 'Only cny here', 'currency')
  return currency
}

function createIntent(books: Books, form: Form): Intent {
  // Gone since API version 2026-09-30.
  if (form['payment_method_types'] !== undefined)
    throw new ApiError(
      400,
      'parameter_unknown',
      'Received unknown parameter: payment_method_types',
      'payment_method_types',
    )
  const types = listOf(form['allowed_payment_method_types'])
  const wrong = types.find((type) => !methods.includes(type))
  if (types.length === 0 || wrong !== undefined)
    throw new ApiError(
      400,
      'parameter_invalid',
      `The payment method type "${wrong}" is invalid`,
      'allowed_payment_method_types',
    )
  const base = books.base('pi', 'payment_intent')
  const intent: Intent = {
    ...base,
    amount: amountOf(form),
    amount_received: 0,
    currency: currencyOf(form),
    status: 'requires_payment_method',
    client_secret: `${base.id}_secret_${books.base('s', 'secret').id.slice(2)}`,
    payment_method_types: types,
    latest_charge: null,
    last_payment_error: null,
    next_action: null,
    transfer_group: textOf(form['transfer_group']) || null,
    description: textOf(form['description']) || null,
    metadata: textsOf(form['metadata']),
  }
  books.intents.set(intent.id, intent)
  books.tell('payment_intent.created', intent)
  return intent
}

/** A confirmed wallet payment waits for its payer: by redirect, or by a code to scan. */
export function confirmIntent(books: Books, intent: Intent, type: string, returnUrl: string): Intent {
  if (!intent.payment_method_types.includes(type))
    throw new ApiError(
      400,
      'payment_intent_invalid_parameter',
      `${type} is not offered`,
      'payment_method_data',
    )
  if (intent.status !== 'requires_payment_method' && intent.status !== 'requires_action')
    throw new ApiError(400, 'payment_intent_unexpected_state', `This PaymentIntent is ${intent.status}`)
  if (type === 'card') {
    books.succeed(intent, 'card')
    return intent
  }
  intent.status = 'requires_action'
  intent.next_action =
    type === 'alipay'
      ? {
          type: 'alipay_handle_url',
          alipay_handle_url: { native_data: null, url: `/pay/${intent.id}`, return_url: returnUrl },
        }
      : {
          type: 'wechat_pay_display_qr_code',
          wechat_pay_display_qr_code: {
            data: `weixin://wxpay/bizpayurl?pr=${intent.id}`,
            image_data_url: '',
            hosted_instructions_url: `/pay/${intent.id}`,
          },
        }
  books.tell('payment_intent.requires_action', intent)
  return intent
}

/** Newest first, as the provider lists. */
function list<T extends AnyObject>(
  all: Iterable<T>,
  form: Form,
  url: string,
  keep: (one: T) => boolean = () => true,
) {
  const limit = Math.min(100, Number(textOf(form['limit']) || 10))
  const after = textOf(form['starting_after'])
  const since = Number(textOf(membersOf(form['created'])['gte']) || 0)
  const rows = [...all].reverse().filter((one) => one.created >= since && keep(one))
  const from = after ? rows.findIndex((one) => one.id === after) + 1 : 0
  return { object: 'list', url, data: rows.slice(from, from + limit), has_more: rows.length > from + limit }
}

/** Puts objects in the place of ids, as `expand[]` asks. */
function expanded(books: Books, intent: Intent, form: Form): unknown {
  const wanted = listOf(form['expand'])
  const charge = intent.latest_charge ? books.charges.get(intent.latest_charge) : undefined
  if (!charge || !wanted.some((path) => path.startsWith('latest_charge'))) return intent
  const deep = wanted.includes('latest_charge.balance_transaction')
  const balance = deep ? books.balance.get(charge.balance_transaction) : charge.balance_transaction
  return { ...intent, latest_charge: { ...charge, balance_transaction: balance } }
}

function createRefund(books: Books, form: Form): unknown {
  const intent = books.intents.get(textOf(form['payment_intent']))
  const charge = books.get(books.charges, textOf(form['charge']) || (intent?.latest_charge ?? ''), 'charge')
  const amount = form['amount'] === undefined ? charge.amount - charge.amount_refunded : amountOf(form)
  return books.refund(charge, amount, textsOf(form['metadata']))
}

function createAccount(books: Books, form: Form): unknown {
  const account = {
    ...books.base('acct', 'account'),
    type: textOf(form['type']) || 'express',
    charges_enabled: false,
    payouts_enabled: false,
    details_submitted: false,
    metadata: textsOf(form['metadata']),
  }
  books.accounts.set(account.id, account)
  return account
}

const id = '([a-z]+_[0-9a-f]+)'
const get = (path: string, run: Route['run']): Route => ({
  method: 'GET',
  path: new RegExp(`^/v1/${path}$`),
  run,
})
const post = (path: string, run: Route['run']): Route => ({
  method: 'POST',
  path: new RegExp(`^/v1/${path}$`),
  run,
})

export const routes: readonly Route[] = [
  post('payment_intents', createIntent),
  get('payment_intents', (books, form) => list(books.intents.values(), form, '/v1/payment_intents')),
  get(`payment_intents/${id}`, (books, form, key) =>
    expanded(books, books.get(books.intents, key, 'payment_intent'), form),
  ),
  post(`payment_intents/${id}/confirm`, (books, form, key) =>
    confirmIntent(
      books,
      books.get(books.intents, key, 'payment_intent'),
      textOf(membersOf(form['payment_method_data'])['type']) || 'card',
      textOf(form['return_url']),
    ),
  ),
  post(`payment_intents/${id}/cancel`, (books, _form, key) => {
    const intent = books.get(books.intents, key, 'payment_intent')
    books.cancel(intent)
    return intent
  }),
  get('charges', (books, form) => list(books.charges.values(), form, '/v1/charges')),
  get(`charges/${id}`, (books, _form, key) => books.get(books.charges, key, 'charge')),
  post('refunds', createRefund),
  get('refunds', (books, form) =>
    list(books.refunds.values(), form, '/v1/refunds', ({ payment_intent: intent }) => {
      const wanted = textOf(form['payment_intent'])
      return !wanted || intent === wanted
    }),
  ),
  get(`refunds/${id}`, (books, _form, key) => books.get(books.refunds, key, 'refund')),
  get('disputes', (books, form) => list(books.disputes.values(), form, '/v1/disputes')),
  get(`disputes/${id}`, (books, _form, key) => books.get(books.disputes, key, 'dispute')),
  post('accounts', createAccount),
  get(`accounts/${id}`, (books, _form, key) => books.get(books.accounts, key, 'account')),
  post('account_links', (books, form) => {
    const account = books.get(books.accounts, textOf(form['account']), 'account')
    const created = Math.floor(Date.now() / 1000)
    return { object: 'account_link', created, expires_at: created + 300, url: `/onboard/${account.id}` }
  }),
  post('transfers', (books, form) =>
    books.transfer({
      amount: amountOf(form),
      currency: currencyOf(form),
      destination: textOf(form['destination']),
      transfer_group: textOf(form['transfer_group']) || null,
      source_transaction: textOf(form['source_transaction']) || null,
      metadata: textsOf(form['metadata']),
    }),
  ),
  get('transfers', (books, form) =>
    list(books.transfers.values(), form, '/v1/transfers', ({ transfer_group: group }) => {
      const wanted = textOf(form['transfer_group'])
      return !wanted || group === wanted
    }),
  ),
  get(`transfers/${id}`, (books, _form, key) => books.get(books.transfers, key, 'transfer')),
  post(`transfers/${id}/reversals`, (books, form, key) => {
    const transfer = books.get(books.transfers, key, 'transfer')
    const amount = form['amount'] === undefined ? transfer.amount - transfer.amount_reversed : amountOf(form)
    return books.reverse(transfer, amount, textsOf(form['metadata']))
  }),
  get(`transfers/${id}/reversals`, (books, form, key) =>
    list(
      books.reversals.values(),
      form,
      `/v1/transfers/${key}/reversals`,
      ({ transfer }) => transfer === key,
    ),
  ),
  get('balance', (books) => ({
    object: 'balance',
    livemode: false,
    available: [{ amount: books.total, currency: 'cny', source_types: {} }],
    pending: [],
  })),
  get('balance_transactions', (books, form) =>
    list(books.balance.values(), form, '/v1/balance_transactions'),
  ),
  get(`balance_transactions/${id}`, (books, _form, key) =>
    books.get(books.balance, key, 'balance_transaction'),
  ),
  get('events', (books, form) => list(books.events.values(), form, '/v1/events')),
  get(`events/${id}`, (books, _form, key) => books.get(books.events, key, 'event')),
]
