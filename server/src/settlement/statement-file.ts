import { instantText } from '@huming/shared/days'
import { formatYuan } from '@huming/shared/money'
import { writePdf } from '../documents/pdf.ts'
import type { PdfDoc, PdfPart } from '../documents/pdf-doc.ts'
import { sendFile } from '../documents/send-file.ts'
import { type Column, xlsxOf } from '../documents/sheet.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import type { Door } from '../kernel/routes.ts'
import { payCodeFor } from '../payment/pay-codes.ts'
import { receivingAccount } from '../payment/rows.ts'
import { type StatementLine, statementLineRows } from './read-statements.ts'
import { type StatementDoc, statementDoc } from './statement-rows.ts'

/** Lines of a paper; longer statements are taken as workbooks. */
const paperLines = 5000
const sheetLines = 100_000

/** Why money moved, on Chinese papers. */
export const reasonNames: Record<string, string> = {
  sale: '货款',
  settle: '货款结算',
  fee: '服务费',
  retention: '质保金',
  retention_release: '质保金退还',
  commission: '佣金',
  payment: '付款',
  refund: '退款',
  credit_note: '售后扣款',
  claw_back: '售后追回',
  claim_moved: '责任改判',
  payout: '付款给供应商',
  payout_returned: '付款退回',
  interest: '逾期利息',
  write_off: '坏账核销',
  match: '认款',
  dispute: '拒付',
  offset: '抵扣',
  deposit: '保证金',
}

const sideNames = { buyer: '客户', supplier: '供应商', broker: '经纪人' } as const

/** A statement with its lines and lines to sign on (对账单), as a workbook or a paper. */
export async function statementFile(
  ctx: Ctx,
  { id, format }: { id: string; format: 'xlsx' | 'pdf' },
  door: Door,
): Promise<unknown> {
  allow(ctx, 'statement.read')
  const head = await statementDoc(ctx.db, ctx, id)
  const lines = await statementLineRows(ctx.db, id, format === 'pdf' ? paperLines : sheetLines)
  const name = `对账单 ${head.number} ${head.party} ${head.fromDay}—${head.toDay}`
  if (format === 'pdf')
    return sendFile(door, 'pdf', name, await writePdf(paper(head, lines, await howToPay(ctx, head))))
  const columns: Column<StatementLine>[] = [
    { head: '时间', of: (line) => instantText(new Date(line.at), 'zh'), width: 18 },
    { head: '事项', of: (line) => reasonNames[line.reason] ?? line.reason },
    { head: '单号', of: (line) => line.subject, width: 20 },
    { head: '门店', of: (line) => line.site, width: 24 },
    { head: '金额（元）', of: (line) => line.amountFen / 100, format: '0.00' },
    { head: '异议', of: (line) => line.dispute?.reason ?? '', width: 30 },
    { head: '答复', of: (line) => line.dispute?.answer ?? '', width: 30 },
    { head: '流水号', of: (line) => line.transferId, width: 38 },
  ]
  return sendFile(door, 'xlsx', name, await xlsxOf(head.number, columns, lines))
}

/** Where a buyer sends the money of its statement, and the code that says what it is for. */
async function howToPay(ctx: Ctx, head: StatementDoc): Promise<PdfPart[]> {
  const account = head.side === 'buyer' ? await receivingAccount(ctx.db, ctx.now) : null
  if (!account) return []
  const code = await payCodeFor(ctx.db, ctx.now, head.orgId, head.id)
  const rows = [
    ['收款户名', account.holder],
    ['开户行', account.bank],
    ['账号', account.number],
    ['付款码（请填在转账附言）', code],
  ] as const
  return [
    { kind: 'heading', text: '付款方式' },
    { kind: 'facts', rows },
  ]
}

const paper = (head: StatementDoc, lines: readonly StatementLine[], pay: readonly PdfPart[]): PdfDoc => ({
  title: '对账单',
  sub: `${head.number} · ${head.fromDay} 至 ${head.toDay}`,
  ...(head.isSample ? { watermark: '示例' } : {}),
  parts: [
    {
      kind: 'facts',
      rows: [
        [sideNames[head.side], head.party],
        ['到期日', head.dueOn],
        ['期初余额', formatYuan(head.openingFen)],
        ['本期增加', formatYuan(head.increasesFen)],
        ['本期减少', formatYuan(head.decreasesFen)],
        ['期末余额', formatYuan(head.closingFen)],
        ['本期应付', formatYuan(head.dueFen)],
        ['已付', formatYuan(head.paidFen)],
      ],
    },
    {
      kind: 'table',
      head: ['事项', '笔数', '金额'],
      rows: head.byReason.map((one) => [
        reasonNames[one.reason] ?? one.reason,
        String(one.count),
        formatYuan(one.amountFen),
      ]),
      numeric: [1, 2],
    },
    ...pay,
    { kind: 'heading', text: '明细' },
    {
      kind: 'table',
      head: ['时间', '事项', '单号', '门店', '金额'],
      rows: lines.map((line) => [
        instantText(new Date(line.at), 'zh'),
        reasonNames[line.reason] ?? line.reason,
        line.subject,
        line.site,
        formatYuan(line.amountFen),
      ]),
      numeric: [4],
    },
    ...(head.lineCount > lines.length
      ? [
          {
            kind: 'text' as const,
            text: `仅列前 ${lines.length} 行，全部 ${head.lineCount} 行请导出表格。`,
            muted: true,
          },
        ]
      : []),
    { kind: 'signatures', names: ['对方确认（签章）', '运营中心（签章）'] },
  ],
})
