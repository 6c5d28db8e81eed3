import { driverLinks } from '@huming/db/schema/driving'
import { runs } from '@huming/db/schema/routes'
import { eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { endSessionsOf, type Link, linkDocs, lockLink } from './link-rows.ts'

/** Links of a run, the newest first. */
export async function listLinks(ctx: Ctx, runId: string): Promise<{ items: Link[] }> {
  allow(ctx, 'run.dispatch')
  const [run] = await ctx.db.select({ hubId: runs.hubId }).from(runs).where(eq(runs.id, runId))
  allow(ctx, 'run.dispatch', { hubId: found(run).hubId })
  return { items: await linkDocs(ctx.db, eq(driverLinks.runId, runId)) }
}

/** A lost phone: the link and its session end at once. A repeat changes nothing. */
export async function revokeLink(ctx: Ctx, id: string): Promise<Link> {
  allow(ctx, 'run.dispatch')
  return inTransaction(ctx, async (tx) => {
    const link = await lockLink(tx, ctx, id)
    if (link.revokedAt === null) {
      await endSessionsOf(tx, id)
      await tx.update(driverLinks).set({ revokedAt: ctx.now }).where(eq(driverLinks.id, id))
      const [run] = await tx.select({ hubId: runs.hubId }).from(runs).where(eq(runs.id, link.runId))
      await emit(tx, ctx, {
        type: 'run.link_revoked',
        subjectId: link.runId,
        hubId: found(run).hubId,
        payload: { linkId: id },
      })
    }
    return found((await linkDocs(tx, eq(driverLinks.id, id)))[0])
  })
}
