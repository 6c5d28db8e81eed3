import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { uploadFields } from '@huming/shared/upload-fields'
import { sql } from 'drizzle-orm'
import { sendFile } from '../documents/send-file.ts'
import { type Column, csvOf, xlsxOf } from '../documents/sheet.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import type { Door } from '../kernel/routes.ts'
import { filterOf, type Upload, uploadQuery } from './list-uploads.ts'

type Input = ContractParsed<Contracts['upload.export']>

/** Rows of one table; whoever needs more asks by kind and state. */
const rowsMax = 20_000

const kindNames = { in: '进货', out: '出货', archive: '电子档案' } as const

/** The records of one kind as a table with the Chinese field names of the official forms. */
export async function exportUploads(ctx: Ctx, { params, query }: Input, door: Door): Promise<unknown> {
  allow(ctx, 'upload.read')
  const rows = await docs<Upload>(
    ctx.db,
    uploadQuery(ctx.now, filterOf(query, ctx.now), sql`order by u.due_at, u.id limit ${rowsMax}`),
  )
  const columns: Column<Upload>[] = [
    { head: '流水号', of: (row) => row.id, width: 38 },
    ...uploadFields[query.kind].map(([key, head]) => ({
      head,
      of: (row: Upload) => row.record[key] ?? null,
    })),
    { head: '应报时间', of: (row) => row.dueAt, width: 26 },
    {
      head: '状态',
      of: (row) => (row.status === 'accepted' ? '已报' : row.status === 'rejected' ? '退回' : '待报'),
    },
    { head: '逾期', of: (row) => (row.late ? '是' : '否') },
    { head: '回执号', of: (row) => row.receiptNo },
  ]
  const name = `追溯上传-${kindNames[query.kind]}-${serviceDayOf(ctx.now)}`
  const bytes =
    params.format === 'csv' ? csvOf(columns, rows) : await xlsxOf(kindNames[query.kind], columns, rows)
  return sendFile(door, params.format, name, bytes)
}
