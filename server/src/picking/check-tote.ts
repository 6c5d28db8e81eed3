import { totes } from '@huming/db/schema/picking'
import { toteChecks } from '@huming/db/schema/picking-rules'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { hubRules } from './hub-rules.ts'
import { lockOpenTote } from './take-tote.ts'
import { netGrams, type ToteDetail, toteDetail, weightOf } from './tote-doc.ts'

type Body = ContractParsed<Contracts['picking.checkTote']>['body']
type Picked = { id: string; quantity: number; pickedBy: string | null }

/**
 * 复核: weighs a finished tote, or counts everything in it. A weight within the hub's tolerance, or a count that
 * agrees, lets it be sealed; a weight outside asks for a count, and a count that differs is kept and the tote stays
 * unchecked. Where the hub wants four eyes, its only picker may not check it (`needs_second_person`).
 */
export async function checkTote(ctx: Ctx, code: string, body: Body): Promise<ToteDetail> {
  allow(ctx, 'pick.write')
  return inTransaction(ctx, async (tx) => {
    const { tote, hubId } = await lockOpenTote(tx, ctx, code)
    const hub = await hubRules(tx, hubId)
    const [before] = await tx.select().from(toteChecks).where(eq(toteChecks.id, body.id))
    if (before) {
      if (before.toteId !== tote.id) throw new Fault('id_reused')
      return toteDetail(tx, tote.id, hub)
    }
    const picked = await pickedIn(tx, tote.id)
    if (hub.checkRule === 'weigh_other') refuseOwnWork(ctx, picked)
    const weight = weightOf(await netGrams(tx, tote.id), tote.kind, hub)
    const counts = countsOf(picked, body.counts)
    const result = judgeCheck(body.grossGrams, weight, counts)
    const personId = personIdOf(ctx)
    await tx.insert(toteChecks).values({
      id: body.id,
      toteId: tote.id,
      personId,
      at: ctx.now,
      grossGrams: body.grossGrams,
      expectedGrams: weight.expectedGrams,
      result,
      counts,
      note: body.note,
    })
    const fine = result === 'fine'
    await tx
      .update(totes)
      .set({
        checkedAt: fine ? ctx.now : null,
        checkedBy: fine ? personId : null,
        grossGrams: body.grossGrams ?? tote.grossGrams,
      })
      .where(eq(totes.id, tote.id))
    await emit(tx, ctx, {
      type: 'tote.checked',
      subjectId: tote.id,
      hubId,
      payload: { code: tote.code, orderId: tote.orderId, result, grossGrams: body.grossGrams, ...weight },
    })
    return toteDetail(tx, tote.id, hub)
  })
}

async function pickedIn(tx: Tx, toteId: string): Promise<Picked[]> {
  const [row] = await tx.execute<{ open: number }>(
    sql`select count(*) as open from pick_tasks where tote_id = ${toteId} and status = 'open'`,
  )
  if (row && row.open > 0) throw new Fault('tote_unfinished', '', { params: { open: row.open } })
  return tx.execute<Picked>(sql`
    select id, picked_quantity as quantity, picked_by as "pickedBy" from pick_tasks
    where tote_id = ${toteId} and picked_quantity > 0 order by id`)
}

function refuseOwnWork(ctx: Ctx, picked: readonly Picked[]): void {
  const pickers = new Set(picked.map((one) => one.pickedBy))
  if (pickers.size === 1 && pickers.has(personIdOf(ctx))) throw new Fault('needs_second_person')
}

type Counted = { taskId: string; quantity: number; counted: number }

/** Counts beside what was picked; all of it must be counted, or nothing. */
function countsOf(picked: readonly Picked[], counts: Body['counts']): Counted[] {
  if (counts.length === 0) return []
  const said = new Map(counts.map((one) => [one.taskId, one.counted]))
  const known = new Set(picked.map((one) => one.id))
  if (counts.some((one) => !known.has(one.taskId))) throw new Fault('not_found')
  const missing = picked.filter((one) => !said.has(one.id)).length
  if (missing > 0) throw new Fault('count_incomplete', '', { params: { missing } })
  return picked.map(({ id, quantity }) => ({ taskId: id, quantity, counted: said.get(id) as number }))
}

/** A count says more than a scale; a check says something, or it is `count_incomplete`. */
export function judgeCheck(
  gross: number | null,
  { leastGrams, mostGrams }: { leastGrams: number; mostGrams: number },
  counts: readonly Counted[],
): 'fine' | 'weight_off' | 'count_off' {
  if (counts.length > 0) return counts.every((one) => one.counted === one.quantity) ? 'fine' : 'count_off'
  if (gross === null) throw new Fault('count_incomplete', '', { params: { missing: 1 } })
  return gross >= leastGrams && gross <= mostGrams ? 'fine' : 'weight_off'
}
