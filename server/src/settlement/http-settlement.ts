import type { On } from '../kernel/routes.ts'
import { approveBatch, approveNewAccount, cancelBatch, listBatches, readBatch } from './approve-payout.ts'
import { writeBankAccount } from './bank-account.ts'
import { answerContest, contestCommission, listContests, listPrincipalOrders } from './commission.ts'
import { confirmPayout, returnPayout } from './end-payout.ts'
import { endMandate, listMandates, writeMandate } from './mandates.ts'
import { payoutFile } from './payout-file.ts'
import { payoutsFile } from './payouts-file.ts'
import { proposePayouts } from './propose-payout.ts'
import { listDue, readMoney } from './read-money.ts'
import { sendBatch } from './send-payout.ts'
import { listSettledLines, settledFile } from './settled-lines.ts'
import { listSupplierTerms, writeSupplierTerms } from './supplier-terms.ts'

export function settlementRoutes(on: On): void {
  on('settlement.money', (ctx, { params }) => readMoney(ctx, params.orgId))
  on('settlement.lines', (ctx, { params, query }) => listSettledLines(ctx, params.orgId, query))
  on('settlement.file', (ctx, { params, query }, door) => settledFile(ctx, { ...params, ...query }, door))
  on('settlement.writeBankAccount', (ctx, { params, body }) => writeBankAccount(ctx, params, body))
  on('settlement.terms', (ctx, { query }) => listSupplierTerms(ctx, query.orgId))
  on('settlement.writeTerms', (ctx, { params, body }) => writeSupplierTerms(ctx, params.id, body))
  on('settlement.suppliers', (ctx, { query }) => listDue(ctx, query.throughDay))
  on('payouts.list', (ctx, { query }) => listBatches(ctx, query))
  on('payouts.listFile', (ctx, _input, door) => payoutsFile(ctx, door))
  on('payouts.read', (ctx, { params }) => readBatch(ctx, params.id))
  on('payouts.propose', (ctx, { params, body }) => proposePayouts(ctx, params.id, body))
  on('payouts.approve', (ctx, { params, body }) => approveBatch(ctx, params.id, body.version))
  on('payouts.cancel', (ctx, { params, body }) => cancelBatch(ctx, params.id, body))
  on('payouts.approveNewAccount', (ctx, { params, body }) => approveNewAccount(ctx, params.id, body.how))
  on('payouts.file', (ctx, { params }, door) => payoutFile(ctx, params, door))
  on('payouts.send', (ctx, { params, body }) => sendBatch(ctx, params.id, body.version))
  on('payouts.confirm', (ctx, { params, body }) => confirmPayout(ctx, params.id, body.railReference))
  on('payouts.return', (ctx, { params, body }) => returnPayout(ctx, params.id, body.reason))
  on('commission.mandates', (ctx) => listMandates(ctx))
  on('commission.writeMandate', (ctx, { params, body }) => writeMandate(ctx, params.id, body))
  on('commission.endMandate', (ctx, { params, body }) => endMandate(ctx, params.id, body.validTo))
  on('commission.orders', (ctx, { params, query }) => listPrincipalOrders(ctx, params.orgId, query))
  on('commission.contests', (ctx, { query }) => listContests(ctx, query))
  on('commission.contest', (ctx, { params, body }) => contestCommission(ctx, params.id, body))
  on('commission.answer', (ctx, { params, body }) => answerContest(ctx, params.id, body))
}
