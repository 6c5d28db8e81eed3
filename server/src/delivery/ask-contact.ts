import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockStop, refuseOffRoad } from './rows.ts'

/** The contact's full number, while the driver is on the way to the stop or there. Each asking is an event. */
export async function askContact(ctx: Ctx, id: string): Promise<{ name: string; phone: string }> {
  allow(ctx, 'run.drive')
  return inTransaction(ctx, async (tx) => {
    const { stop, run, site } = await lockStop(tx, ctx, id)
    refuseOffRoad(run)
    if (stop.finishedAt !== null) throw new Fault('wrong_state')
    await emit(tx, ctx, {
      type: 'stop.contact_shown',
      subjectId: stop.id,
      orgId: site.orgId,
      hubId: run.hubId,
      payload: { runId: run.id, siteId: site.id },
    })
    return { name: site.contactName, phone: site.contactPhone }
  })
}
