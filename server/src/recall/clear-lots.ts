import { type FlowAction, nextStatus } from '@huming/shared/flows'
import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emitAll } from '../kernel/emit.ts'
import { promisableOf } from '../stock/allocation.ts'

type Stopped = {
  lotId: string
  orgId: string
  hubId: string
  stage: string
  stageBefore: string
  holdReasonBefore: string | null
  quantity: number
  capBp: number
  onHand: number
  promised: number
  arrived: boolean
  otherRecall: string | null
}

/**
 * Lets the lots of a recall go on from where they stood, or from `received` when they arrived meanwhile. A lot that
 * another recall has stopped, too, stays stopped, and that recall remembers where it stood. Goods that lie in
 * quarantine stay there until somebody releases them by hand. Returns how many go on.
 */
export async function clearLots(tx: Tx, ctx: Ctx, recallId: string, reason: string): Promise<number> {
  const rows = await tx.execute<Stopped>(sql`
    select l.id as "lotId", l.org_id as "orgId", l.hub_id as "hubId", l.stage, x.stage_before as "stageBefore",
      x.hold_reason_before as "holdReasonBefore", l.quantity, l.cap_bp as "capBp", l.on_hand as "onHand", l.promised,
      exists (select 1 from movements v where v.lot_id = l.id) as arrived,
      (select o.recall_id from recall_lots o join recalls r on r.id = o.recall_id
        where o.lot_id = l.id and o.recall_id <> ${recallId} and o.stopped_at is not null and not r.drill
          and r.status not in ('withdrawn', 'closed') order by r.id limit 1) as "otherRecall"
    from recall_lots x join lots l on l.id = x.lot_id
    where x.recall_id = ${recallId} and x.stopped_at is not null and l.stage = 'recalled' order by l.id for update of l`)
  const going = []
  for (const lot of rows) {
    if (lot.otherRecall) {
      await tx.execute(sql`
        update recall_lots set stage_before = ${lot.stageBefore}, hold_reason_before = ${lot.holdReasonBefore}
        where recall_id = ${lot.otherRecall} and lot_id = ${lot.lotId} and stage_before = 'recalled'`)
      continue
    }
    const before =
      lot.arrived && ['planned', 'made', 'shipped'].includes(lot.stageBefore) ? 'received' : lot.stageBefore
    const stage = nextStatus('lot', lot.stage, `clear_${before}` as FlowAction<'lot'>)
    if (!stage) continue
    const promisable = Math.max(promisableOf(stage, lot), lot.promised)
    await tx.execute(sql`
      update lots set stage = ${stage}, promisable = ${promisable}::int8, hold_reason = ${lot.holdReasonBefore},
        version = version + 1 where id = ${lot.lotId}`)
    going.push({ ...lot, stage })
  }
  await emitAll(
    tx,
    ctx,
    going.map((lot) => ({
      type: 'lot.recall_cleared',
      subjectId: lot.lotId,
      orgId: lot.orgId,
      hubId: lot.hubId,
      payload: { recallId, to: lot.stage, reason },
    })),
  )
  return going.length
}
