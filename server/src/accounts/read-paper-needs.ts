import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { type GateGoods, sellerLack } from '@huming/shared/gates'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { readHeld, readRules } from './paper-rows.ts'

const packsMax = 1000

type PackRow = GateGoods & {
  skuId: string
  name: string
  spec: string
  archived: boolean
  saleFrom: string
  saleUntil: string
}

/** Each pack of an organisation with the last day its papers let it be sold, or what is lacking today. */
export async function readPaperNeeds(
  ctx: Ctx,
  orgId: string,
): Promise<ContractReply<Contracts['papers.needs']>> {
  allow(ctx, 'catalogue.manage', { orgId })
  const today = serviceDayOf(ctx.now)
  return ctx.db.transaction(async (tx) => {
    const rules = await readRules(tx)
    const held = (await readHeld(tx, [orgId])).get(orgId) ?? []
    const packs = await tx.execute<PackRow>(sql`
      select s.id as "skuId", p.id as "productId", p.name, s.spec, p.category, p.edible_basis as "edibleBasis",
        s.archived_at is not null or p.archived_at is not null as archived,
        s.sale_from as "saleFrom", s.sale_until as "saleUntil"
      from skus s join products p on p.id = s.product_id where s.org_id = ${orgId}
        and not exists (select 1 from materials m where m.sku_id = s.id)
      order by p.name, s.id limit ${packsMax}`)
    return {
      items: [...packs].map(({ skuId, productId, name, spec, archived, saleFrom, saleUntil, ...goods }) => ({
        skuId,
        productId,
        name,
        spec,
        archived,
        saleUntil: saleFrom !== '' && saleFrom <= today && saleUntil >= today ? saleUntil : null,
        lack: sellerLack(rules, held, { ...goods, productId }, { gate: 'promise', day: today }),
      })),
    }
  })
}
