import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { type SQL, sql } from 'drizzle-orm'
import { visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'

export type PaymentBrief = ContractReply<Contracts['payments.list']>['items'][number]

/** Columns of a payment for replies, over `payments p` and `organisations o`. */
export const paymentColumns = sql`p.id, p.org_id as "orgId", o.short_name as buyer, p.method, p.purpose,
  p.subject_id as "subjectId", p.amount_fen as "amountFen", p.received_fen as "receivedFen",
  (select coalesce(sum(r.amount_fen), 0)::int8 from refunds r
    where r.payment_id = p.id and r.event_id is not null and r.status in ('pending', 'succeeded')) as "refundedFen",
  p.status, (select d.status from disputes d where d.payment_id = p.id order by d.id desc limit 1) as dispute,
  p.pay_code as "payCode", p.failure, p.created_at as "createdAt", p.completed_at as "completedAt",
  p.expires_at as "expiresAt", p.version, p.is_sample as "isSample"`

/** Payments that the actor may see, over `payments p`. */
export function visiblePayments(ctx: Pick<Ctx, 'actor'>): SQL {
  const orgIds = visibleOrgIds(ctx, 'payment.read')
  return orgIds === 'all' ? sql`true` : sql`p.org_id = any(${bareArray(orgIds)}::uuid[])`
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Rows before the cursor, newest first; a cursor that is none of ours shows the first page. */
export const before = (column: SQL, cursor: string | undefined): SQL =>
  cursor && uuid.test(cursor) ? sql`${column} < ${cursor}::uuid` : sql`true`
