import { hubs } from '@huming/db/schema/accounts'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { asc, ne } from 'drizzle-orm'
import type { Ctx } from '../kernel/ctx.ts'

/** The city warehouse and its sub-centres, for anybody signed in. */
export async function listHubs(ctx: Ctx): Promise<ContractReply<Contracts['orders.hubs']>> {
  const items = await ctx.db
    .select({
      id: hubs.id,
      name: hubs.name,
      kind: hubs.kind,
      districtCode: hubs.districtCode,
      lngE6: hubs.lngE6,
      latE6: hubs.latE6,
    })
    .from(hubs)
    // Makers' own stores serve nobody.
    .where(ne(hubs.kind, 'store'))
    .orderBy(asc(hubs.id))
    .limit(200)
  return { items }
}
