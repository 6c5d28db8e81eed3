import { ledgerAccounts, ledgerTransfers } from '@huming/db/schema/ledger'
import { and, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { assert, Fault } from '../kernel/fault.ts'
import { changeSums } from './transfers.ts'

/** A hold that ended with nothing owed, and the one that takes its place. */
export type NewHold = {
  readonly id: string
  readonly endedId: string
  readonly amountFen: number
  readonly eventId: string
}

/** Holds credit anew between the accounts of ended holds. Refuses with `credit_exceeded` where it went elsewhere meanwhile. */
export async function holdAgain(tx: Tx, at: Date, wanted: readonly NewHold[]): Promise<void> {
  if (wanted.length === 0) return
  const ended = await tx
    .select()
    .from(ledgerTransfers)
    .where(
      inArray(
        ledgerTransfers.id,
        wanted.map((one) => one.endedId),
      ),
    )
  const rows = wanted.map(({ id, endedId, amountFen, eventId }) => {
    const old = ended.find((row) => row.id === endedId)
    assert(old, `hold ${endedId} exists`)
    const { debitAccountId, creditAccountId, subjectId } = old
    return { id, kind: 'hold' as const, debitAccountId, creditAccountId, amountFen, subjectId, eventId, at }
  })
  await tx.insert(ledgerTransfers).values(rows)
  await changeSums(tx, rows)
  const over = await tx
    .select({ id: ledgerAccounts.id })
    .from(ledgerAccounts)
    .where(
      and(
        inArray(ledgerAccounts.id, [...new Set(rows.map((row) => row.debitAccountId))]),
        isNotNull(ledgerAccounts.creditLimitFen),
        sql`${ledgerAccounts.debitsPendingFen} + ${ledgerAccounts.debitsPostedFen} - ${ledgerAccounts.creditsPostedFen}
          > ${ledgerAccounts.creditLimitFen}`,
      ),
    )
  if (over.length > 0) throw new Fault('credit_exceeded')
}
