import { waves } from '@huming/db/schema/picking'
import { planProposals } from '@huming/db/schema/planning'
import { eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { type Proposal, type ProposalBrief, proposalBriefs, proposalDoc } from './proposal-rows.ts'

/** Proposals of a wave, newest first, for those of its hub and operations. */
export async function listProposals(ctx: Ctx, waveId: string): Promise<{ items: ProposalBrief[] }> {
  allow(ctx, 'run.read')
  const [row] = await ctx.db.select().from(waves).where(eq(waves.id, waveId))
  allow(ctx, 'run.read', { hubId: found(row).hubId })
  return { items: await proposalBriefs(ctx.db, waveId) }
}

/** A proposal with its progress, and its runs once it is done. */
export async function readProposal(ctx: Ctx, id: string): Promise<Proposal> {
  allow(ctx, 'run.read')
  const [row] = await ctx.db
    .select({ hubId: planProposals.hubId })
    .from(planProposals)
    .where(eq(planProposals.id, id))
  allow(ctx, 'run.read', { hubId: found(row).hubId })
  return proposalDoc(ctx.db, id)
}
