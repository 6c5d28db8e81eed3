import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { page } from '../kernel/page.ts'
import { type BatchBrief, type BatchDoc, batchDoc, briefQuery } from './batch-doc.ts'
import { productionScope } from './rows.ts'

type List = Contracts['production.listBatches']

/** Batches one may see, newest first. */
export async function listBatches(
  ctx: Ctx,
  query: ContractParsed<List>['query'],
): Promise<ContractReply<List>> {
  const parts = [productionScope(ctx, sql`b`)]
  if (query.orgId) parts.push(sql`b.org_id = ${query.orgId}`)
  if (query.status) parts.push(sql`b.status = ${query.status}`)
  if (query.day) parts.push(sql`b.planned_day = ${query.day}`)
  if (query.cursor) parts.push(sql`b.id < ${query.cursor}::uuid`)
  const rows = await docs<BatchBrief>(
    ctx.db,
    briefQuery(sql.join(parts, sql` and `), sql`order by b.id desc limit ${query.limit + 1}`),
  )
  return page(rows, query.limit, (row) => row.id)
}

/** One batch with what it needs, took and went through. */
export const readBatch = (ctx: Ctx, id: string): Promise<BatchDoc> => batchDoc(ctx.db, ctx, id)
