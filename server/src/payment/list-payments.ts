import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { instantText, serviceDayOf } from '@huming/shared/days'
import { paymentWords } from '@huming/shared/i18n/payment-words'
import { sql } from 'drizzle-orm'
import { sendFile } from '../documents/send-file.ts'
import { type Column, xlsxOf } from '../documents/sheet.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { page } from '../kernel/page.ts'
import type { Door } from '../kernel/routes.ts'
import { before, type PaymentBrief, paymentColumns, visiblePayments } from './payment-rows.ts'

type Query = ContractParsed<Contracts['payments.list']>['query']

/** Payments one may see, newest first. */
export async function listPayments(
  ctx: Ctx,
  query: Query,
): Promise<ContractReply<Contracts['payments.list']>> {
  const rows = await read(ctx, query, query.limit + 1)
  return page(rows, query.limit, (last) => last.id)
}

type Asked = Partial<Pick<Query, 'orgId' | 'status' | 'method' | 'cursor'>>

const read = (ctx: Ctx, asked: Asked, limit: number): Promise<PaymentBrief[]> =>
  docs<PaymentBrief>(
    ctx.db,
    sql`select ${paymentColumns} from payments p join organisations o on o.id = p.org_id
      where ${visiblePayments(ctx)} and ${before(sql`p.id`, asked.cursor)}
        and ${asked.orgId ? sql`p.org_id = ${asked.orgId}` : sql`true`}
        and ${asked.status ? sql`p.status = ${asked.status}` : sql`true`}
        and ${asked.method ? sql`p.method = ${asked.method}` : sql`true`}
      order by p.id desc limit ${limit}`,
  )

const rowsMax = 20_000

/** The same as a workbook. */
export async function exportPayments(ctx: Ctx, asked: Asked, door: Door): Promise<unknown> {
  const rows = await read(ctx, asked, rowsMax)
  const at = ctx.locale === 'zh' ? 0 : 1
  const word = (key: keyof typeof paymentWords) => paymentWords[key][at]
  const time = (text: string | null) => (text ? instantText(new Date(text), ctx.locale) : '')
  const yuan = (fen: number | null) => (fen === null ? null : fen / 100)
  const columns: Column<PaymentBrief>[] = [
    { head: word('pay.col.created'), of: (row) => time(row.createdAt), width: 20 },
    { head: word('pay.col.buyer'), of: (row) => row.buyer, width: 24 },
    { head: word('pay.col.method'), of: (row) => word(`pay.method.${row.method}`) },
    { head: word('pay.col.purpose'), of: (row) => word(`pay.purpose.${row.purpose}`) },
    { head: word('pay.col.amount'), of: (row) => yuan(row.amountFen), format: '#,##0.00' },
    { head: word('pay.col.received'), of: (row) => yuan(row.receivedFen), format: '#,##0.00' },
    { head: word('pay.col.refunded'), of: (row) => yuan(row.refundedFen), format: '#,##0.00' },
    { head: word('pay.col.status'), of: (row) => word(`pay.status.${row.status}`) },
    { head: word('pay.col.completed'), of: (row) => time(row.completedAt), width: 20 },
    { head: word('pay.col.code'), of: (row) => row.payCode },
    { head: word('pay.col.id'), of: (row) => row.id, width: 38 },
  ]
  const name = `${word('pay.payments')} ${serviceDayOf(ctx.now)}`
  return sendFile(door, 'xlsx', name, await xlsxOf(word('pay.payments'), columns, rows))
}
