import { hubs, organisations, sites } from '@huming/db/schema/accounts'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { siteReply } from './shapes.ts'

type Route = Contracts['accounts.writeSite']

/** Adds or changes a site. A site never moves to another organisation (`not_found` for theirs). */
export async function writeSite(
  ctx: Ctx,
  id: string,
  body: ContractParsed<Route>['body'],
): Promise<ContractReply<Route>> {
  allow(ctx, 'site.write', { orgId: body.orgId })
  if (body.windowFrom >= body.windowTo) {
    throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/windowTo', reason: 'window_order' }] })
  }
  return inTransaction(ctx, async (tx) => {
    const [org] = await tx
      .select({ id: organisations.id })
      .from(organisations)
      .where(eq(organisations.id, body.orgId))
    const [hub] = await tx.select({ id: hubs.id }).from(hubs).where(eq(hubs.id, body.hubId))
    found(org)
    found(hub)
    const [before] = await tx.select({ orgId: sites.orgId }).from(sites).where(eq(sites.id, id)).for('update')
    if (before && before.orgId !== body.orgId) throw new Fault('not_found')
    const fields = { ...body, deliveryWeekdays: [...new Set(body.deliveryWeekdays)].sort() }
    const [row] = await tx
      .insert(sites)
      .values({ id, ...fields })
      .onConflictDoUpdate({ target: sites.id, set: fields })
      .returning()
    await emit(tx, ctx, {
      type: 'site.written',
      subjectId: id,
      orgId: body.orgId,
      hubId: body.hubId,
      payload: { name: body.name },
    })
    return siteReply(row as NonNullable<typeof row>)
  })
}
