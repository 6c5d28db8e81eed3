import { totes, waves } from '@huming/db/schema/picking'
import { totePasses } from '@huming/db/schema/picking-rules'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq, sql } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { toteIdOf } from './tote-codes.ts'
import { toteDoc } from './tote-doc.ts'

type Reply = ContractReply<Contracts['picking.takeTote']>
type Held = { tote: typeof totes.$inferSelect; hubId: string }

/**
 * Takes a tote over by scanning it: who has it in hand is who has it, so it may be taken from somebody else, too;
 * each hand-over is kept. A repeat changes nothing.
 */
export async function takeTote(ctx: Ctx, code: string, id: string): Promise<Reply> {
  allow(ctx, 'pick.write')
  const { personId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const held = await lockOpenTote(tx, ctx, code)
    if (held.tote.holderId !== personId) await pass(tx, ctx, held, { id, toPersonId: personId, place: '' })
    return toteDoc(tx, held.tote.id)
  })
}

/** Puts my tote down where the picker of the next zone takes it up. Another's tote is `tote_held`. */
export async function passTote(
  ctx: Ctx,
  code: string,
  { id, place }: { id: string; place: string },
): Promise<Reply> {
  allow(ctx, 'pick.write')
  const { personId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const held = await lockOpenTote(tx, ctx, code)
    const { holderId } = held.tote
    if (holderId !== null && holderId !== personId) {
      const [row] = await tx.execute<{ name: string }>(sql`select name from people where id = ${holderId}`)
      throw new Fault('tote_held', '', { params: { who: row?.name ?? '' } })
    }
    if (!(await noted(tx, id))) await pass(tx, ctx, held, { id, toPersonId: null, place })
    return toteDoc(tx, held.tote.id)
  })
}

/** A tote of a hub of the actor, locked, by its code or SSCC. */
export async function lockTote(tx: Tx, ctx: Ctx, code: string): Promise<Held> {
  const id = await toteIdOf(tx, code)
  const [row] = await tx
    .select({ tote: totes, hubId: waves.hubId })
    .from(totes)
    .innerJoin(waves, eq(waves.id, totes.waveId))
    .where(eq(totes.id, id))
    .for('no key update', { of: totes })
  const held = found(row)
  allow(ctx, 'pick.write', { hubId: held.hubId })
  return held
}

/** The same; one that is not open is `wrong_state`. */
export async function lockOpenTote(tx: Tx, ctx: Ctx, code: string): Promise<Held> {
  const held = await lockTote(tx, ctx, code)
  if (held.tote.status !== 'open') throw new Fault('wrong_state')
  return held
}

async function noted(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.select({ id: totePasses.id }).from(totePasses).where(eq(totePasses.id, id))
  return rows.length > 0
}

async function pass(
  tx: Tx,
  ctx: Ctx,
  { tote, hubId }: Held,
  { id, toPersonId, place }: { id: string; toPersonId: string | null; place: string },
): Promise<void> {
  if (await noted(tx, id)) throw new Fault('id_reused')
  const [row] = await tx.execute<{ open: number }>(
    sql`select count(*) as open from pick_tasks where tote_id = ${tote.id} and status = 'open'`,
  )
  const openTasks = row?.open ?? 0
  const fromPersonId = tote.holderId
  await tx.update(totes).set({ holderId: toPersonId }).where(eq(totes.id, tote.id))
  await tx
    .insert(totePasses)
    .values({ id, toteId: tote.id, fromPersonId, toPersonId, place, openTasks, at: ctx.now })
  await emit(tx, ctx, {
    type: 'tote.passed',
    subjectId: tote.id,
    hubId,
    payload: { code: tote.code, orderId: tote.orderId, fromPersonId, toPersonId, place, openTasks },
  })
}
