import { sites } from '@huming/db/schema/accounts'
import { skus } from '@huming/db/schema/catalogue'
import { guideItems } from '@huming/db/schema/orders'
import { and, eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'

/** Keeps a pack in a site's order guide with its usual quantity, or lets it go again. */
export async function pinGuideItem(
  ctx: Ctx,
  siteId: string,
  skuId: string,
  ask: { pinned: boolean; parUnits: number | null },
): Promise<void> {
  allow(ctx, 'guide.write')
  await inTransaction(ctx, async (tx) => {
    const [site] = await tx.select({ orgId: sites.orgId }).from(sites).where(eq(sites.id, siteId))
    allow(ctx, 'guide.write', { orgId: found(site).orgId })
    if (!ask.pinned) {
      await tx.delete(guideItems).where(and(eq(guideItems.siteId, siteId), eq(guideItems.skuId, skuId)))
      return
    }
    const [sku] = await tx.select({ id: skus.id }).from(skus).where(eq(skus.id, skuId))
    const { parUnits } = ask
    await tx
      .insert(guideItems)
      .values({ siteId, skuId: found(sku).id, parUnits, pinnedAt: ctx.now })
      .onConflictDoUpdate({ target: [guideItems.siteId, guideItems.skuId], set: { parUnits } })
  })
}
