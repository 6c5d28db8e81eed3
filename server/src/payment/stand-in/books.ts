import { randomBytes } from 'node:crypto'
import {
  type Account,
  type AnyObject,
  ApiError,
  type BalanceTransaction,
  type Charge,
  type Dispute,
  type Event,
  type Intent,
  type Method,
  type Refund,
  type Reversal,
  type Transfer,
} from './objects.ts'

/** What the provider keeps of a payment, basis points; sample figures (示例). */
const feeBp: Record<Method, number> = { card: 340, alipay: 220, wechat_pay: 220 }
const disputeFee = 1500

/** The provider's own books: the truth that a run is compared with. Every change makes an event. */
export class Books {
  readonly intents = new Map<string, Intent>()
  readonly charges = new Map<string, Charge>()
  readonly refunds = new Map<string, Refund>()
  readonly disputes = new Map<string, Dispute>()
  readonly transfers = new Map<string, Transfer>()
  readonly reversals = new Map<string, Reversal>()
  readonly accounts = new Map<string, Account>()
  readonly balance = new Map<string, BalanceTransaction>()
  readonly events = new Map<string, Event>()
  /** Called with each new event. */
  onEvent: (event: Event) => void = () => {}
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  base<Kind extends string>(prefix: string, object: Kind) {
    const created = Math.floor(this.#now() / 1000)
    return { id: `${prefix}_${randomBytes(12).toString('hex')}`, object, created, livemode: false as const }
  }

  get<T>(map: Map<string, T>, id: string, what: string): T {
    const found = map.get(id)
    if (!found) throw new ApiError(404, 'resource_missing', `No such ${what}: '${id}'`, 'id')
    return found
  }

  tell(type: string, object: AnyObject): Event {
    const event: Event = {
      ...this.base('evt', 'event'),
      type,
      api_version: '2026-10-28.endive',
      data: { object: { ...structuredClone(object) } },
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
    }
    this.events.set(event.id, event)
    this.onEvent(event)
    return event
  }

  #book(type: string, source: string, amount: number, fee: number): BalanceTransaction {
    const row = {
      ...this.base('txn', 'balance_transaction'),
      amount,
      fee,
      net: amount - fee,
      currency: 'cny',
      type,
      source,
    }
    this.balance.set(row.id, row)
    return row
  }

  /** What lies at the provider, fen. */
  get total(): number {
    return [...this.balance.values()].reduce((sum, row) => sum + row.net, 0)
  }

