import { organisations } from '@huming/db/schema/accounts'
import { products } from '@huming/db/schema/catalogue'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { and, eq, isNull } from 'drizzle-orm'
import { photoUrlOf, productReply } from '../catalogue/shapes.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { offerObject, readOffers } from './offers.ts'

type Route = Contracts['catalogue.readProduct']

/** A product on offer with its story and packs; what is archived or of a suspended supplier is `not_found`. */
export async function readOfferedProduct(
  ctx: Ctx,
  id: string,
  query: ContractParsed<Route>['query'],
): Promise<ContractReply<Route>> {
  allow(ctx, 'catalogue.browse')
  const { offers } = await readOffers(ctx, query, ({ packs }) =>
    packs.filter((pack) => pack.fixed.productId === id),
  )
  const [row] = await ctx.db
    .select({ product: products, supplier: organisations.shortName })
    .from(products)
    .innerJoin(organisations, eq(organisations.id, products.orgId))
    .where(and(eq(products.id, id), isNull(products.archivedAt), isNull(organisations.suspendedAt)))
  const { product, supplier } = found(row)
  return {
    ...productReply(product, supplier, serviceDayOf(ctx.now)),
    photoUrl: photoUrlOf(product.photoFileId),
    offers: offers.map(offerObject),
  }
}
