import type { On } from '../kernel/routes.ts'
import { ageingFile, readAgeing } from './ageing.ts'
import { answerDispute, confirmStatement, disputeLine, sendStatement } from './answer-statement.ts'
import { askOpenMonth, closeMonth, decideOpenMonth, listMonths, readMonth } from './close-month.ts'
import { exportInvoices } from './export-invoices.ts'
import { importNumbers } from './import-numbers.ts'
import { issueInvoice, listInvoices, readInvoice, reddenInvoice } from './invoices.ts'
import { makeDue, sendOpen } from './make-due.ts'
import { monthFile } from './month-file.ts'
import { prepareInvoices } from './prepare-invoices.ts'
import { listStatementLines, listStatements, readStatement } from './read-statements.ts'
import { statementFile } from './statement-file.ts'
import { checkTerms, listTerms, writeTerms } from './terms.ts'
import { askWriteOff, decideWriteOff } from './write-off.ts'

export function statementRoutes(on: On): void {
  on('statements.list', (ctx, { query }) => listStatements(ctx, query))
  on('statements.read', (ctx, { params }) => readStatement(ctx, params.id))
  on('statements.lines', (ctx, { params, query }) => listStatementLines(ctx, { ...params, ...query }))
  on('statements.file', (ctx, { params }, door) => statementFile(ctx, params, door))
  on('statements.makeDue', (ctx) => makeDue(ctx))
  on('statements.sendOpen', (ctx) => sendOpen(ctx))
  on('statements.send', (ctx, { params, body }) => sendStatement(ctx, params.id, body.version))
  on('statements.dispute', (ctx, { params, body }) => disputeLine(ctx, params.id, body))
  on('statements.answerDispute', (ctx, { params, body }) => answerDispute(ctx, params.id, body))
  on('statements.confirm', (ctx, { params, body }) => confirmStatement(ctx, params.id, body.version))
  on('statements.askWriteOff', (ctx, { params, body }) => askWriteOff(ctx, params.id, body))
  on('statements.decideWriteOff', (ctx, { params, body }) => decideWriteOff(ctx, params.id, body))
  on('statements.ageing', (ctx, { query }) => readAgeing(ctx, query))
  on('statements.ageingFile', (ctx, { params, query }, door) => ageingFile(ctx, params.format, query, door))
  on('statements.terms', (ctx, { query }) => listTerms(ctx, query))
  on('statements.checkTerms', (ctx, { query }) => checkTerms(ctx, query))
  on('statements.writeTerms', (ctx, { params, body }) => writeTerms(ctx, params.id, body))
  invoiceRoutes(on)
  monthRoutes(on)
}

function invoiceRoutes(on: On): void {
  on('invoices.list', (ctx, { query }) => listInvoices(ctx, query))
  on('invoices.read', (ctx, { params }) => readInvoice(ctx, params.id))
  on('invoices.prepare', (ctx, { params, body }) => prepareInvoices(ctx, params.id, body))
  on('invoices.issue', (ctx, { params, body }) => issueInvoice(ctx, { ...params, ...body }))
  on('invoices.redden', (ctx, { params, body }) => reddenInvoice(ctx, params.id, body))
  on('invoices.export', (ctx, input, door) => exportInvoices(ctx, input, door))
  on('invoices.import', (ctx, _input, { request }) => importNumbers(ctx, request.body))
}

function monthRoutes(on: On): void {
  on('months.list', (ctx) => listMonths(ctx))
  on('months.read', (ctx, { params }) => readMonth(ctx, params.month))
  on('months.close', (ctx, { params }) => closeMonth(ctx, params.month))
  on('months.askOpen', (ctx, { params, body }) => askOpenMonth(ctx, params.month, body.reason))
  on('months.decideOpen', (ctx, { params, body }) => decideOpenMonth(ctx, params.month, body.approve))
  on('months.file', (ctx, { params }, door) => monthFile(ctx, params, door))
}
