import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { dishClassOf } from './dish.ts'

type Label = ContractReply<Contracts['production.productLabels']>['items'][number]
type Row = Omit<Label, 'preparedDishClass'> & { category: string; answers: Record<string, boolean> | null }

/** What the labels of a product's packs on sale say; `not_found` for a product that is not on sale. */
export async function productLabels(ctx: Ctx, productId: string): Promise<{ items: Label[] }> {
  allow(ctx, 'catalogue.browse')
  const rows = await docs<Row>(
    ctx.db,
    sql`select k.id as "skuId", k.spec, coalesce(s.ingredients, '[]') as ingredients, k.allergens,
        coalesce(s.product_standard, '') as "productStandard", coalesce(s.sc_number, '') as "scNumber", k.storage,
        k.shelf_life_days::int4 as "shelfLifeDays", o.name as producer,
        coalesce((select address from sites where org_id = o.id order by id limit 1), '') as "producerAddress",
        p.category, s.answers
      from skus k join products p on p.id = k.product_id join organisations o on o.id = k.org_id
      left join sku_labels s on s.sku_id = k.id
      where p.id = ${productId} and k.archived_at is null and p.archived_at is null and o.suspended_at is null
      order by k.spec, k.id`,
  )
  found(rows[0])
  const today = serviceDayOf(ctx.now)
  return {
    items: rows.map(({ category, answers, ...label }) => ({
      ...label,
      preparedDishClass: dishClassOf(
        { category, shelfLifeDays: label.shelfLifeDays },
        answers && { answers },
        today,
      ),
    })),
  }
}
