import { ledgerTransfers } from '@huming/db/schema/ledger'
import { newId } from '@huming/shared/ids'
import { sharedPurposes } from '@huming/shared/ledger-words'
import { inArray, sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { assert } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { type Movement, type Post, splitPost, sumChanges } from './rules.ts'

/** Ends a hold: by whom it is found, and the event that says why. */
export type EndOfHold = { readonly holdId: string; readonly eventId: string }

/** Gives held credit back: nothing will be owed. A hold ends once; a second end is refused by the database. */
export async function voidHolds(tx: Tx, at: Date, ends: readonly EndOfHold[]): Promise<void> {
  if (ends.length === 0) return
  const holds = await readHolds(
    tx,
    ends.map((end) => end.holdId),
  )
  const rows = ends.map((end) => ({ ...takenFrom(holds, end), kind: 'void' as const, ...trace(end, at) }))
  await tx.insert(ledgerTransfers).values(rows)
  await changeSums(tx, rows)
}

/**
 * Ends a hold with what is truly owed: that much is posted and the rest released; what lies above the hold is
 * owed by a direct transfer beside it.
 */
export async function postHold(
  tx: Tx,
  at: Date,
  end: EndOfHold & { readonly finalFen: number },
): Promise<void> {
  const hold = takenFrom(await readHolds(tx, [end.holdId]), end)
  const { postFen, surplusFen } = splitPost(hold.amountFen, end.finalFen)
  const post = { ...hold, kind: 'post' as const, heldFen: hold.amountFen, amountFen: postFen }
  const rows: (Movement | Post)[] = [post]
  await tx.insert(ledgerTransfers).values({ ...post, ...trace(end, at) })
  if (surplusFen > 0) {
    const surplus = { ...hold, kind: 'direct' as const, amountFen: surplusFen }
    await tx.insert(ledgerTransfers).values({ ...surplus, ...trace(end, at), holdId: null })
    rows.push(surplus)
  }
  await changeSums(tx, rows)
}

/**
 * Locks accounts: parties' own first, in id order, then the shared house accounts, in id order. A transaction that
 * writes entries in several steps locks all their accounts before the first.
 */
export async function lockAccounts(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.execute(sql`
    select id from ledger_accounts where id = any(${bareArray(ids)}::uuid[])
    order by (purpose = any(${bareArray(sharedPurposes)}::text[])), id for no key update`)
}

type HoldRow = Pick<
  typeof ledgerTransfers.$inferSelect,
  'id' | 'debitAccountId' | 'creditAccountId' | 'amountFen' | 'subjectId'
>

async function readHolds(tx: Tx, ids: readonly string[]): Promise<Map<string, HoldRow>> {
  const rows = await tx
    .select({
      id: ledgerTransfers.id,
      debitAccountId: ledgerTransfers.debitAccountId,
      creditAccountId: ledgerTransfers.creditAccountId,
      amountFen: ledgerTransfers.amountFen,
      subjectId: ledgerTransfers.subjectId,
    })
    .from(ledgerTransfers)
    .where(inArray(ledgerTransfers.id, [...ids]))
  return new Map(rows.map((row) => [row.id, row]))
}

function takenFrom(holds: Map<string, HoldRow>, { holdId }: EndOfHold): Omit<HoldRow, 'id'> {
  const hold = holds.get(holdId)
  assert(hold, `hold ${holdId} exists`)
  const { id: _id, ...entry } = hold
  return entry
}

const trace = ({ holdId, eventId }: EndOfHold, at: Date) => ({ id: newId(), holdId, eventId, at })

/** Locks accounts in the order kept everywhere, then brings their sums along. */
export async function changeSums(tx: Tx, movements: readonly (Movement | Post)[]): Promise<void> {
  const changes = [...sumChanges(movements)]
  const ids = bareArray(changes.map(([id]) => id))
  await lockAccounts(
    tx,
    changes.map(([id]) => id),
  )
  await tx.execute(sql`
    update ledger_accounts a set
      debits_pending_fen = a.debits_pending_fen + c.dp, debits_posted_fen = a.debits_posted_fen + c.dt,
      credits_pending_fen = a.credits_pending_fen + c.cp, credits_posted_fen = a.credits_posted_fen + c.ct
    from unnest(${ids}::uuid[], ${bareArray(changes.map(([, c]) => c.debitsPending))}::int8[],
      ${bareArray(changes.map(([, c]) => c.debitsPosted))}::int8[],
      ${bareArray(changes.map(([, c]) => c.creditsPending))}::int8[],
      ${bareArray(changes.map(([, c]) => c.creditsPosted))}::int8[]) as c(id, dp, dt, cp, ct)
    where a.id = c.id`)
}
