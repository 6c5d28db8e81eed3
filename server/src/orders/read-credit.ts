import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { availableFen, type CreditState, owedFen } from '../ledger/rules.ts'

/** Credit line of one's own organisation, or of any for operations. */
export async function readCredit(
  ctx: Ctx,
  asked: string | undefined,
): Promise<ContractReply<Contracts['orders.credit']>> {
  allow(ctx, 'credit.read')
  const orgId = asked ?? person(ctx).orgId
  allow(ctx, 'credit.read', { orgId })
  const [row] = await ctx.sql<CreditState[]>`
    select debits_pending_fen as "debitsPendingFen", debits_posted_fen as "debitsPostedFen",
      credits_posted_fen as "creditsPostedFen", credit_limit_fen as "creditLimitFen"
    from ledger_accounts where org_id = ${orgId} and purpose = 'receivable'`
  const account = found(row)
  return {
    orgId,
    limitFen: account.creditLimitFen,
    heldFen: account.debitsPendingFen,
    owedFen: owedFen(account),
    availableFen: availableFen(account),
  }
}
