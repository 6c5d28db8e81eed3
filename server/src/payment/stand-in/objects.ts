/** Objects of the provider as far as the product reads them, in the provider's own words. */
export type Method = 'card' | 'alipay' | 'wechat_pay'
type Base<Kind extends string> = { id: string; object: Kind; created: number; livemode: false }
type Meta = { metadata: Record<string, string> }

export type Intent = Base<'payment_intent'> &
  Meta & {
    amount: number
    amount_received: number
    currency: string
    status: 'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded' | 'canceled'
    client_secret: string
    payment_method_types: string[]
    latest_charge: string | null
    last_payment_error: { code: string; message: string } | null
    next_action: Record<string, unknown> | null
    transfer_group: string | null
    description: string | null
  }
export type Charge = Base<'charge'> &
  Meta & {
    amount: number
    amount_refunded: number
    refunded: boolean
    disputed: boolean
    currency: string
    status: 'succeeded'
    paid: true
    payment_intent: string
    balance_transaction: string
    payment_method_details: { type: Method }
    transfer_group: string | null
  }
export type Refund = Base<'refund'> &
  Meta & {
    amount: number
    currency: string
    charge: string
    payment_intent: string
    status: 'pending' | 'succeeded' | 'failed' | 'canceled'
    failure_reason?: string
    balance_transaction: string | null
  }
export type Dispute = Base<'dispute'> &
  Meta & {
    amount: number
    currency: string
    charge: string
    payment_intent: string
    reason: string
    status: 'needs_response' | 'under_review' | 'won' | 'lost'
    evidence_details: { due_by: number; has_evidence: boolean; past_due: boolean; submission_count: number }
    balance_transactions: BalanceTransaction[]
  }
export type Transfer = Base<'transfer'> &
  Meta & {
    amount: number
    amount_reversed: number
    reversed: boolean
    currency: string
    destination: string
    transfer_group: string | null
    source_transaction: string | null
    balance_transaction: string
  }
export type Reversal = Base<'transfer_reversal'> &
  Meta & { amount: number; currency: string; transfer: string; balance_transaction: string }
export type Account = Base<'account'> &
  Meta & { type: string; charges_enabled: boolean; payouts_enabled: boolean; details_submitted: boolean }
export type BalanceTransaction = Base<'balance_transaction'> & {
  amount: number
  fee: number
  net: number
  currency: string
  type: string
  source: string
}
export type Event = Base<'event'> & {
  type: string
  api_version: string
  data: { object: Record<string, unknown> }
  pending_webhooks: number
  request: { id: null; idempotency_key: null }
}
export type AnyObject =
  | Intent
  | Charge
  | Refund
  | Dispute
  | Transfer
  | Reversal
  | Account
  | BalanceTransaction
  | Event

/** A refusal in the provider's form. */
export class ApiError extends Error {
  readonly status: number
  readonly body: { error: { type: string; code?: string; message: string; param?: string } }

  constructor(status: number, code: string, message: string, param?: string, type = 'invalid_request_error') {
    super(message)
    this.status = status
    this.body = { error: { type, code, message, ...(param ? { param } : {}) } }
  }
}
