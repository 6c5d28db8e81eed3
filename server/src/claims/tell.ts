import { formatYuan } from '@huming/shared/money'
import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { notify, notifyAll } from '../kernel/notice.ts'

/** Tells each supplier of a claim's lines. */
export async function tellSuppliers(
  tx: Tx,
  ctx: Pick<Ctx, 'now'>,
  claimId: string,
  key: string,
): Promise<void> {
  const rows = await docs<{ orgId: string; number: string; name: string; fen: number }>(
    tx,
    sql`select x.supplier_org_id as "orgId", c.number, min(p.name) as name,
        coalesce(sum(x.accepted_fen) filter (where x.responsible_party = 'supplier'), 0)::int8 as fen
      from claim_lines x join claims c on c.id = x.claim_id join skus k on k.id = x.sku_id
      join products p on p.id = k.product_id where c.id = ${claimId} group by 1, 2 order by 1`,
  )
  await notifyAll(
    tx,
    rows.map(({ orgId, number, name, fen }) => ({
      orgId,
      key,
      params: { number, name, amount: formatYuan(fen) },
      subjectId: claimId,
      at: ctx.now,
    })),
  )
}

/** Tells the buyer what came of a claim. */
export const tellBuyer = (
  tx: Tx,
  ctx: Pick<Ctx, 'now'>,
  claim: { readonly id: string; readonly orgId: string; readonly number: string },
  acceptedFen: number,
): Promise<void> =>
  notify(tx, {
    orgId: claim.orgId,
    key: acceptedFen > 0 ? 'notice.claim_accepted' : 'notice.claim_refused',
    params: { number: claim.number, amount: formatYuan(acceptedFen) },
    subjectId: claim.id,
    at: ctx.now,
  })
