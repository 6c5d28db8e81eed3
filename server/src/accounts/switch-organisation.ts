import { memberships, organisations, sessions } from '@huming/db/schema/accounts'
import type { OrgKind } from '@huming/shared/permissions'
import { and, eq, isNull } from 'drizzle-orm'
import { person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { openSession } from './sessions.ts'

/** Ends this session and opens one for another organisation the person belongs to; else `not_found`. */
export async function switchOrganisation(
  ctx: Ctx,
  input: { orgId: string; device: string },
): Promise<{ token: string; expiresAt: Date }> {
  const actor = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({ kind: organisations.kind })
      .from(memberships)
      .innerJoin(
        organisations,
        and(eq(organisations.id, memberships.orgId), isNull(organisations.suspendedAt)),
      )
      .where(and(eq(memberships.personId, actor.personId), eq(memberships.orgId, input.orgId)))
      .limit(1)
    const org = found(row)
    await tx.delete(sessions).where(eq(sessions.id, actor.sessionId))
    const session = await openSession(tx, {
      personId: actor.personId,
      orgId: input.orgId,
      orgKind: org.kind as OrgKind,
      device: input.device,
      now: ctx.now,
    })
    await emit(tx, ctx, { type: 'session.opened', subjectId: actor.personId, orgId: input.orgId })
    return session
  })
}
