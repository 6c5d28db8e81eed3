import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { formatUnitPrice, formatYuan } from '@huming/shared/money'
import { sql } from 'drizzle-orm'
import { writePdf } from '../documents/pdf.ts'
import type { PdfDoc } from '../documents/pdf-doc.ts'
import { sendFile } from '../documents/send-file.ts'
import { type Column, xlsxOf } from '../documents/sheet.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { page } from '../kernel/page.ts'
import type { Door } from '../kernel/routes.ts'
import { readMoney } from './read-money.ts'

export type SettledLot = ContractReply<Contracts['settlement.lines']>['items'][number]
type PartyMoney = ContractReply<Contracts['settlement.money']>
type Asked = { orgId: string; from?: string | undefined; to?: string | undefined }

/** Lines of a paper, and of a workbook. */
const paperLines = 3000
const sheetLines = 100_000

/** Settled lots of a supplier, or those a broker earns on, newest first. */
export async function listSettledLines(
  ctx: Ctx,
  orgId: string,
  { limit, cursor, from, to }: ContractParsed<Contracts['settlement.lines']>['query'],
): Promise<ContractReply<Contracts['settlement.lines']>> {
  allow(ctx, 'money.read', { orgId })
  const rows = await settledRows(ctx, { orgId, from, to }, limit + 1, cursor)
  return page(rows, limit, (last) => last.id)
}

function settledRows(
  ctx: Ctx,
  { orgId, from, to }: Asked,
  limit: number,
  cursor?: string,
): Promise<SettledLot[]> {
  return docs<SettledLot>(
    ctx.db,
    sql`select s.id, case when s.reverses_id is null then 'sale' else 'reversal' end as kind, s.day,
      s.order_id as "orderId", o.number as "orderNumber", c.number as "claimNumber", s.lot_id as "lotId",
      l.code as "lotCode", p.name, p.name_en as "nameEn", k.spec, k.base_unit as "baseUnit", k.price_unit as "priceUnit",
      s.quantity, x.price_centifen as "priceCentifen", s.gross_fen as "grossFen", s.tax_fen as "taxFen",
      s.fee_fen as "feeFen", coalesce((t.fee_bp_by_category->>p.category)::int, t.fee_bp) as "feeBp",
      t.delivery_fee_centifen as "deliveryFeeCentifen", s.retention_fen as "retentionFen",
      t.retention_bp as "retentionBp", s.commission_supplier_fen as "commissionSupplierFen",
      s.commission_platform_fen as "commissionPlatformFen", s.net_fen as "netFen",
      s.supplier_org_id as "supplierOrgId", u.short_name as supplier, b.short_name as broker,
      m.commission_basis as "commissionBasis", m.commission_rate as "commissionRate", s.due_on as "dueOn",
      s.release_on as "releaseOn", s.frozen_until as "frozenUntil",
      (select json_build_object('id', n.id, 'status', n.status, 'reason', n.reason, 'answer', n.answer, 'addedFen', n.added_fen)
        from commission_contests n where n.settlement_line_id = s.id) as contest
    from settlement_lines s join orders o on o.id = s.order_id join order_lines x on x.id = s.order_line_id
      join lots l on l.id = s.lot_id join skus k on k.id = x.sku_id join products p on p.id = k.product_id
      join organisations u on u.id = s.supplier_org_id left join organisations b on b.id = s.broker_org_id
      left join supplier_terms t on t.id = s.terms_id left join mandates m on m.id = s.mandate_id
      left join claims c on c.id = s.subject_id
    where (s.supplier_org_id = ${orgId} or s.broker_org_id = ${orgId})
      and (${from ?? null}::text is null or s.day >= ${from ?? null}) and (${to ?? null}::text is null or s.day <= ${to ?? null})
      and (${cursor ?? null}::uuid is null or s.id < ${cursor ?? null}::uuid)
    order by s.id desc limit ${limit}`,
  )
}

