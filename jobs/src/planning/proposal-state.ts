import { planProposals } from '@huming/db/schema/planning'
import type { Base } from '@huming/server/kernel/ctx'
import type { ProposalRow } from '@huming/server/routes/proposal-rows'
import { and, eq, or, sql } from 'drizzle-orm'

/** Without a sign of life for so long, whoever planned it is taken for dead. */
export const deadAfterSeconds = 15

export type Claim = ProposalRow & { startedAt: Date }

/** Takes a proposal that waits, or that a dead process left. Null when it is not there to take. */
export async function claim(base: Base, id: string, now: Date): Promise<Claim | null> {
  const dead = sql`${planProposals.seenAt} < now() - make_interval(secs => ${deadAfterSeconds})`
  const [row] = await base.db
    .update(planProposals)
    .set({ status: 'running', startedAt: now, seenAt: sql`now()`, progress: null })
    .where(
      and(
        eq(planProposals.id, id),
        or(eq(planProposals.status, 'asked'), and(eq(planProposals.status, 'running'), dead)),
      ),
    )
    .returning()
  return row ? { ...row, startedAt: now } : null
}

/** Still ours: neither cancelled nor taken over. */
const ours = ({ id, startedAt }: Claim) =>
  and(eq(planProposals.id, id), eq(planProposals.status, 'running'), eq(planProposals.startedAt, startedAt))

/** A sign of life with what is known so far. False when the proposal is not ours any more. */
export async function beat(base: Base, claimed: Claim, progress: ProposalRow['progress']): Promise<boolean> {
  const rows = await base.db
    .update(planProposals)
    .set({ seenAt: sql`now()`, ...(progress ? { progress } : {}) })
    .where(ours(claimed))
    .returning({ id: planProposals.id })
  return rows.length > 0
}

type Ending = Partial<
  Pick<ProposalRow, 'result' | 'costFen' | 'costParts' | 'matrixSource' | 'failure' | 'doneAt' | 'startedAt'>
> & { status: 'done' | 'failed' | 'asked' }

/** Writes how it ended, if it is still ours. */
export async function end(base: Base, claimed: Claim, ending: Ending): Promise<boolean> {
  const rows = await base.db
    .update(planProposals)
    .set(ending)
    .where(ours(claimed))
    .returning({ id: planProposals.id })
  return rows.length > 0
}
