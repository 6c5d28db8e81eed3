import { products, skus } from '@huming/db/schema/catalogue'
import { lotPapers } from '@huming/db/schema/papers'
import { lots } from '@huming/db/schema/stock'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import type { lotPaperShape } from '@huming/shared/contracts/papers'
import { serviceDayOf } from '@huming/shared/days'
import { lotLack } from '@huming/shared/gates'
import { asc, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { readRules } from '../accounts/paper-rows.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'

export type LotPaperView = z.output<typeof lotPaperShape>
type Reply = ContractReply<Contracts['lotPapers.list']>

const papersMax = 200

/** Papers of a lot, oldest first, voided ones too; and what it lacks for all of it to be shipped or taken in today. */
export async function listLotPapers(ctx: Ctx, lotId: string): Promise<Reply> {
  allow(ctx, 'lot.read')
  const [row] = await ctx.db
    .select({ lot: lots, category: products.category, baseUnit: skus.baseUnit })
    .from(lots)
    .innerJoin(skus, eq(skus.id, lots.skuId))
    .innerJoin(products, eq(products.id, skus.productId))
    .where(eq(lots.id, lotId))
  const { lot, category, baseUnit } = found(row)
  allow(ctx, 'lot.read', { orgId: lot.orgId, hubId: lot.hubId })
  const papers = await ctx.db
    .select()
    .from(lotPapers)
    .where(eq(lotPapers.lotId, lotId))
    .orderBy(asc(lotPapers.id))
    .limit(papersMax)
  const rules = await ctx.db.transaction(readRules)
  const day = serviceDayOf(ctx.now)
  const counting = papers.filter((paper) => paper.voidedAt === null)
  const lack = (gate: 'ship' | 'receive') => {
    const answer = lotLack(rules, counting, { category, quantity: lot.quantity }, { gate, day })
    return answer && { paper: answer.paper, why: answer.why }
  }
  return {
    quantity: lot.quantity,
    baseUnit: baseUnit as Reply['baseUnit'],
    items: papers.map((paper) => viewLotPaper(paper, day)),
    lacks: { ship: lack('ship'), receive: lack('receive') },
  }
}

/** A paper of a lot as it leaves the server. */
export function viewLotPaper(row: typeof lotPapers.$inferSelect, day: string): LotPaperView {
  const { createdBy: _, createdAt, voidedAt, form, basis, ...rest } = row
  return {
    ...rest,
    form: form as LotPaperView['form'],
    basis: basis as LotPaperView['basis'],
    counts: voidedAt === null && (row.validTo === null || day <= row.validTo),
    createdAt: createdAt.toISOString(),
    voidedAt: voidedAt?.toISOString() ?? null,
  }
}
