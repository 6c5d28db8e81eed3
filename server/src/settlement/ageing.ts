import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDay, serviceDayOf } from '@huming/shared/days'
import { formatYuan } from '@huming/shared/money'
import { type AgeBucket, ageBuckets, ageOf } from '@huming/shared/stating'
import { sql } from 'drizzle-orm'
import { writePdf } from '../documents/pdf.ts'
import { sendFile } from '../documents/send-file.ts'
import { type Column, xlsxOf } from '../documents/sheet.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import type { Door } from '../kernel/routes.ts'

type Ageing = ContractReply<Contracts['statements.ageing']>
type Item = Ageing['items'][number]

/**
 * What buyers owe by how late it is on a day. Open sums of statements by bucket and what is on none yet make up the
 * balance of the account.
 */
export async function readAgeing(ctx: Ctx, { day: asked }: { day?: string | undefined }): Promise<Ageing> {
  allow(ctx, 'statement.manage')
  const day = serviceDay(asked ?? serviceDayOf(ctx.now))
  const rows = await docs<{
    orgId: string
    party: string
    balanceFen: number
    open: { dueOn: string; fen: number }[] | null
  }>(
    ctx.db,
    sql`select a.org_id as "orgId", o.short_name as party, a.debits_posted_fen - a.credits_posted_fen as "balanceFen",
        (select json_agg(json_build_object('dueOn', x.due_on, 'fen', x.fen)) from (
          select s.due_on, s.due_fen - coalesce((select sum(p.fen) from payment_allocations p where p.statement_id = s.id), 0)::int8 as fen
          from statements s where s.account_id = a.id and s.status not in ('paid', 'written_off')) x where x.fen <> 0) as open
      from ledger_accounts a join organisations o on o.id = a.org_id where a.purpose = 'receivable'
      order by o.short_name, a.id limit 20000`,
  )
  const items = rows.map(({ orgId, party, balanceFen, open }): Item => {
    const buckets = Object.fromEntries(ageBuckets.map((bucket) => [bucket, 0])) as Record<AgeBucket, number>
    for (const { dueOn, fen } of open ?? []) buckets[ageOf(serviceDay(dueOn), day)] += fen
    const stated = Object.values(buckets).reduce((sum, fen) => sum + fen, 0)
    return { orgId, party, buckets, unstatedFen: balanceFen - stated, totalFen: balanceFen }
  })
  const shown = items.filter(
    (item) => item.totalFen !== 0 || Object.values(item.buckets).some((fen) => fen !== 0),
  )
  return { day, items: shown.toSorted((a, b) => b.totalFen - a.totalFen) }
}

const heads: Record<AgeBucket, string> = {
  not_due: '未到期',
  d1_30: '逾期 1–30 天',
  d31_60: '逾期 31–60 天',
  d61_90: '逾期 61–90 天',
  over_90: '逾期 90 天以上',
}

/** The same for the books, in Chinese. */
export async function ageingFile(
  ctx: Ctx,
  format: 'xlsx' | 'pdf',
  query: { day?: string | undefined },
  door: Door,
): Promise<unknown> {
  const { day, items } = await readAgeing(ctx, query)
  const name = `应收账龄-${day}`
  if (format === 'xlsx') {
    const columns: Column<Item>[] = [
      { head: '客户', of: (row) => row.party, width: 28 },
      ...ageBuckets.map((bucket) => ({
        head: `${heads[bucket]}（元）`,
        of: (row: Item) => (row.buckets[bucket] ?? 0) / 100,
        format: '0.00',
      })),
      { head: '未出账/预付（元）', of: (row) => row.unstatedFen / 100, format: '0.00' },
      { head: '余额（元）', of: (row) => row.totalFen / 100, format: '0.00' },
    ]
    return sendFile(door, 'xlsx', name, await xlsxOf('应收账龄', columns, items))
  }
  const bytes = await writePdf({
    title: '应收账龄',
    sub: `截至 ${day}`,
    landscape: true,
    parts: [
      {
        kind: 'table',
        head: ['客户', ...ageBuckets.map((bucket) => heads[bucket]), '未出账/预付', '余额'],
        rows: items.map((row) => [
          row.party,
          ...ageBuckets.map((bucket) => formatYuan(row.buckets[bucket] ?? 0)),
          formatYuan(row.unstatedFen),
          formatYuan(row.totalFen),
        ]),
        numeric: [1, 2, 3, 4, 5, 6, 7],
      },
    ],
  })
  return sendFile(door, 'pdf', name, bytes)
}
