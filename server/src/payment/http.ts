import type { FastifyInstance } from 'fastify'
import { type On, originOf } from '../kernel/routes.ts'
import { checkPayment } from './check-payment.ts'
import { connectLink, listConnect, openConnect } from './connect.ts'
import { askReturn, assignLine, decideReturn, ignoreLine, settleReturn } from './desk-lines.ts'
import { importBank } from './import-bank.ts'
import { listDisputes, listImports, listLines, listRefunds } from './list-desk.ts'
import { exportPayments, listPayments } from './list-payments.ts'
import { readOptions } from './options.ts'
import { readPayment } from './read-payment.ts'
import { paymentReceipt } from './receipt.ts'
import { askRefund, decideRefund, settleRefund } from './refund-desk.ts'
import type { StripeSettings } from './settings.ts'
import { cancelPayment, startPayment } from './start-payment.ts'
import { takeWebhook } from './take-webhook.ts'

/** Largest bank statement, bytes. */
const bankBytesMax = 5 * 1024 * 1024

/** Payments, the bank's statement, refunds and disputes. `settings`: null where nobody pays online. */
export function paymentRoutes(app: FastifyInstance, on: On, settings: StripeSettings | null): void {
  app.addContentTypeParser(
    /^(text\/csv|application\/vnd\.(ms-excel|openxmlformats-officedocument\.spreadsheetml\.sheet))/,
    { parseAs: 'buffer', bodyLimit: bankBytesMax },
    (_request, body, parsed) => parsed(null, body),
  )
  on('payments.options', (ctx, { query }) => readOptions(ctx, query.statementId, settings))
  on('payments.start', (ctx, { params, body }) => startPayment(ctx, params.id, body, settings !== null))
  on('payments.list', (ctx, { query }) => listPayments(ctx, query))
  on('payments.read', (ctx, { params }) => readPayment(ctx, params.id, settings))
  on('payments.check', (ctx, { params }) => checkPayment(ctx, params.id, settings))
  on('payments.cancel', (ctx, { params, body }) => cancelPayment(ctx, params.id, body.version))
  on('payments.receipt', (ctx, { params }, door) => paymentReceipt(ctx, params.id, door))
  on('payments.export', (ctx, { query }, door) => exportPayments(ctx, query, door))
  on('bank.import', (ctx, { params, query }, { request }) =>
    importBank(ctx, { id: params.id, name: query.name, bytes: request.body }),
  )
  on('bank.imports', (ctx, { query }) => listImports(ctx, query))
  on('bank.lines', (ctx, { query }) => listLines(ctx, query))
  on('bank.assign', (ctx, { params, body }) => assignLine(ctx, params.id, body))
  on('bank.ignore', (ctx, { params, body }) => ignoreLine(ctx, params.id, body))
  on('bank.askReturn', (ctx, { params, body }) => askReturn(ctx, params.id, body))
  on('bank.decideReturn', (ctx, { params, body }) => decideReturn(ctx, params.id, body))
  on('bank.settleReturn', (ctx, { params, body }) => settleReturn(ctx, params.id, body))
  on('refunds.ask', (ctx, { params, body }) => askRefund(ctx, params.id, body))
  on('refunds.decide', (ctx, { params, body }) => decideRefund(ctx, params.id, body, settings !== null))
  on('refunds.settle', (ctx, { params, body }) => settleRefund(ctx, params.id, body))
  on('refunds.list', (ctx, { query }) => listRefunds(ctx, query))
  on('connect.list', (ctx) => listConnect(ctx))
  on('connect.open', (ctx, { params }) => openConnect(ctx, params.orgId, settings !== null))
  on('connect.link', (ctx, { params }, door) => connectLink(ctx, params.orgId, settings, originOf(door)))
  on('disputes.list', (ctx, { query }) => listDisputes(ctx, query))
}

/** The provider's notices: their signature is over the raw body, so here JSON is not read. */
export function webhookRoute(
  app: FastifyInstance,
  mount: (scope: FastifyInstance) => On,
  settings: StripeSettings | null,
): void {
  void app.register(async (scope) => {
    scope.removeContentTypeParser(['application/json', 'application/ld+json'])
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, parsed) =>
      parsed(null, body),
    )
    mount(scope)('payments.webhook', (ctx, _input, { request }) =>
      takeWebhook(ctx, settings, request.body, request.headers['stripe-signature']),
    )
  })
}
