import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { can } from '@huming/shared/permissions'
import { allow, visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx, Sql } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { likePattern, page } from '../kernel/page.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { takenBy, takingLines } from './rows.ts'

type Query = ContractParsed<Contracts['pricing.listContracts']>['query']
type List = ContractReply<Contracts['pricing.listContracts']>
type Buyers = ContractReply<Contracts['pricing.findBuyers']>
type Reply = ContractReply<Contracts['pricing.readContract']>

const brief = (sql: Sql) => sql`
  c.id, c.number, c.supplier_org_id as "supplierOrgId", s.short_name as supplier, c.buyer_org_id as "buyerOrgId",
  b.short_name as buyer, c.valid_from as "validFrom", c.valid_to as "validTo", c.ended_at as "endedAt",
  (select count(*)::int4 from price_contract_lines l where l.contract_id = c.id) as "lineCount",
  c.is_sample as "isSample"`
const parties = (sql: Sql) => sql`
  price_contracts c join organisations s on s.id = c.supplier_org_id join organisations b on b.id = c.buyer_org_id`

type Dated<T extends { endedAt: string | null }> = Omit<T, 'endedAt'> & { endedAt: Date | null }
const told = <T extends { endedAt: string | null }>(row: Dated<T>): T =>
  ({ ...row, endedAt: row.endedAt?.toISOString() ?? null }) as T

/** Buyers whose name holds these words, to agree a price with; at most twenty. */
export async function findBuyers(ctx: Ctx, search: string): Promise<Buyers> {
  allow(ctx, 'contract.write')
  const items = await ctx.sql<Buyers['items']>`
    select id, name, buyer_class as "buyerClass" from organisations
    where kind = 'buyer' and suspended_at is null and name ilike ${likePattern(search)} order by name limit 20`
  return { items: [...items] }
}

/** Contracts in force or to come, or with `ended` those that are over; the one begun last first. */
export async function listContracts(ctx: Ctx, query: Query): Promise<List> {
  const orgIds = visibleOrgIds(ctx, 'contract.read')
  const { sql } = ctx
  const ids = orgIds === 'all' ? null : bareArray(orgIds)
  const today = serviceDayOf(ctx.now)
  const [, day, id] = /^(\d{4}-\d\d-\d\d)~([0-9a-f-]{36})$/.exec(query.cursor ?? '') ?? []
  const rows = await sql<Dated<List['items'][number]>[]>`
    select ${brief(sql)} from ${parties(sql)}
    where (${ids}::uuid[] is null or c.supplier_org_id = any(${ids}::uuid[]) or c.buyer_org_id = any(${ids}::uuid[]))
      and ${query.ended ? sql`c.valid_to < ${today}` : sql`c.valid_to >= ${today}`}
      and ${day && id ? sql`(c.valid_from, c.id) < (${day}, ${id}::uuid)` : sql`true`}
    order by c.valid_from desc, c.id desc limit ${query.limit + 1}`
  return page(rows.map(told<List['items'][number]>), query.limit, (last) => `${last.validFrom}~${last.id}`)
}

/** A contract for either party, with today's prices and what orders take of its quantities. */
export async function readContract(ctx: Ctx, id: string): Promise<Reply> {
  allow(ctx, 'contract.read')
  const { sql } = ctx
  const [row] = await sql<Dated<Omit<Reply, 'lines'>>[]>`
    select ${brief(sql)}, c.note from ${parties(sql)} where c.id = ${id}`
  const facts = found(row)
  const either = [facts.supplierOrgId, facts.buyerOrgId].some(
    (orgId) => can(ctx.actor, 'contract.read', { orgId }) === true,
  )
  if (!either) throw new Fault('not_found')
  const today = serviceDayOf(ctx.now)
  const lines = await sql<Reply['lines']>`
    select l.id, l.sku_id as "skuId", k.code, p.name, p.name_en as "nameEn", k.spec, k.order_unit as "orderUnit",
      k.price_unit as "priceUnit", r.centifen, r.basis, l.discount_bp as "discountBp",
      l.reference_key as "referenceKey", (l.quantity_limit / k.base_per_order_unit)::int4 as "limitUnits",
      coalesce((select ceil(sum(${takenBy(sql)}) / k.base_per_order_unit)::int4
        from ${takingLines(sql)} where n.contract_line_id = l.id), 0) as "takenUnits"
    from price_contract_lines l join skus k on k.id = l.sku_id join products p on p.id = k.product_id
    left join lateral (select centifen, basis from prices r where r.sku_id = l.sku_id and r.contract_line_id = l.id
      and r.valid_from <= ${today} and r.valid_to >= ${today} order by r.valid_from desc limit 1) r on true
    where l.contract_id = ${id} order by k.code`
  return { ...told<Omit<Reply, 'lines'>>(facts), lines: [...lines] }
}
