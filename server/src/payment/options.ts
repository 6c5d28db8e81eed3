import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { availableFen, type CreditState, owedFen } from '../ledger/rules.ts'
import { openStatements } from './allocate.ts'
import { payCodeFor } from './pay-codes.ts'
import { onlineMethods } from './provider.ts'
import { receivingAccount } from './rows.ts'
import type { StripeSettings } from './settings.ts'

/** How one's organisation may pay, and what it owes. The pay code is made when first asked for. */
export async function readOptions(
  ctx: Ctx,
  statementId: string | undefined,
  settings: StripeSettings | null,
): Promise<ContractReply<Contracts['payments.options']>> {
  const { orgId } = person(ctx)
  allow(ctx, 'payment.write', { orgId })
  const account = await receivingAccount(ctx.db, ctx.now)
  const payCode = await inTransaction(ctx, async (tx) => {
    const open = statementId ? await openStatements(tx, orgId) : []
    if (statementId && !open.some((one) => one.id === statementId)) throw new Fault('payment_subject_wrong')
    return payCodeFor(tx, ctx.now, orgId, statementId ?? null)
  })
  const [state] = await ctx.sql<CreditState[]>`
    select debits_pending_fen as "debitsPendingFen", debits_posted_fen as "debitsPostedFen",
      credits_posted_fen as "creditsPostedFen", credit_limit_fen as "creditLimitFen"
    from ledger_accounts where org_id = ${orgId} and purpose = 'receivable'`
  const owed = state ? owedFen(state) : 0
  return {
    methods: [...(account ? (['transfer'] as const) : []), ...(settings ? onlineMethods : [])],
    online: settings ? (settings.host ? 'sample' : 'live') : 'off',
    account: account && { holder: account.holder, bank: account.bank, number: account.number },
    payCode,
    owedFen: Math.max(0, owed),
    heldFen: state?.debitsPendingFen ?? 0,
    prepaidFen: Math.max(0, -owed),
    limitFen: state?.creditLimitFen ?? null,
    availableFen: state ? availableFen(state) : null,
  }
}
