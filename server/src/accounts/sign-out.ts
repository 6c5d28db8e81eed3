import { sessions } from '@huming/db/schema/accounts'
import { eq } from 'drizzle-orm'
import { person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { inTransaction } from '../kernel/transaction.ts'

/** Ends this device's session. */
export async function signOut(ctx: Ctx): Promise<void> {
  const actor = person(ctx)
  await ctx.db.delete(sessions).where(eq(sessions.id, actor.sessionId))
}

/** Ends every session of the person, on all devices; returns how many there were. */
export async function signOutEverywhere(ctx: Ctx): Promise<number> {
  const actor = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const ended = await tx
      .delete(sessions)
      .where(eq(sessions.personId, actor.personId))
      .returning({ id: sessions.id })
    await emit(tx, ctx, {
      type: 'session.ended_everywhere',
      subjectId: actor.personId,
      payload: { ended: ended.length },
    })
    return ended.length
  })
}
