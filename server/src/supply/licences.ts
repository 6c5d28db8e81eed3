import { serviceDayOf } from '@huming/shared/days'
import { PAPERS } from '@huming/shared/reference/papers'
import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'

/** Licences without which a seller may not trade; whoever is on file with one must have it in force. */
const licences = ['business_licence', 'production_licence', 'trading_licence'] as const

/** Refuses goods of a seller whose licence on file has run out (食品安全法 53: the buyer checks the licence). */
export async function refuseLapsedLicence(tx: Tx, ctx: Ctx, orgId: string): Promise<void> {
  const rows = await tx.execute<{ kind: (typeof licences)[number] }>(sql`
    select kind from papers where org_id = ${orgId} and kind in ${licences}
    group by kind having max(valid_to) < ${serviceDayOf(ctx.now)} order by kind limit 1`)
  const kind = rows[0]?.kind
  if (kind) throw new Fault('licence_expired', kind, { params: { licence: PAPERS[kind][ctx.locale] } })
}
