import { organisations } from '@huming/db/schema/accounts'
import { products } from '@huming/db/schema/catalogue'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { and, eq, isNull } from 'drizzle-orm'
import { photoUrlOf, productReply } from '../catalogue/shapes.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { readFrame } from './frame.ts'
import { offersOf, onOffer } from './offers.ts'

type Route = Contracts['catalogue.readProduct']

/** A product on offer with its story and packs; what is archived or of a suspended supplier is `not_found`. */
export async function readOfferedProduct(
  ctx: Ctx,
  id: string,
  query: ContractParsed<Route>['query'],
): Promise<ContractReply<Route>> {
  allow(ctx, 'catalogue.browse')
  const frame = await readFrame(ctx, query)
  const offers = await offersOf(
    ctx,
    frame,
    ctx.sql`select s.id, row_number() over (order by s.base_per_order_unit, s.id) as nr
      from skus s join products p on p.id = s.product_id join organisations o on o.id = s.org_id
      where p.id = ${id} and ${onOffer(ctx.sql)} order by nr limit 100`,
  )
  const [row] = await ctx.db
    .select({ product: products, supplier: organisations.shortName })
    .from(products)
    .innerJoin(organisations, eq(organisations.id, products.orgId))
    .where(and(eq(products.id, id), isNull(products.archivedAt), isNull(organisations.suspendedAt)))
  const { product, supplier } = found(row)
  return { ...productReply(product, supplier), photoUrl: photoUrlOf(product.photoFileId), offers }
}