const yuan = { format: '0.00' } as const
const columns: Column<SettledLot>[] = [
  { head: '日期', of: (row) => row.day, width: 12 },
  { head: '订单', of: (row) => row.orderNumber, width: 16 },
  { head: '类型', of: (row) => (row.kind === 'sale' ? '结算' : `售后扣回 ${row.claimNumber ?? ''}`.trim()) },
  { head: '供货方', of: (row) => row.supplier, width: 24 },
  { head: '商品', of: (row) => row.name, width: 24 },
  { head: '规格', of: (row) => row.spec, width: 20 },
  { head: '批次', of: (row) => row.lotCode, width: 22 },
  { head: '数量', of: (row) => row.quantity },
  { head: '单位', of: (row) => row.baseUnit, width: 8 },
  { head: '单价', of: (row) => formatUnitPrice(row.priceCentifen, row.priceUnit) },
  { head: '货款（元）', of: (row) => row.grossFen / 100, ...yuan },
  { head: '其中税额（元）', of: (row) => row.taxFen / 100, ...yuan },
  { head: '服务费（元）', of: (row) => row.feeFen / 100, ...yuan },
  { head: '质保金（元）', of: (row) => row.retentionFen / 100, ...yuan },
  { head: '供货方付佣金（元）', of: (row) => row.commissionSupplierFen / 100, ...yuan },
  { head: '平台付佣金（元）', of: (row) => row.commissionPlatformFen / 100, ...yuan },
  { head: '净额（元）', of: (row) => row.netFen / 100, ...yuan },
  { head: '应付日', of: (row) => row.dueOn, width: 12 },
  { head: '质保金退还日', of: (row) => row.releaseOn ?? '', width: 12 },
  { head: '佣金解冻日（次日）', of: (row) => row.frozenUntil ?? '', width: 14 },
]

/** Settled lots of a period as a workbook or a paper (结算明细). */
export async function settledFile(
  ctx: Ctx,
  { format, ...asked }: Asked & { format: 'xlsx' | 'pdf' },
  door: Door,
): Promise<unknown> {
  allow(ctx, 'money.read', { orgId: asked.orgId })
  const money = await readMoney(ctx, asked.orgId)
  const period = `${asked.from ?? '开始'} 至 ${asked.to ?? '今天'}`
  const name = `结算明细 ${money.party} ${period}`
  if (format === 'xlsx')
    return sendFile(
      door,
      'xlsx',
      name,
      await xlsxOf('结算明细', columns, await settledRows(ctx, asked, sheetLines)),
    )
  const rows = await settledRows(ctx, asked, paperLines)
  return sendFile(door, 'pdf', name, await writePdf(paper(money, period, rows)))
}

/** The paper: what is owed, then the lines. */
function paper(money: PartyMoney, period: string, rows: readonly SettledLot[]): PdfDoc {
  const sum = (of: (row: SettledLot) => number) => formatYuan(rows.reduce((all, row) => all + of(row), 0))
  const broker = money.side === 'broker'
  const earned = (row: SettledLot) => row.commissionSupplierFen + row.commissionPlatformFen
  return {
    title: '结算明细',
    landscape: true,
    sub: `${money.party} · ${period}`,
    ...(money.terms?.isSample ? { watermark: '示例' } : {}),
    parts: [
      {
        kind: 'facts',
        rows: [
          ['已到期应付', formatYuan(money.dueFen)],
          [
            broker ? '佣金余额' : '应付余额',
            formatYuan(broker ? money.balances.commissionFen : money.balances.payableFen),
          ],
          ['质保金', formatYuan(money.balances.retentionFen)],
          ['本表货款', sum((row) => row.grossFen)],
          [broker ? '本表佣金' : '本表净额', sum(broker ? earned : (row) => row.netFen)],
        ],
      },
      {
        kind: 'table',
        head: [
          '日期',
          '订单',
          '商品',
          '批次',
          '货款',
          '服务费',
          '质保金',
          '佣金',
          broker ? '供货方' : '净额',
          '应付日',
        ],
        rows: rows.map((row) => [
          row.day,
          row.orderNumber,
          row.name,
          row.lotCode,
          formatYuan(row.grossFen),
          formatYuan(row.feeFen),
          formatYuan(row.retentionFen),
          formatYuan(earned(row)),
          broker ? row.supplier : formatYuan(row.netFen),
          row.dueOn,
        ]),
        numeric: broker ? [4, 5, 6, 7] : [4, 5, 6, 7, 8],
      },
    ],
  }
}
