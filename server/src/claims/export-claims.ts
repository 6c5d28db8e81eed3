import type { ClaimKind, ClaimParty } from '@huming/shared/claiming'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { formatYuan } from '@huming/shared/money'
import { baseText } from '@huming/shared/quantity'
import type { BaseUnit } from '@huming/shared/units'
import { sql } from 'drizzle-orm'
import { writePdf } from '../documents/pdf.ts'
import { sendFile } from '../documents/send-file.ts'
import { type Column, csvOf, xlsxOf } from '../documents/sheet.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import type { Door } from '../kernel/routes.ts'
import { claimFilter } from './read-claim.ts'
import { claimScope, lineScope } from './rows.ts'

type Input = ContractParsed<Contracts['claims.export']>

/** Names on papers, which are Chinese. */
export const kindNames: Record<ClaimKind, string> = {
  shortage: '少货',
  quality: '质量',
  temperature: '温度',
  wrong_goods: '错货',
}
export const partyNames: Record<ClaimParty, string> = {
  supplier: '供应商',
  hub: '城配仓',
  carrier: '承运方',
  nobody: '运营中心',
}
const statusNames = { sent: '待处理', decided: '已处理', contested: '申诉中', withdrawn: '已撤回' } as const

type Row = {
  number: string
  day: string
  orderNumber: string
  buyer: string
  site: string
  supplier: string
  goods: string
  lot: string
  kind: ClaimKind
  quantity: number
  baseUnit: BaseUnit
  askedFen: number
  acceptedQuantity: number | null
  acceptedFen: number | null
  party: ClaimParty | null
  status: keyof typeof statusNames
  creditNote: string | null
}

/** Lines of one table at most; who needs more asks by days. */
const rowsMax = 20_000

const columns: readonly Column<Row>[] = [
  { head: '售后单号', of: (row) => row.number, width: 18 },
  { head: '申请日期', of: (row) => row.day },
  { head: '订单', of: (row) => row.orderNumber, width: 18 },
  { head: '客户', of: (row) => row.buyer, width: 24 },
  { head: '门店', of: (row) => row.site, width: 24 },
  { head: '供应商', of: (row) => row.supplier, width: 24 },
  { head: '商品', of: (row) => row.goods, width: 28 },
  { head: '批次', of: (row) => row.lot, width: 20 },
  { head: '类型', of: (row) => kindNames[row.kind] },
  { head: '申请数量', of: (row) => baseText(row.quantity, row.baseUnit, 'zh') },
  { head: '申请金额（元）', of: (row) => row.askedFen / 100, format: '0.00' },
  {
    head: '认可数量',
    of: (row) => (row.acceptedQuantity === null ? '' : baseText(row.acceptedQuantity, row.baseUnit, 'zh')),
  },
  {
    head: '认可金额（元）',
    of: (row) => (row.acceptedFen === null ? null : row.acceptedFen / 100),
    format: '0.00',
  },
  { head: '责任方', of: (row) => (row.party ? partyNames[row.party] : '') },
  { head: '状态', of: (row) => statusNames[row.status] },
  { head: '扣款通知单', of: (row) => row.creditNote, width: 18 },
]

/** Claims by line, as far as the actor may see them, as a table or a paper. */
export async function exportClaims(ctx: Ctx, { params, query }: Input, door: Door): Promise<unknown> {
  allow(ctx, 'claim.read')
  const rows = await docs<Row>(
    ctx.db,
    sql`select c.number, to_char(c.made_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, o.number as "orderNumber",
        b.short_name as buyer, s.name as site, u.short_name as supplier, p.name || ' ' || k.spec as goods, l.code as lot,
        x.kind, x.quantity, k.base_unit as "baseUnit", x.asked_fen as "askedFen",
        x.accepted_quantity as "acceptedQuantity", x.accepted_fen as "acceptedFen", x.responsible_party as party,
        c.status, n.number as "creditNote"
      from claim_lines x join claims c on c.id = x.claim_id join orders o on o.id = c.order_id
      join organisations b on b.id = c.org_id join sites s on s.id = c.site_id
      join organisations u on u.id = x.supplier_org_id join skus k on k.id = x.sku_id join products p on p.id = k.product_id
      join lots l on l.id = x.lot_id left join credit_notes n on n.claim_id = c.id
      where ${claimScope(ctx)} and ${lineScope(ctx)} and ${claimFilter(query)}
      order by c.id desc, x.id limit ${rowsMax}`,
  )
  const name = `售后-${serviceDayOf(ctx.now)}`
  if (params.format === 'csv') return sendFile(door, 'csv', name, csvOf(columns, rows))
  if (params.format === 'xlsx') return sendFile(door, 'xlsx', name, await xlsxOf('售后', columns, rows))
  const shown = rows.slice(0, 2000)
  const bytes = await writePdf({
    title: '售后明细',
    sub: `截至 ${serviceDayOf(ctx.now)}，共 ${rows.length} 行`,
    landscape: true,
    parts: [
      {
        kind: 'table',
        head: ['单号', '日期', '客户', '供应商', '商品', '类型', '申请', '认可', '责任方', '状态'],
        rows: shown.map((row) => [
          row.number,
          row.day,
          row.buyer,
          row.supplier,
          row.goods,
          kindNames[row.kind],
          formatYuan(row.askedFen),
          row.acceptedFen === null ? '' : formatYuan(row.acceptedFen),
          row.party ? partyNames[row.party] : '',
          statusNames[row.status],
        ]),
        numeric: [6, 7],
      },
    ],
  })
  return sendFile(door, 'pdf', name, bytes)
}
