import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { specialTypeNames } from '@huming/shared/reference/invoice-words'
import { sql } from 'drizzle-orm'
import { sendFile } from '../documents/send-file.ts'
import { type Column, csvOf, xlsxOf } from '../documents/sheet.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import type { Door } from '../kernel/routes.ts'
import { type Invoice, invoiceColumns, invoiceFilter, invoiceFrom, invoiceScope } from './invoices.ts'

type Input = ContractParsed<Contracts['invoices.export']>
type Row = Invoice & {
  item: string
  spec: string
  unit: string
  milliUnits: number
  taxRateBp: number
  exempt: boolean
  lineNet: number
  lineTax: number
  lineGross: number
}

const rowsMax = 20_000

const columns: readonly Column<Row>[] = [
  { head: '发票流水号', of: (row) => row.id, width: 38 },
  { head: '数电票号码', of: (row) => row.number20, width: 24 },
  { head: '开票日期', of: (row) => row.issuedOn },
  { head: '发票类型', of: (row) => (row.kind === 'special' ? '数电专票' : '数电普票') },
  {
    head: '特定业务类型',
    of: (row) => (row.specialType ? `${row.specialType} ${specialTypeNames[row.specialType]}` : ''),
  },
  { head: '销售方名称', of: (row) => row.seller, width: 28 },
  { head: '销售方识别号', of: (row) => row.sellerUscc, width: 22 },
  { head: '购买方名称', of: (row) => row.buyer, width: 28 },
  { head: '购买方识别号', of: (row) => row.buyerUscc, width: 22 },
  { head: '项目名称', of: (row) => row.item, width: 30 },
  { head: '规格型号', of: (row) => row.spec, width: 24 },
  { head: '单位', of: (row) => row.unit },
  { head: '数量', of: (row) => row.milliUnits / 1000, format: '0.000' },
  { head: '金额（不含税）', of: (row) => row.lineNet / 100, format: '0.00' },
  { head: '税率', of: (row) => (row.exempt ? '免税' : `${row.taxRateBp / 100}%`) },
  { head: '税额', of: (row) => row.lineTax / 100, format: '0.00' },
  { head: '价税合计', of: (row) => row.lineGross / 100, format: '0.00' },
  { head: '红字确认单编号', of: (row) => row.redConfirmation, width: 24 },
  { head: '备注', of: (row) => row.remark, width: 24 },
]

/** Invoice data by line with the field names of the tax platform. */
export async function exportInvoices(ctx: Ctx, { params, query }: Input, door: Door): Promise<unknown> {
  allow(ctx, 'statement.read')
  const rows = await docs<Row>(
    ctx.db,
    sql`select ${invoiceColumns}, y.item, y.spec, y.unit, y.milli_units as "milliUnits", y.tax_rate_bp as "taxRateBp", y.exempt,
        y.net_fen as "lineNet", y.tax_fen as "lineTax", y.gross_fen as "lineGross"
      from ${invoiceFrom} join invoice_lines y on y.invoice_id = i.id where ${invoiceScope(ctx)} and ${invoiceFilter(query)}
      order by i.id desc, y.line_no limit ${rowsMax}`,
  )
  const name = `发票数据-${serviceDayOf(ctx.now)}`
  const bytes = params.format === 'csv' ? csvOf(columns, rows) : await xlsxOf('发票数据', columns, rows)
  return sendFile(door, params.format, name, bytes)
}
