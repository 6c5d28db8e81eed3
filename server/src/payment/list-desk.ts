import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { page } from '../kernel/page.ts'
import { before } from './payment-rows.ts'

type Query<Id extends 'bank.lines' | 'refunds.list' | 'disputes.list' | 'bank.imports'> = ContractParsed<
  Contracts[Id]
>['query']
type Items<Id extends keyof Contracts> =
  ContractReply<Contracts[Id]> extends { items: (infer T)[] } ? T : never

const who = (alias: string) =>
  sql.raw(
    `case when ${alias}.id is null then null else json_build_object('id', ${alias}.id, 'name', ${alias}.name) end`,
  )

/** Money that came to the bank account, newest first. */
export async function listLines(
  ctx: Ctx,
  query: Query<'bank.lines'>,
): Promise<ContractReply<Contracts['bank.lines']>> {
  allow(ctx, 'payment.desk')
  const rows = await docs<Items<'bank.lines'>>(
    ctx.db,
    sql`select l.id, l.serial, l.day, l.payer, l.payer_account as "payerAccount", l.amount_fen as "amountFen", l.memo,
        l.status, ${who('po')} as proposed, ${who('mo')} as matched, l.payment_id as "paymentId", l.reason,
        ${who('a')} as "askedBy", ${who('d')} as "decidedBy", l.version, l.is_sample as "isSample"
      from bank_lines l
      left join organisations po on po.id = l.proposed_org_id
      left join payments p on p.id = l.payment_id left join organisations mo on mo.id = p.org_id
      left join people a on a.id = l.asked_by left join people d on d.id = l.decided_by
      where ${before(sql`l.id`, query.cursor)} and ${query.status ? sql`l.status = ${query.status}` : sql`true`}
      order by l.id desc limit ${query.limit + 1}`,
  )
  return page(rows, query.limit, (last) => last.id)
}

/** Bank statements taken in, newest first. */
export async function listImports(
  ctx: Ctx,
  query: Query<'bank.imports'>,
): Promise<ContractReply<Contracts['bank.imports']>> {
  allow(ctx, 'payment.desk')
  const rows = await docs<Items<'bank.imports'>>(
    ctx.db,
    sql`select i.id, i.name, i.lines, i.fresh, i.fresh_fen as "freshFen", i.imported_at as "importedAt",
        ${who('b')} as "importedBy", i.is_sample as "isSample"
      from bank_imports i left join people b on b.id = i.imported_by
      where ${before(sql`i.id`, query.cursor)} order by i.id desc limit ${query.limit + 1}`,
  )
  return page(rows, query.limit, (last) => last.id)
}

/** Refunds, newest first. */
export async function listRefunds(
  ctx: Ctx,
  query: Query<'refunds.list'>,
): Promise<ContractReply<Contracts['refunds.list']>> {
  allow(ctx, 'payment.desk')
  const rows = await docs<Items<'refunds.list'>>(
    ctx.db,
    sql`select r.id, r.payment_id as "paymentId", r.org_id as "orgId", o.short_name as buyer, p.method,
        r.amount_fen as "amountFen", r.reason, r.status, r.failure, ${who('a')} as "askedBy", ${who('d')} as "decidedBy",
        r.asked_at as "askedAt", r.ended_at as "endedAt", r.version, r.is_sample as "isSample"
      from refunds r join payments p on p.id = r.payment_id join organisations o on o.id = r.org_id
      left join people a on a.id = r.asked_by left join people d on d.id = r.decided_by
      where ${before(sql`r.id`, query.cursor)} and ${query.status ? sql`r.status = ${query.status}` : sql`true`}
      order by r.id desc limit ${query.limit + 1}`,
  )
  return page(rows, query.limit, (last) => last.id)
}

/** Payments that a payer's bank took back or asks for, newest first. */
export async function listDisputes(
  ctx: Ctx,
  query: Query<'disputes.list'>,
): Promise<ContractReply<Contracts['disputes.list']>> {
  allow(ctx, 'payment.desk')
  const rows = await docs<Items<'disputes.list'>>(
    ctx.db,
    sql`select d.id, d.payment_id as "paymentId", d.org_id as "orgId", o.short_name as buyer,
        d.amount_fen as "amountFen", d.reason, d.status, d.due_by as "dueBy", d.opened_at as "openedAt",
        d.closed_at as "closedAt", d.is_sample as "isSample"
      from disputes d join organisations o on o.id = d.org_id
      where ${before(sql`d.id`, query.cursor)} and ${query.status ? sql`d.status = ${query.status}` : sql`true`}
      order by d.id desc limit ${query.limit + 1}`,
  )
  return page(rows, query.limit, (last) => last.id)
}
