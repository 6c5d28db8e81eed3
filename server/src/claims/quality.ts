import { qualityScores } from '@huming/db/schema/claims'
import { scorePerThousand } from '@huming/shared/claiming'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import { allow, visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { anyOf } from '../supply/rows.ts'

/** Days looked at. */
const days = 90

type Scored = {
  orgId: string
  delivered: number
  byKind: Record<string, { lines: number; weight: number }> | null
}

/**
 * Writes today's quality score of every supplier that delivered in the last 90 days: claimed lines it bears, weighted by
 * the dated row of their kind, per 1,000 delivered lines. Once a day; again on the same day it is reckoned anew.
 */
export async function scoreSuppliers(ctx: Ctx): Promise<{ scored: number }> {
  const day = serviceDayOf(ctx.now)
  const from = addDays(day, -days)
  return inTransaction(ctx, async (tx) => {
    const rows = await docs<Scored>(
      tx,
      sql`with delivered as (
          select y.supplier_org_id as org_id, count(*)::int as lines from orders o join order_lines y on y.order_id = o.id
          where o.day > ${from} and o.day <= ${day} and o.status in ('delivered', 'accepted') and y.delivered_quantity > 0
          group by 1),
        borne as (
          select x.supplier_org_id as org_id, x.kind, count(*)::int as lines from claim_lines x
          join claims c on c.id = x.claim_id join orders o on o.id = c.order_id
          where o.day > ${from} and o.day <= ${day} and x.responsible_party = 'supplier' and x.accepted_quantity > 0
          group by 1, 2)
        select d.org_id as "orgId", d.lines as delivered, (select json_object_agg(b.kind, json_build_object('lines', b.lines,
            'weight', (select w.weight from claim_weights w where w.kind = b.kind and w.valid_from <= ${day}
              order by w.valid_from desc limit 1))) from borne b where b.org_id = d.org_id) as "byKind"
        from delivered d order by d.org_id`,
    )
    const scores = rows.map(({ orgId, delivered, byKind }) => ({
      orgId,
      day,
      days,
      deliveredLines: delivered,
      byKind: byKind ?? {},
      perThousand: scorePerThousand(delivered, byKind ?? {}) ?? 0,
      at: ctx.now,
    }))
    if (scores.length > 0)
      await tx
        .insert(qualityScores)
        .values(scores)
        .onConflictDoUpdate({
          target: [qualityScores.orgId, qualityScores.day],
          set: {
            deliveredLines: sql`excluded.delivered_lines`,
            byKind: sql`excluded.by_kind`,
            perThousand: sql`excluded.per_thousand`,
            at: sql`excluded.at`,
          },
        })
    return { scored: scores.length }
  })
}

/** Latest scores of suppliers the actor may see, with how they moved; the worst first. */
export async function listQuality(
  ctx: Ctx,
  { orgId }: { orgId?: string | undefined },
): Promise<ContractReply<Contracts['claims.quality']>> {
  allow(ctx, 'quality.read')
  const orgIds = visibleOrgIds(ctx, 'quality.read')
  const scope = orgIds === 'all' ? sql`true` : sql`q.org_id = ${anyOf(orgIds)}`
  const items = await docs<ContractReply<Contracts['claims.quality']>['items'][number]>(
    ctx.db,
    sql`select distinct on (q.org_id) q.org_id as "orgId", u.short_name as supplier, q.day, q.days,
        q.delivered_lines as "deliveredLines", q.by_kind as "byKind", q.per_thousand as "perThousand",
        (select coalesce(json_agg(json_build_object('day', h.day, 'perThousand', h.per_thousand) order by h.day), '[]')
          from (select * from quality_scores h where h.org_id = q.org_id order by h.day desc limit 30) h) as history
      from quality_scores q join organisations u on u.id = q.org_id
      where ${scope} and (${orgId ?? null}::uuid is null or q.org_id = ${orgId ?? null}::uuid)
      order by q.org_id, q.day desc limit 500`,
  )
  return { items: items.toSorted((a, b) => b.perThousand - a.perThousand) }
}
