import { holidays } from '@huming/db/schema/holidays'
import { recallLots, recallRules, recalls } from '@huming/db/schema/recall'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sayableNumber } from '@huming/shared/ids'
import { eq, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type RecallDoc, recallDoc } from './read-recall.ts'
import { lockRecall, type Recall, wholeBatches } from './rows.ts'
import { clocksOf } from './rules.ts'

type Body = ContractParsed<Contracts['recall.open']>['body']

/**
 * Drafts a recall or a drill, or changes the draft. The clocks run from when the danger became known, by the rules of
 * that day. A named lot stands for its whole batch, at whatever hubs it lies. Nothing is stopped yet.
 */
export async function openRecall(ctx: Ctx, id: string, body: Body): Promise<RecallDoc> {
  allow(ctx, 'recall.write')
  if (new Date(body.knownAt) > ctx.now)
    throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/knownAt', reason: 'future' }] })
  return inTransaction(ctx, async (tx) => {
    const lotIds = await namedLots(tx, body.lotIds)
    const facts = await factsOf(tx, body)
    const made = await tx
      .insert(recalls)
      .values({
        id,
        number: sayableNumber(body.drill ? 'Y' : 'H', id),
        drill: body.drill,
        status: 'draft',
        ...facts,
        createdBy: personIdOf(ctx),
        createdAt: ctx.now,
        stopped: {},
      })
      .onConflictDoNothing({ target: recalls.id })
      .returning({ id: recalls.id })
    if (made.length === 0) {
      const recall = await lockRecall(tx, id)
      if (await repeats(tx, recall, body, lotIds)) return recallDoc(tx, ctx, id)
      refuseChange(recall, body)
      await tx
        .update(recalls)
        .set({ ...facts, version: recall.version + 1 })
        .where(eq(recalls.id, id))
      await tx.delete(recallLots).where(eq(recallLots.recallId, id))
    }
    await nameLots(tx, ctx, id, lotIds)
    await emit(tx, ctx, {
      type: made.length > 0 ? 'recall.opened' : 'recall.changed',
      subjectId: id,
      payload: { drill: body.drill, level: body.level, cause: body.cause, lots: lotIds },
    })
    return recallDoc(tx, ctx, id)
  })
}

/** The lots asked for with their whole batches; an unknown one is told of. */
export async function namedLots(tx: Tx, asked: readonly string[]): Promise<string[]> {
  const lotIds = await wholeBatches(tx, asked)
  const known = new Set(lotIds)
  const unknown = asked.flatMap((lotId, i) => (known.has(lotId) ? [] : [i]))
  if (unknown.length > 0)
    throw new Fault('bad_input', '', {
      pointers: unknown.map((i) => ({ pointer: `/body/lotIds/${i}`, reason: 'unknown' })),
    })
  return lotIds
}

export async function nameLots(tx: Tx, ctx: Ctx, recallId: string, lotIds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    insert into recall_lots (recall_id, lot_id, named, depth, stage_before, hold_reason_before, added_at)
    select ${recallId}::uuid, l.id, true, 0, l.stage, l.hold_reason, ${ctx.now.toISOString()}::timestamptz from lots l
    where l.id = any(${bareArray(lotIds)}::uuid[])
    on conflict (recall_id, lot_id) do update set named = true, depth = 0`)
}

async function factsOf(tx: Tx, body: Body) {
  const knownAt = new Date(body.knownAt)
  const days = new Map((await tx.select().from(holidays)).map((one) => [one.day, one.kind]))
  const clocks = clocksOf(await tx.select().from(recallRules), { ...body, knownAt }, days)
  const { level, cause, reason, remedy } = body
  return { level, cause, reason, remedy, knownAt, ...clocks }
}

async function repeats(tx: Tx, recall: Recall, body: Body, lotIds: readonly string[]): Promise<boolean> {
  const lots = await tx.select().from(recallLots).where(eq(recallLots.recallId, recall.id))
  const named = lots.filter((lot) => lot.named).map((lot) => lot.lotId)
  return (
    recall.drill === body.drill &&
    recall.level === body.level &&
    recall.cause === body.cause &&
    recall.reason === body.reason &&
    recall.remedy === body.remedy &&
    recall.knownAt.getTime() === Date.parse(body.knownAt) &&
    (recall.incidentDueAt !== null) === body.incident &&
    named.toSorted().join() === lotIds.toSorted().join()
  )
}

function refuseChange(recall: Recall, body: Body): void {
  if (body.version === 0 || recall.drill !== body.drill) throw new Fault('id_reused')
  if (body.version !== recall.version) throw new Fault('stale_version')
  if (recall.status !== 'draft') throw new Fault('wrong_state', '', { state: recall.status })
}
