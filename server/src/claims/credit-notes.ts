import type { ClaimKind } from '@huming/shared/claiming'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { formatYuan } from '@huming/shared/money'
import { baseText } from '@huming/shared/quantity'
import type { BaseUnit } from '@huming/shared/units'
import { type SQL, sql } from 'drizzle-orm'
import { writePdf } from '../documents/pdf.ts'
import type { PdfDoc } from '../documents/pdf-doc.ts'
import { sendFile } from '../documents/send-file.ts'
import { allow, visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { page } from '../kernel/page.ts'
import type { Door } from '../kernel/routes.ts'
import { anyOf } from '../supply/rows.ts'
import { kindNames } from './export-claims.ts'

type List = ContractReply<Contracts['claims.creditNotes']>
type Brief = List['items'][number]

/** A note is the buyer's and operations': it may name several suppliers. */
function noteScope(ctx: Ctx): SQL {
  const orgIds = visibleOrgIds(ctx, 'claim.read')
  return orgIds === 'all' ? sql`true` : sql`n.org_id = ${anyOf(orgIds)}`
}

const columns = sql`n.id, n.number, n.claim_id as "claimId", c.number as "claimNumber", n.order_id as "orderId",
  o.number as "orderNumber", b.name as buyer, n.day, n.total_fen as "totalFen", n.tax_fen as "taxFen", n.is_sample as "isSample"`
const from = sql`credit_notes n join claims c on c.id = n.claim_id join orders o on o.id = n.order_id
  join organisations b on b.id = n.org_id`

/** Credit notes, newest first. */
export async function listCreditNotes(
  ctx: Ctx,
  { limit, cursor, orderId }: ContractParsed<Contracts['claims.creditNotes']>['query'],
): Promise<List> {
  allow(ctx, 'claim.read')
  const rows = await docs<Brief>(
    ctx.db,
    sql`select ${columns} from ${from} where ${noteScope(ctx)}
      and (${orderId ?? null}::uuid is null or n.order_id = ${orderId ?? null}::uuid)
      and (${cursor ?? null}::uuid is null or n.id < ${cursor ?? null}::uuid) order by n.id desc limit ${limit + 1}`,
  )
  return page(rows, limit, (last) => last.id)
}

type Line = {
  name: string
  spec: string
  lot: string
  kind: ClaimKind
  quantity: number
  baseUnit: BaseUnit
  taxRateBp: number
  grossFen: number
  taxFen: number
}

/** The note as a paper for the books (扣款通知单): lines with rate and tax, which sum to it. */
export async function creditNoteFile(ctx: Ctx, id: string, door: Door): Promise<unknown> {
  allow(ctx, 'claim.read')
  const [row] = await docs<Brief>(
    ctx.db,
    sql`select ${columns} from ${from} where n.id = ${id} and ${noteScope(ctx)}`,
  )
  const note = found(row)
  const lines = await docs<Line>(
    ctx.db,
    sql`select p.name, k.spec, l.code as lot, x.kind, y.quantity, k.base_unit as "baseUnit", y.tax_rate_bp as "taxRateBp",
        y.gross_fen as "grossFen", y.tax_fen as "taxFen"
      from credit_note_lines y join claim_lines x on x.id = y.claim_line_id join skus k on k.id = x.sku_id
      join products p on p.id = k.product_id join lots l on l.id = x.lot_id
      where y.credit_note_id = ${id} order by x.id`,
  )
  return sendFile(door, 'pdf', `扣款通知单 ${note.number}`, await writePdf(noteDoc(note, lines)))
}

const noteDoc = (note: Brief, lines: readonly Line[]): PdfDoc => ({
  title: '扣款通知单',
  sub: note.number,
  ...(note.isSample ? { watermark: '示例' } : {}),
  parts: [
    {
      kind: 'facts',
      rows: [
        ['客户', note.buyer],
        ['日期', note.day],
        ['订单', note.orderNumber],
        ['售后单', note.claimNumber],
      ],
    },
    {
      kind: 'table',
      head: ['商品', '规格', '批次', '类型', '数量', '税率', '税额', '价税合计'],
      rows: lines.map((line) => [
        line.name,
        line.spec,
        line.lot,
        kindNames[line.kind],
        baseText(line.quantity, line.baseUnit, 'zh'),
        line.taxRateBp === 0 ? '免税' : `${line.taxRateBp / 100}%`,
        formatYuan(line.taxFen),
        formatYuan(line.grossFen),
      ]),
      numeric: [4, 5, 6, 7],
    },
    {
      kind: 'text',
      text: `合计 ${formatYuan(note.totalFen)}（其中税额 ${formatYuan(note.taxFen)}）`,
      align: 'right',
    },
  ],
})