  succeed(intent: Intent, method: Method): Charge {
    if (intent.status === 'succeeded' || intent.status === 'canceled') throw unexpectedState(intent)
    const base = this.base('ch', 'charge')
    const charge: Charge = {
      ...base,
      amount: intent.amount,
      amount_refunded: 0,
      refunded: false,
      disputed: false,
      currency: intent.currency,
      status: 'succeeded',
      paid: true,
      payment_intent: intent.id,
      balance_transaction: this.#book(
        'charge',
        base.id,
        intent.amount,
        Math.round((intent.amount * feeBp[method]) / 10_000),
      ).id,
      payment_method_details: { type: method },
      transfer_group: intent.transfer_group,
      metadata: intent.metadata,
    }
    this.charges.set(charge.id, charge)
    Object.assign(intent, {
      status: 'succeeded',
      amount_received: intent.amount,
      latest_charge: charge.id,
      next_action: null,
      last_payment_error: null,
    } satisfies Partial<Intent>)
    this.tell('charge.succeeded', charge)
    this.tell('payment_intent.succeeded', intent)
    return charge
  }

  fail(intent: Intent, code = 'payment_intent_authentication_failure'): void {
    if (intent.status === 'succeeded' || intent.status === 'canceled') throw unexpectedState(intent)
    intent.status = 'requires_payment_method'
    intent.next_action = null
    intent.last_payment_error = { code, message: 'The payment was not made.' }
    this.tell('payment_intent.payment_failed', intent)
  }

  cancel(intent: Intent): void {
    if (!['requires_payment_method', 'requires_action'].includes(intent.status)) throw unexpectedState(intent)
    intent.status = 'canceled'
    intent.next_action = null
    this.tell('payment_intent.canceled', intent)
  }

  refund(charge: Charge, amount: number, metadata: Record<string, string>): Refund {
    if (!(amount > 0) || amount > charge.amount - charge.amount_refunded)
      throw new ApiError(
        400,
        'charge_already_refunded',
        'Refund amount is greater than unrefunded amount',
        'amount',
      )
    if (charge.disputed) throw new ApiError(400, 'charge_disputed', 'Charge has been disputed', 'charge')
    const base = this.base('re', 'refund')
    const later = charge.payment_method_details.type === 'wechat_pay'
    const refund: Refund = {
      ...base,
      amount,
      currency: charge.currency,
      charge: charge.id,
      payment_intent: charge.payment_intent,
      status: later ? 'pending' : 'succeeded',
      balance_transaction: this.#book('refund', base.id, -amount, 0).id,
      metadata,
    }
    this.refunds.set(refund.id, refund)
    charge.amount_refunded += amount
    charge.refunded = charge.amount_refunded === charge.amount
    this.tell('refund.created', refund)
    this.tell('charge.refunded', charge)
    return refund
  }

  /** An asynchronous refund comes to its end, or one that was made comes back from the payer's bank. */
  endRefund(refund: Refund, status: 'succeeded' | 'failed'): void {
    if (refund.status === status || refund.status === 'failed') return
    refund.status = status
    if (status === 'failed') {
      refund.failure_reason = 'unknown'
      this.#book('refund_failure', refund.id, refund.amount, 0)
      const charge = this.get(this.charges, refund.charge, 'charge')
      charge.amount_refunded -= refund.amount
      charge.refunded = false
    }
    this.tell(status === 'failed' ? 'refund.failed' : 'refund.updated', refund)
  }

  dispute(charge: Charge): Dispute {
    if (charge.payment_method_details.type !== 'card' || charge.disputed)
      throw new ApiError(400, 'charge_not_disputable', 'Only a card payment can be disputed')
    const base = this.base('du', 'dispute')
    const dispute: Dispute = {
      ...base,
      amount: charge.amount - charge.amount_refunded,
      currency: charge.currency,
      charge: charge.id,
      payment_intent: charge.payment_intent,
      reason: 'product_not_received',
      status: 'needs_response',
      evidence_details: {
        due_by: base.created + 9 * 86_400,
        has_evidence: false,
        past_due: false,
        submission_count: 0,
      },
      balance_transactions: [],
      metadata: {},
    }
    dispute.balance_transactions.push(this.#book('adjustment', base.id, -dispute.amount, disputeFee))
    charge.disputed = true
    this.disputes.set(dispute.id, dispute)
    this.tell('charge.dispute.created', dispute)
    this.tell('charge.dispute.funds_withdrawn', dispute)
    return dispute
  }

  endDispute(dispute: Dispute, status: 'won' | 'lost'): void {
    if (dispute.status === 'won' || dispute.status === 'lost') return
    dispute.status = status
    if (status === 'won')
      dispute.balance_transactions.push(this.#book('adjustment', dispute.id, dispute.amount, -disputeFee))
    if (status === 'won') this.tell('charge.dispute.funds_reinstated', dispute)
    this.tell('charge.dispute.closed', dispute)
  }

  transfer(
    input: Pick<
      Transfer,
      'amount' | 'currency' | 'destination' | 'transfer_group' | 'source_transaction' | 'metadata'
    >,
  ): Transfer {
    const account = this.get(this.accounts, input.destination, 'destination')
    if (!account.payouts_enabled)
      throw new ApiError(
        400,
        'insufficient_capabilities_for_transfer',
        'The account cannot be paid yet',
        'destination',
      )
    if (!(input.amount > 0) || input.amount > this.total)
      throw new ApiError(400, 'balance_insufficient', 'You have insufficient funds in your Stripe account')
    const base = this.base('tr', 'transfer')
    const transfer: Transfer = {
      ...base,
      ...input,
      amount_reversed: 0,
      reversed: false,
      balance_transaction: this.#book('transfer', base.id, -input.amount, 0).id,
    }
    this.transfers.set(transfer.id, transfer)
    this.tell('transfer.created', transfer)
    return transfer
  }

  reverse(transfer: Transfer, amount: number, metadata: Record<string, string>): Reversal {
    if (!(amount > 0) || amount > transfer.amount - transfer.amount_reversed)
      throw new ApiError(400, 'transfer_already_reversed', 'Reversal is greater than what is left', 'amount')
    const base = this.base('trr', 'transfer_reversal')
    const reversal: Reversal = {
      ...base,
      amount,
      currency: transfer.currency,
      transfer: transfer.id,
      metadata,
      balance_transaction: this.#book('transfer_refund', base.id, amount, 0).id,
    }
    this.reversals.set(reversal.id, reversal)
    transfer.amount_reversed += amount
    transfer.reversed = transfer.amount_reversed === transfer.amount
    this.tell('transfer.reversed', transfer)
    return reversal
  }
}

const unexpectedState = (intent: Intent): ApiError =>
  new ApiError(400, 'payment_intent_unexpected_state', `This PaymentIntent is ${intent.status}`)
