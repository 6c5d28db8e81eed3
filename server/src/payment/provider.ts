import { Stripe } from 'stripe'
import type { StripeSettings } from './settings.ts'

/** Methods that go through the provider. */
export const onlineMethods = ['card', 'alipay', 'wechat_pay'] as const
export type OnlineMethod = (typeof onlineMethods)[number]
export const isOnline = (method: string): method is OnlineMethod =>
  (onlineMethods as readonly string[]).includes(method)

/** A payment as it stands at the provider. */
export type IntentState = {
  readonly id: string
  readonly status: string
  readonly paymentId: string | null
  readonly method: string
  readonly clientSecret: string
  readonly receivedFen: number
  readonly chargeId: string | null
  readonly feeFen: number
  readonly failure: string
}
export type RefundState = {
  readonly id: string
  readonly status: 'pending' | 'succeeded' | 'failed'
  readonly amountFen: number
  readonly intentId: string
  /** Our refund it was made for; null when it was made at the provider. */
  readonly refundId: string | null
  readonly failure: string
}
export type DisputeState = {
  readonly id: string
  readonly status: 'open' | 'won' | 'lost'
  readonly amountFen: number
  /** What the provider has charged for it by now. */
  readonly feeFen: number
  readonly intentId: string
  readonly reason: string
  readonly dueBy: Date | null
  readonly openedAt: Date
}

/** How a call went wrong: refused for good, broken at the provider, or not heard of. */
export type CallFailure = {
  readonly kind: 'refused' | 'broken' | 'unheard'
  readonly message: string
  readonly code: string
}

export const stripeClient = (settings: StripeSettings, timeout = 20_000): Stripe =>
  new Stripe(settings.secretKey, {
    // We repeat calls ourselves, under the same key.
    maxNetworkRetries: 0,
    timeout,
    telemetry: false,
    ...(settings.host
      ? {
          host: settings.host.hostname,
          port: settings.host.port,
          protocol: settings.host.protocol === 'http:' ? ('http' as const) : ('https' as const),
        }
      : {}),
  })

export function failureOf(error: unknown): CallFailure {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, 300)
  if (!(error instanceof Stripe.errors.StripeError)) return { kind: 'unheard', message, code: 'unknown' }
  const code = error.code ?? error.type
  if (error instanceof Stripe.errors.StripeConnectionError) return { kind: 'unheard', message, code }
  if (
    error instanceof Stripe.errors.StripeRateLimitError ||
    error instanceof Stripe.errors.StripeAuthenticationError
  )
    return { kind: 'unheard', message, code }
  const status = error.statusCode ?? 500
  return { kind: status >= 400 && status < 500 ? 'refused' : 'broken', message, code }
}

export async function readIntent(stripe: Stripe, id: string): Promise<IntentState> {
  const intent = await stripe.paymentIntents.retrieve(id, {
    expand: ['latest_charge', 'latest_charge.balance_transaction'],
  })
  return intentState(intent)
}

export function intentState(intent: Stripe.PaymentIntent): IntentState {
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null
  const balance = charge && typeof charge.balance_transaction === 'object' ? charge.balance_transaction : null
  return {
    id: intent.id,
    status: intent.status,
    paymentId: intent.metadata['payment_id'] ?? null,
    method: charge?.payment_method_details?.type ?? intent.payment_method_types[0] ?? 'card',
    clientSecret: intent.client_secret ?? '',
    receivedFen: intent.amount_received,
    chargeId: charge?.id ?? null,
    feeFen: balance?.fee ?? 0,
    failure: intent.last_payment_error?.code ?? '',
  }
}

export const readRefund = async (stripe: Stripe, id: string): Promise<RefundState> =>
  refundState(await stripe.refunds.retrieve(id))

export function refundState(refund: Stripe.Refund): RefundState {
  return {
    id: refund.id,
    status: refundStatuses[refund.status ?? ''] ?? 'pending',
    amountFen: refund.amount,
    intentId: idOf(refund.payment_intent),
    refundId: refund.metadata?.['refund_id'] ?? null,
    failure: refund.failure_reason ?? '',
  }
}
const refundStatuses: Record<string, RefundState['status']> = {
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'failed',
}

export async function readDispute(stripe: Stripe, id: string): Promise<DisputeState> {
  const dispute = await stripe.disputes.retrieve(id)
  const due = dispute.evidence_details.due_by
  return {
    id: dispute.id,
    status: disputeStatuses[dispute.status] ?? 'open',
    amountFen: dispute.amount,
    feeFen: dispute.balance_transactions.reduce((sum, row) => sum + row.fee, 0),
    intentId: idOf(dispute.payment_intent),
    reason: dispute.reason,
    dueBy: due ? new Date(due * 1000) : null,
    openedAt: new Date(dispute.created * 1000),
  }
}
// `prevented` and a closed inquiry: nothing was taken in the end.
const disputeStatuses: Record<string, DisputeState['status']> = {
  won: 'won',
  lost: 'lost',
  warning_closed: 'won',
  prevented: 'won',
}

const idOf = (ref: string | { id: string } | null): string =>
  typeof ref === 'string' ? ref : (ref?.id ?? '')
