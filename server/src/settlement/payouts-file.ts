import { serviceDayOf } from '@huming/shared/days'
import { sayableNumber } from '@huming/shared/ids'
import { sql } from 'drizzle-orm'
import { sendFile } from '../documents/send-file.ts'
import { type Column, xlsxOf } from '../documents/sheet.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import type { Door } from '../kernel/routes.ts'

type Row = {
  batchId: string
  throughDay: string
  way: 'bank' | 'stripe'
  party: string
  purpose: 'payable' | 'commission'
  amountFen: number
  lastFour: string | null
  status: 'proposed' | 'approved' | 'sent' | 'confirmed' | 'returned' | 'cancelled'
  maker: string
  checker: string | null
  sentDay: string | null
  endedDay: string | null
  railReference: string | null
  returnReason: string | null
}

const statuses: Record<Row['status'], string> = {
  proposed: '待复核',
  approved: '已复核',
  sent: '已付出',
  confirmed: '已到账',
  returned: '已退回',
  cancelled: '已取消',
}

const columns: readonly Column<Row>[] = [
  { head: '批次', of: (row) => sayableNumber('F', row.batchId), width: 18 },
  { head: '截至', of: (row) => row.throughDay },
  { head: '付款方式', of: (row) => (row.way === 'bank' ? '银行批量转账' : 'Stripe 转账') },
  { head: '收款方', of: (row) => row.party, width: 28 },
  { head: '款项', of: (row) => (row.purpose === 'payable' ? '货款' : '佣金') },
  { head: '金额（元）', of: (row) => row.amountFen / 100, format: '0.00' },
  { head: '账号尾号', of: (row) => row.lastFour ?? '' },
  { head: '状态', of: (row) => statuses[row.status] },
  { head: '提交人', of: (row) => row.maker },
  { head: '复核人', of: (row) => row.checker ?? '' },
  { head: '付出日期', of: (row) => row.sentDay ?? '' },
  { head: '到账或退回日期', of: (row) => row.endedDay ?? '' },
  { head: '银行流水号', of: (row) => row.railReference ?? '', width: 24 },
  { head: '退回原因', of: (row) => row.returnReason ?? '', width: 28 },
]

const rowsMax = 20_000

/** Every payout of every batch, newest first, for the books; account numbers but for four digits stay sealed. */
export async function payoutsFile(ctx: Ctx, door: Door): Promise<unknown> {
  allow(ctx, 'payout.read')
  const dayOf = (column: 'b.sent_at' | 'p.ended_at') =>
    sql`to_char(${sql.raw(column)} at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`
  const rows = await docs<Row>(
    ctx.db,
    sql`select b.id as "batchId", b.through_day as "throughDay", b.way, o.name as party, p.purpose, p.amount_fen as "amountFen",
        a.last_four as "lastFour", p.status, m.name as maker, k.name as checker, ${dayOf('b.sent_at')} as "sentDay",
        ${dayOf('p.ended_at')} as "endedDay", p.rail_reference as "railReference", p.return_reason as "returnReason"
      from payouts p join payout_batches b on b.id = p.batch_id join organisations o on o.id = p.party_org_id
      left join org_bank_accounts a on a.id = p.bank_account_id left join people m on m.id = b.made_by
      left join people k on k.id = b.checked_by
      order by b.id desc, o.name, p.id limit ${rowsMax}`,
  )
  const bytes = await xlsxOf('付款明细', columns, rows)
  return sendFile(door, 'xlsx', `付款明细-${serviceDayOf(ctx.now)}`, bytes)
}
