import { people, sessions } from '@huming/db/schema/accounts'
import { driverLinkSessions, driverLinks } from '@huming/db/schema/driving'
import { runs, vehicles } from '@huming/db/schema/routes'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { desc, eq, inArray, type SQL } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'

export type Link = ContractReply<Contracts['driverLinks.revoke']>
export type LinkRow = typeof driverLinks.$inferSelect

/** Links as the dispatcher reads them; the token is never among it. */
export async function linkDocs(tx: Db | Tx, where: SQL): Promise<Link[]> {
  const rows = await tx
    .select({ link: driverLinks, driver: people.name })
    .from(driverLinks)
    .innerJoin(people, eq(people.id, driverLinks.driverPersonId))
    .where(where)
    .orderBy(desc(driverLinks.id))
    .limit(50)
  return rows.map(({ link, driver }) => ({
    id: link.id,
    runId: link.runId,
    driver,
    madeAt: link.madeAt.toISOString(),
    expiresAt: link.expiresAt.toISOString(),
    openedAt: link.openedAt?.toISOString() ?? null,
    revokedAt: link.revokedAt?.toISOString() ?? null,
  }))
}

/** Locks a run to make or end its link: another hub's is `not_found`. */
export async function lockRunOf(tx: Tx, ctx: Ctx, runId: string) {
  const [row] = await tx
    .select({ run: runs, shiftTo: vehicles.shiftTo })
    .from(runs)
    .innerJoin(vehicles, eq(vehicles.id, runs.vehicleId))
    .where(eq(runs.id, runId))
    .for('update', { of: runs })
  const locked = found(row)
  allow(ctx, 'run.dispatch', { hubId: locked.run.hubId })
  return locked
}

/** Locks a link with its run for the dispatcher. */
export async function lockLink(tx: Tx, ctx: Ctx, id: string): Promise<LinkRow> {
  const [known] = await tx.select().from(driverLinks).where(eq(driverLinks.id, id))
  await lockRunOf(tx, ctx, found(known).runId)
  const [link] = await tx.select().from(driverLinks).where(eq(driverLinks.id, id)).for('update')
  return found(link)
}

/** Refuses with `link_over` when the link has ended. */
export function refuseOver(link: LinkRow | undefined, now: Date): asserts link is LinkRow {
  if (!link || link.revokedAt !== null || link.expiresAt <= now) throw new Fault('link_over')
}

/** Ends the sessions that came by a link: one phone at a time, none after it is revoked. */
export async function endSessionsOf(tx: Tx, linkId: string): Promise<void> {
  const own = tx
    .select({ id: driverLinkSessions.sessionId })
    .from(driverLinkSessions)
    .where(eq(driverLinkSessions.linkId, linkId))
  await tx.delete(sessions).where(inArray(sessions.id, own))
}
