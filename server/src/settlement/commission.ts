import { commissionContests, settlementLines } from '@huming/db/schema/settlement'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, serviceDay, serviceDayOf } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { allow, person, visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { notify } from '../kernel/notice.ts'
import { page } from '../kernel/page.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { transfer } from '../ledger/transfer.ts'
import { anyOf } from '../supply/rows.ts'

type Contest = ContractReply<Contracts['commission.contest']>
type OrderedLine = ContractReply<Contracts['commission.orders']>['items'][number]

/** So long after the settlement a broker may object. */
const contestDays = 60

const contestDocs = (tx: Db | Tx, where: SQL, limit = 1): Promise<Contest[]> =>
  docs<Contest>(
    tx,
    sql`select n.id, n.settlement_line_id as "settlementLineId", b.short_name as broker, o.number as "orderNumber",
      l.code as "lotCode", p.name, u.short_name as principal,
      s.commission_supplier_fen + s.commission_platform_fen as "commissionFen", n.reason, n.raised_at as "raisedAt",
      n.status, n.answer, n.added_fen as "addedFen", n.answered_at as "answeredAt"
    from commission_contests n join settlement_lines s on s.id = n.settlement_line_id join orders o on o.id = s.order_id
      join lots l on l.id = s.lot_id join skus k on k.id = l.sku_id join products p on p.id = k.product_id
      join organisations b on b.id = n.broker_org_id join organisations u on u.id = s.supplier_org_id
    where ${where} order by (n.status = 'open') desc, n.id desc limit ${limit}`,
  )

/** Objections, open ones first; a broker sees its own. The cursor counts, for an answer moves a row. */
export async function listContests(
  ctx: Ctx,
  { limit, cursor }: ContractParsed<Contracts['commission.contests']>['query'],
): Promise<ContractReply<Contracts['commission.contests']>> {
  allow(ctx, 'commission.read')
  const ids = visibleOrgIds(ctx, 'commission.read')
  const seen = ids === 'all' ? sql`true` : sql`n.broker_org_id = ${anyOf(ids)}`
  const from = Math.min(10_000, Number.parseInt(cursor ?? '0', 10) || 0)
  const rows = (await contestDocs(ctx.db, seen, from + limit + 1)).slice(from)
  return page(rows, limit, () => String(from + limit))
}

/**
 * A broker objects to the commission of one settled lot, once, within two months. Other words under the id are
 * `id_reused`; a second objection to the lot is `commission_contested`.
 */
export async function contestCommission(
  ctx: Ctx,
  id: string,
  { settlementLineId, reason }: ContractParsed<Contracts['commission.contest']>['body'],
): Promise<Contest> {
  allow(ctx, 'commission.contest')
  const { personId, orgId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const [line] = await tx
      .select()
      .from(settlementLines)
      .where(
        and(
          eq(settlementLines.id, settlementLineId),
          eq(settlementLines.brokerOrgId, orgId),
          isNull(settlementLines.reversesId),
        ),
      )
      .for('update')
    const sale = found(line)
    const known = await tx
      .select()
      .from(commissionContests)
      .where(sql`${commissionContests.id} = ${id} or ${commissionContests.settlementLineId} = ${sale.id}`)
    const same = known.find((one) => one.id === id)
    if (same && (same.settlementLineId !== sale.id || same.reason !== reason)) throw new Fault('id_reused')
    if (known.length > 0 && !same) throw new Fault('commission_contested')
    if (!same) {
      if (addDays(serviceDay(sale.day), contestDays) < serviceDayOf(ctx.now))
        throw new Fault('commission_contest_late', '', { params: { days: contestDays } })
      await tx.insert(commissionContests).values({
        id,
        settlementLineId: sale.id,
        brokerOrgId: orgId,
        reason,
        raisedBy: personId,
        raisedAt: ctx.now,
        status: 'open',
      })
      await emit(tx, ctx, { type: 'commission.contested', subjectId: id, orgId, payload: { reason } })
    }
    return found((await contestDocs(tx, sql`n.id = ${id}`))[0])
  })
}

/** Operations answers; what was missing is added to the commission out of the fees of the platform that answers. */
export async function answerContest(
  ctx: Ctx,
  id: string,
  { uphold, answer, addedFen }: ContractParsed<Contracts['commission.answer']>['body'],
): Promise<Contest> {
  allow(ctx, 'commission.answer')
  const { personId, orgId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select()
      .from(commissionContests)
      .where(eq(commissionContests.id, id))
      .for('update')
    const contest = found(row)
    const status = nextStatus('commissionContest', contest.status, uphold ? 'uphold' : 'reject')
    if (!status) {
      const same =
        contest.answer === answer && contest.addedFen === addedFen && contest.answeredBy === personId
      if (!same) throw new Fault('wrong_state')
      return found((await contestDocs(tx, sql`n.id = ${id}`))[0])
    }
    await tx
      .update(commissionContests)
      .set({ status, answer, addedFen, answeredBy: personId, answeredAt: ctx.now })
      .where(eq(commissionContests.id, id))
    const eventId = await emit(tx, ctx, {
      type: 'commission.answered',
      subjectId: id,
      orgId: contest.brokerOrgId,
      payload: { uphold, answer, addedFen },
    })
    await transfer(tx, ctx.now, [
      {
        debit: { orgId, purpose: 'fees' },
        credit: { orgId: contest.brokerOrgId, purpose: 'commission' },
        amountFen: addedFen,
        reason: 'commission',
        subjectId: id,
        eventId,
      },
    ])
    await notify(tx, {
      orgId: contest.brokerOrgId,
      key: 'notice.commission_answered',
      params: { answer },
      subjectId: id,
      at: ctx.now,
    })
    return found((await contestDocs(tx, sql`n.id = ${id}`))[0])
  })
}

/** Lines ordered of a principal's goods, newest delivery day first; of the buyer its class and district are told. */
export async function listPrincipalOrders(
  ctx: Ctx,
  orgId: string,
  { limit, cursor }: ContractParsed<Contracts['commission.orders']>['query'],
): Promise<ContractReply<Contracts['commission.orders']>> {
  allow(ctx, 'principalOrder.read', { orgId })
  const rows = await docs<OrderedLine>(
    ctx.db,
    sql`select x.id as "orderLineId", o.number as "orderNumber", o.status, o.day, b.buyer_class as "buyerClass",
      i.district_code as district, p.name, p.name_en as "nameEn", k.spec, k.base_unit as "baseUnit",
      coalesce(x.delivered_quantity, x.quantity - x.cut_quantity) as quantity, coalesce(x.final_fen, x.amount_fen) as "amountFen"
    from (select distinct q.order_line_id as id from lots l join promises q on q.lot_id = l.id where l.org_id = ${orgId}) w
      join order_lines x on x.id = w.id join orders o on o.id = x.order_id join organisations b on b.id = o.org_id
      join sites i on i.id = o.site_id join skus k on k.id = x.sku_id join products p on p.id = k.product_id
    where o.status <> 'awaiting_approval'
      and (${cursor ?? null}::text is null or (o.day || x.id) < ${cursor ?? null})
    order by o.day || x.id desc limit ${limit + 1}`,
  )
  return page(rows, limit, (last) => last.day + last.orderLineId)
}
