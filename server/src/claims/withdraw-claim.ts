import { claims } from '@huming/db/schema/claims'
import { nextStatus } from '@huming/shared/flows'
import { eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { claimDoc } from './read-claim.ts'
import { type ClaimDoc, lockClaim } from './rows.ts'

/** The buyer takes back a claim that waits for its decision; its quantities may be claimed again. */
export async function withdrawClaim(ctx: Ctx, id: string): Promise<ClaimDoc> {
  allow(ctx, 'claim.write')
  return inTransaction(ctx, async (tx) => {
    const claim = await lockClaim(tx, id)
    allow(ctx, 'claim.write', { orgId: claim.orgId })
    if (claim.status === 'withdrawn') return claimDoc(tx, ctx, id)
    const status = nextStatus('claim', claim.status, 'withdraw')
    if (!status) throw new Fault('wrong_state')
    await tx
      .update(claims)
      .set({ status, version: claim.version + 1 })
      .where(eq(claims.id, id))
    await emit(tx, ctx, { type: 'claim.withdrawn', subjectId: id, orgId: claim.orgId, hubId: claim.hubId })
    return claimDoc(tx, ctx, id)
  })
}
