import { organisations } from '@huming/db/schema/accounts'
import { papers } from '@huming/db/schema/papers'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { inForce, lastDayOf } from '@huming/shared/gates'
import { isPaperId, PAPER_IDS, PAPERS } from '@huming/shared/reference/papers'
import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { productNames } from './paper-view.ts'

/** Who shows its licences to everybody: who sells, stores or runs the market. Buyers and people are nobody's business. */
const shownKinds = ['coop', 'base', 'warehouse', 'operations']

/**
 * The licence page of a seller (亮照, 电子商务法 Art. 15; 上海市食品安全条例 Art. 52): what is in force today, without
 * names of people, phones or pictures. No `allow`: the law wants everybody to see it.
 */
export async function readLicences(
  ctx: Ctx,
  id: string,
): Promise<ContractReply<Contracts['papers.licences']>> {
  const day = serviceDayOf(ctx.now)
  const [row] = await ctx.db
    .select()
    .from(organisations)
    .where(and(eq(organisations.id, id), inArray(organisations.kind, shownKinds)))
  const org = found(row)
  const held = await ctx.db
    .select()
    .from(papers)
    .where(and(eq(papers.orgId, id), eq(papers.status, 'valid')))
    .orderBy(asc(papers.kind), asc(papers.id))
  const shown = held.filter(
    (paper) =>
      isPaperId(paper.kind) &&
      ['organisation', 'mark'].includes(PAPERS[paper.kind].of) &&
      inForce(paper, day),
  )
  const names = await productNames(
    ctx.db,
    shown.flatMap((paper) => paper.productIds),
  )
  return {
    id,
    name: org.name,
    uscc: org.uscc,
    divisionCode: org.divisionCode,
    isSample: org.isSample,
    day,
    papers: shown
      .sort((a, b) => orderOf(a.kind) - orderOf(b.kind))
      .map((paper) => ({
        kind: paper.kind,
        number: paper.number,
        issuer: paper.issuer,
        scope: paper.scope,
        products: paper.productIds.flatMap((productId) => names.get(productId) ?? []),
        validFrom: paper.validFrom,
        lastDay: lastDayOf(paper),
      })),
  }
}

const orderOf = (kind: string): number => (PAPER_IDS as string[]).indexOf(kind)
