import { retentionReleases } from '@huming/db/schema/settlement'
import { serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { transfer } from '../ledger/transfer.ts'

/**
 * Gives retentions (质保金) back whose day has come: what was held back, less what claims took of it, becomes payable.
 * Each supplier in a transaction of its own, once a day. Returns how many got something.
 */
export async function releaseRetentions(ctx: Ctx): Promise<number> {
  allow(ctx, 'payout.write')
  const day = serviceDayOf(ctx.now)
  const rows = await ctx.sql<{ id: string }[]>`
    select distinct supplier_org_id as id from settlement_lines where release_on <= ${day} order by 1`
  let released = 0
  for (const { id } of rows) if (await releaseOf(ctx, id, day)) released += 1
  return released
}

const releaseOf = (ctx: Ctx, supplierOrgId: string, day: string): Promise<boolean> =>
  inTransaction(ctx, async (tx) => {
    // A claim that takes some of these back locks its sale first, too, so neither overlooks the other.
    await tx.execute(sql`
      select id from settlement_lines where supplier_org_id = ${supplierOrgId} and release_on <= ${day}
        and reverses_id is null and retention_fen > 0 and release_on > coalesce(
          (select max(through_day) from retention_releases where supplier_org_id = ${supplierOrgId}), '')
      order by id for update`)
    const [row] = await tx.execute<{ fen: number; again: boolean }>(sql`
      select coalesce((select sum(retention_fen) from settlement_lines
          where supplier_org_id = ${supplierOrgId} and release_on <= ${day}), 0)::int8
        - coalesce((select sum(amount_fen) from retention_releases where supplier_org_id = ${supplierOrgId}), 0)::int8 as fen,
        exists (select 1 from retention_releases where supplier_org_id = ${supplierOrgId} and through_day >= ${day}) as again`)
    if (!row || row.again || row.fen <= 0) return false
    const id = newId()
    const eventId = await emit(tx, ctx, {
      type: 'retention.released',
      subjectId: id,
      orgId: supplierOrgId,
      payload: { throughDay: day, amountFen: row.fen },
    })
    await tx
      .insert(retentionReleases)
      .values({ id, supplierOrgId, throughDay: day, amountFen: row.fen, eventId, at: ctx.now })
    await transfer(tx, ctx.now, [
      {
        debit: { orgId: supplierOrgId, purpose: 'retention' },
        credit: { orgId: supplierOrgId, purpose: 'payable' },
        amountFen: row.fen,
        reason: 'retention_release',
        subjectId: id,
        eventId,
      },
    ])
    return true
  })
