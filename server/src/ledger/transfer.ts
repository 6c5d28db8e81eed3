import { ledgerAccounts, ledgerTransfers } from '@huming/db/schema/ledger'
import { newId } from '@huming/shared/ids'
import type { AccountPurpose, AccountRef, NewTransfer } from '@huming/shared/ledger-words'
import { keyOf } from '@huming/shared/settle-order'
import { inArray, sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { assert } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { changeSums, lockAccounts } from './transfers.ts'

/**
 * Moves money between accounts: the one way that entries are written, beside holds and their ends. Accounts are opened
 * when first used. Give everything a transaction moves in one call, so that accounts are locked once and in order.
 * Returns the ids of the transfers, in the order given, without those of 0 fen.
 */
export async function transfer(tx: Tx, at: Date, moves: readonly NewTransfer[]): Promise<string[]> {
  const real = moves.filter((move) => move.amountFen !== 0)
  if (real.length === 0) return []
  const accounts = await openAccounts(
    tx,
    real.flatMap((move) => [move.debit, move.credit]),
  )
  const idOf = (ref: AccountRef): string => {
    const id = accounts.get(keyOf(ref))
    assert(id, `account ${keyOf(ref)} is open`)
    return id
  }
  const rows = real.map(({ debit, credit, ...move }) => ({
    ...move,
    id: newId(),
    kind: 'direct' as const,
    debitAccountId: idOf(debit),
    creditAccountId: idOf(credit),
    at,
  }))
  await tx.insert(ledgerTransfers).values(rows)
  await changeSums(tx, rows)
  return rows.map((row) => row.id)
}

/** Locks all accounts that entries and the ends of holds will touch, before the first of them is written. */
export async function lockForEntries(
  tx: Tx,
  moves: readonly NewTransfer[],
  holdIds: readonly string[],
): Promise<void> {
  const accounts = await openAccounts(
    tx,
    moves.flatMap((move) => [move.debit, move.credit]),
  )
  const held = await tx
    .select({ debit: ledgerTransfers.debitAccountId, credit: ledgerTransfers.creditAccountId })
    .from(ledgerTransfers)
    .where(inArray(ledgerTransfers.id, [...holdIds]))
  await lockAccounts(tx, [...accounts.values(), ...held.flatMap(({ debit, credit }) => [debit, credit])])
}

/** The account of an organisation for a purpose, opened when it has none. */
export async function openAccount(tx: Tx, orgId: string, purpose: AccountPurpose): Promise<string> {
  const accounts = await openAccounts(tx, [{ orgId, purpose }])
  return accounts.get(keyOf({ orgId, purpose })) as string
}

/** Ids of accounts by `keyOf`; those that were never used are opened. Locks nothing. */
export async function openAccounts(tx: Tx, refs: readonly AccountRef[]): Promise<Map<string, string>> {
  const wanted = new Map(refs.map((ref) => [keyOf(ref), ref]))
  const found = await readAccounts(tx, [...wanted.values()])
  const missing = [...wanted].filter(([key]) => !found.has(key)).toSorted(([a], [b]) => (a < b ? -1 : 1))
  if (missing.length === 0) return found
  await tx
    .insert(ledgerAccounts)
    .values(missing.map(([, { orgId, purpose }]) => ({ id: newId(), orgId, purpose })))
    .onConflictDoNothing()
  return readAccounts(tx, [...wanted.values()])
}

async function readAccounts(tx: Tx, refs: readonly AccountRef[]): Promise<Map<string, string>> {
  const rows = (await tx.execute(sql`
    select a.id, a.org_id as "orgId", a.purpose from ledger_accounts a
    join unnest(${bareArray(refs.map((ref) => ref.orgId))}::uuid[],
      ${bareArray(refs.map((ref) => ref.purpose))}::text[]) as w(org_id, purpose)
      on w.org_id = a.org_id and w.purpose = a.purpose`)) as unknown as (AccountRef & { id: string })[]
  return new Map(rows.map((row) => [keyOf(row), row.id]))
}
