import { planProposals } from '@huming/db/schema/planning'
import { eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type Proposal, proposalDoc } from './proposal-rows.ts'

/** Stops planning, or drops a proposal nobody took. Cancelling again changes nothing; an adopted one stays. */
export async function cancelProposal(ctx: Ctx, id: string): Promise<Proposal> {
  allow(ctx, 'plan.write')
  await inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(planProposals).where(eq(planProposals.id, id)).for('update')
    const proposal = found(row)
    allow(ctx, 'plan.write', { hubId: proposal.hubId })
    if (proposal.status === 'cancelled') return
    if (proposal.status === 'adopted' || proposal.status === 'failed') throw new Fault('wrong_state')
    await tx
      .update(planProposals)
      .set({ status: 'cancelled', doneAt: ctx.now, result: null, costFen: null, costParts: null })
      .where(eq(planProposals.id, id))
    await emit(tx, ctx, {
      type: 'plan.proposal_cancelled',
      subjectId: id,
      hubId: proposal.hubId,
      payload: { waveId: proposal.waveId },
    })
  })
  return proposalDoc(ctx.db, id)
}
