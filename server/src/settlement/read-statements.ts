import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { page } from '../kernel/page.ts'
import {
  briefColumns,
  type StatementBrief,
  type StatementDoc,
  statementDoc,
  statementScope,
} from './statement-rows.ts'

export type StatementLine = ContractReply<Contracts['statements.lines']>['items'][number]

/** Statements the actor may see, newest first. */
export async function listStatements(
  ctx: Ctx,
  { limit, cursor, side, status, orgId }: ContractParsed<Contracts['statements.list']>['query'],
): Promise<ContractReply<Contracts['statements.list']>> {
  allow(ctx, 'statement.read')
  const rows = await docs<StatementBrief>(
    ctx.db,
    sql`select ${briefColumns} from statements s join organisations b on b.id = s.org_id
      where ${statementScope(ctx)} and (${side ?? null}::text is null or s.side = ${side ?? null})
        and (${status ?? null}::text is null or s.status = ${status ?? null})
        and (${orgId ?? null}::uuid is null or s.org_id = ${orgId ?? null}::uuid)
        and (${cursor ?? null}::uuid is null or s.id < ${cursor ?? null}::uuid)
      order by s.id desc limit ${limit + 1}`,
  )
  return page(rows, limit, (last) => last.id)
}

export async function readStatement(ctx: Ctx, id: string): Promise<StatementDoc> {
  allow(ctx, 'statement.read')
  return statementDoc(ctx.db, ctx, id)
}

/** The entries of a statement, oldest first, each with what it is for and its last objection. */
export async function listStatementLines(
  ctx: Ctx,
  { id, limit, cursor }: { id: string; limit: number; cursor?: string | undefined },
): Promise<ContractReply<Contracts['statements.lines']>> {
  allow(ctx, 'statement.read')
  const seen = await docs<{ id: string }>(
    ctx.db,
    sql`select s.id from statements s where s.id = ${id} and ${statementScope(ctx)}`,
  )
  found(seen[0])
  const rows = await statementLineRows(ctx.db, id, limit + 1, cursor ?? null)
  return page(rows, limit, (last) => last.transferId)
}

/** Lines after a transfer (UUIDv7: in the order of time). */
export const statementLineRows = (
  db: Db,
  statementId: string,
  limit: number,
  after: string | null = null,
): Promise<StatementLine[]> =>
  docs<StatementLine>(
    db,
    sql`select x.transfer_id as "transferId", x.amount_fen as "amountFen", x.reason, x.subject_id as "subjectId",
        coalesce(o.number, c.number, z.number, '') as subject,
        case when o.id is not null then 'order' when c.id is not null then 'claim' when z.id is not null then 'statement'
          else 'other' end as "subjectKind",
        coalesce(t.name, '') as site, x.at,
        (select json_build_object('id', d.id, 'reason', d.reason, 'madeAt', d.made_at, 'answer', d.answer, 'outcome', d.outcome)
          from statement_disputes d where d.statement_id = x.statement_id and d.transfer_id = x.transfer_id
          order by d.made_at desc limit 1) as dispute
      from statement_lines x left join orders o on o.id = x.subject_id left join claims c on c.id = x.subject_id
      left join statements z on z.id = x.subject_id left join sites t on t.id = coalesce(o.site_id, c.site_id)
      where x.statement_id = ${statementId} and (${after}::uuid is null or x.transfer_id > ${after}::uuid)
      order by x.transfer_id limit ${limit}`,
  )
