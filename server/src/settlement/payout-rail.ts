import { connectAccounts } from '@huming/db/schema/connect'
import type { AccountPurpose } from '@huming/shared/ledger-words'
import { inArray } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import { queueCall } from '../payment/make-calls.ts'
import type { Batch, Payout } from './payout-rows.ts'

/** A way for money to leave: what it needs when a batch is sent, and the mirror account that then pays. */
export type PayoutRail = {
  readonly mirror: AccountPurpose
  /** In the transaction that sends the batch; calls to the outside are only queued here. */
  readonly send: (tx: Tx, ctx: Ctx, batch: Batch, rows: readonly Payout[]) => Promise<void>
}

/** The bank gets a file that people take there; what becomes of it they tell. */
const bank: PayoutRail = { mirror: 'bank', send: async () => {} }

/** Transfers within Stripe; made by a job after the commit, its outcome is followed by `followTransfers`. */
const stripe: PayoutRail = {
  mirror: 'stripe',
  send: async (tx, ctx, batch, rows) => {
    const known = await tx
      .select()
      .from(connectAccounts)
      .where(
        inArray(
          connectAccounts.orgId,
          rows.map((row) => row.partyOrgId),
        ),
      )
    for (const row of rows) {
      const account = known.find((one) => one.orgId === row.partyOrgId)
      if (!account?.payoutsEnabled) throw new Fault('payout_blocked', '', { params: { party: '' } })
      await queueCall(tx, ctx.now, {
        kind: 'transfer',
        subjectId: row.id,
        params: { amount: row.amountFen, account: account.providerAccountId, group: batch.id },
      })
    }
  },
}

export const rails: Record<string, PayoutRail> = { bank, stripe }
