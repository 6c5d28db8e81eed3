import { addDays, instantAt, monthEnd, serviceDay } from '@huming/shared/days'
import { formatYuan } from '@huming/shared/money'
import { sql } from 'drizzle-orm'
import { writePdf } from '../documents/pdf.ts'
import { sendFile } from '../documents/send-file.ts'
import { xlsxOf } from '../documents/sheet.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import type { Door } from '../kernel/routes.ts'
import { type Month, readMonth } from './close-month.ts'
import { reasonNames } from './statement-file.ts'

export const checkNames: Record<Month['checklist'][number]['name'], string> = {
  deliveries_settled: '送达订单已结算',
  bank_matched: '银行到账已认款',
  claims_decided: '售后已处理',
  statements_made: '分录已出对账单',
  statements_confirmed: '对账单已确认',
  books_clean: '系统对账无差错',
}

/** What moved in a month by reason, with the checklist, for the books. */
export async function monthFile(
  ctx: Ctx,
  input: { month: string; format: 'xlsx' | 'pdf' },
  door: Door,
): Promise<unknown> {
  const month = await readMonth(ctx, input.month)
  const first = serviceDay(`${input.month}-01`)
  const sums = await docs<{ reason: string; count: number; fen: number }>(
    ctx.db,
    sql`select reason, count(*)::int as count, sum(amount_fen)::int8 as fen from ledger_transfers
      where kind in ('post', 'direct') and at >= ${instantAt(first, 0).toISOString()}::timestamptz
        and at < ${instantAt(addDays(monthEnd(first), 1), 0).toISOString()}::timestamptz group by 1 order by 1`,
  )
  const name = `月结 ${input.month}`
  if (input.format === 'xlsx') {
    const rows = [
      ...month.checklist.map(({ name: point, open }) => ({
        what: checkNames[point],
        count: open,
        fen: null,
      })),
      ...sums.map(({ reason, count, fen }) => ({ what: reasonNames[reason] ?? reason, count, fen })),
    ]
    const bytes = await xlsxOf<(typeof rows)[number]>(
      name,
      [
        { head: '事项', of: (row) => row.what, width: 28 },
        { head: '未完成/笔数', of: (row) => row.count },
        { head: '金额（元）', of: (row) => (row.fen === null ? null : row.fen / 100), format: '0.00' },
      ],
      rows,
    )
    return sendFile(door, 'xlsx', name, bytes)
  }
  const bytes = await writePdf({
    title: '月结',
    sub: `${input.month} ${month.status === 'closed' ? '已结' : '未结'}`,
    parts: [
      { kind: 'heading', text: '检查清单' },
      {
        kind: 'table',
        head: ['事项', '未完成'],
        rows: month.checklist.map(({ name: point, open }) => [checkNames[point], String(open)]),
        numeric: [1],
      },
      { kind: 'heading', text: '本月分录' },
      {
        kind: 'table',
        head: ['事项', '笔数', '金额'],
        rows: sums.map(({ reason, count, fen }) => [
          reasonNames[reason] ?? reason,
          String(count),
          formatYuan(fen),
        ]),
        numeric: [1, 2],
      },
      { kind: 'signatures', names: ['月结人', '复核人'] },
    ],
  })
  return sendFile(door, 'pdf', name, bytes)
}
