import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { can } from '@huming/shared/permissions'
import { explainPrice, type PriceRow } from '@huming/shared/pricing'
import { type TaxRule, taxRule } from '@huming/shared/reference/taxes'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { takenBy, takingLines, taxRulesOf } from './rows.ts'

type Query = ContractParsed<Contracts['pricing.explain']>['query']
type Reply = ContractReply<Contracts['pricing.explain']>
type Facts = Pick<Reply, 'priceUnit' | 'orderUnit'> & {
  orgId: string
  buyerClass: string | null
  basePerOrderUnit: number
  taxClass: TaxRule['taxClass']
  sellerType: TaxRule['sellerType']
  prices: PriceRow[]
  taxRules: TaxRule[]
  left: Record<string, number> | null
}

/**
 * What a buyer pays for so many units delivered on a day (tomorrow when left out), and why: by the very function
 * that prices orders. For the buyer itself and for the pack's seller.
 */
export async function explain(ctx: Ctx, skuId: string, query: Query): Promise<Reply> {
  allow(ctx, 'price.explain')
  const { buyerOrgId, units } = query
  const day = (query.day ?? addDays(serviceDayOf(ctx.now), 1)) as ServiceDay
  const facts = found(await readFacts(ctx, skuId, buyerOrgId))
  const mine = [facts.orgId, buyerOrgId].some((orgId) => can(ctx.actor, 'price.explain', { orgId }) === true)
  if (!mine || facts.buyerClass === null) throw new Fault('not_found')
  const left = (lineId: string): number | null => {
    const base = facts.left?.[lineId]
    return base === undefined ? null : Math.floor(base / facts.basePerOrderUnit)
  }
  const steps = explainPrice(facts.prices, { buyerOrgId, buyerClass: facts.buyerClass, units, day }, left)
  const rule = taxRule(facts.taxRules, { taxClass: facts.taxClass, sellerType: facts.sellerType, day })
  return {
    day,
    priceUnit: facts.priceUnit,
    orderUnit: facts.orderUnit,
    taxRateBp: rule?.rateBp ?? null,
    taxBasis: rule?.basis ?? '',
    steps: steps.map(({ reason, verdict, price }) => ({
      reason,
      verdict,
      price: price && {
        centifen: price.centifen,
        fromUnits: price.fromUnits,
        kind: price.kind,
        basis: price.basis,
      },
    })),
  }
}

async function readFacts(ctx: Ctx, skuId: string, buyerOrgId: string): Promise<Facts | undefined> {
  const [row] = await ctx.sql<Facts[]>`
    select s.org_id as "orgId", b.buyer_class as "buyerClass", s.base_per_order_unit as "basePerOrderUnit",
      s.price_unit as "priceUnit", s.order_unit as "orderUnit", s.tax_class as "taxClass",
      coalesce(o.seller_tax_type, 'general') as "sellerType",
      (select coalesce(json_agg(json_build_object('buyerOrgId', r.buyer_org_id, 'buyerClass', r.buyer_class,
          'fromUnits', r.from_units, 'centifen', r.centifen, 'validFrom', r.valid_from, 'validTo', r.valid_to,
          'kind', r.kind, 'contractLineId', r.contract_line_id, 'basis', r.basis)), '[]')
        from prices r where r.sku_id = s.id and (r.buyer_org_id is null or r.buyer_org_id = b.id)) as prices,
      ${taxRulesOf(ctx.sql)} as "taxRules",
      (select json_object_agg(l.id, l.quantity_limit - coalesce((
          select sum(${takenBy(ctx.sql)}) from ${takingLines(ctx.sql)} where n.contract_line_id = l.id), 0))
        from price_contract_lines l join price_contracts c on c.id = l.contract_id
        where l.sku_id = s.id and c.buyer_org_id = b.id and l.quantity_limit is not null) as left
    from skus s join organisations o on o.id = s.org_id cross join organisations b
    where s.id = ${skuId} and b.id = ${buyerOrgId}`
  return row
}
