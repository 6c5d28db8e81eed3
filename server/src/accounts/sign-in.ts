import { hashPassword, passwordMatches } from '@huming/db/password'
import { memberships, organisations, people, signInFailures } from '@huming/db/schema/accounts'
import { newId } from '@huming/shared/ids'
import type { OrgKind } from '@huming/shared/permissions'
import { and, count, eq, gt, lt } from 'drizzle-orm'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { failuresMax, failureWindowMinutes } from './rules.ts'
import { openSession } from './sessions.ts'

/** Compared against when the phone is unknown, so that the answer takes as long. */
let decoy: Promise<string> | undefined

/**
 * Signs a person in and opens a session for one of their organisations (the wanted one, else the first).
 * Refuses with `wrong_credentials`, `too_many_requests` (5 failures in 5 minutes), `account_disabled`,
 * `organisation_suspended`.
 */
export async function signIn(
  ctx: Ctx,
  input: { phone: string; password: string; orgId?: string | undefined; device: string },
): Promise<{ token: string; expiresAt: Date; personId: string; orgId: string }> {
  await refuseWhenThrottled(ctx, input.phone)
  const [row] = await ctx.db.select().from(people).where(eq(people.phone, input.phone))
  const matches = await passwordMatches(
    input.password,
    row?.passwordHash ?? (await (decoy ??= hashPassword('decoy'))),
  )
  if (!row || !matches) {
    await ctx.db.insert(signInFailures).values({ id: newId(), phone: input.phone, at: ctx.now })
    throw new Fault('wrong_credentials')
  }
  if (row.disabledAt) throw new Fault('account_disabled')
  return inTransaction(ctx, async (tx) => {
    const belongs = await tx
      .selectDistinct({
        id: organisations.id,
        kind: organisations.kind,
        suspendedAt: organisations.suspendedAt,
      })
      .from(memberships)
      .innerJoin(organisations, eq(organisations.id, memberships.orgId))
      .where(eq(memberships.personId, row.id))
      .orderBy(organisations.id)
    const open = belongs.filter((o) => !o.suspendedAt)
    const org = input.orgId ? open.find((o) => o.id === input.orgId) : open[0]
    if (!org) throw new Fault(belongs.length > 0 ? 'organisation_suspended' : 'account_disabled')
    await tx.delete(signInFailures).where(eq(signInFailures.phone, input.phone))
    const session = await openSession(tx, {
      personId: row.id,
      orgId: org.id,
      orgKind: org.kind as OrgKind,
      device: input.device,
      now: ctx.now,
    })
    await emit(tx, ctx, {
      type: 'session.opened',
      subjectId: row.id,
      orgId: org.id,
      payload: { device: input.device.slice(0, 200) },
    })
    return { ...session, personId: row.id, orgId: org.id }
  })
}

async function refuseWhenThrottled(ctx: Ctx, phone: string): Promise<void> {
  const since = new Date(ctx.now.getTime() - failureWindowMinutes * 60_000)
  await ctx.db
    .delete(signInFailures)
    .where(and(eq(signInFailures.phone, phone), lt(signInFailures.at, since)))
  const [failures] = await ctx.db
    .select({ n: count() })
    .from(signInFailures)
    .where(and(eq(signInFailures.phone, phone), gt(signInFailures.at, since)))
  if ((failures?.n ?? 0) >= failuresMax) {
    throw new Fault('too_many_requests', '', { params: { seconds: failureWindowMinutes * 60 } })
  }
}
