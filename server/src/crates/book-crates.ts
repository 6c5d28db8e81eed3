import { crateBalances, crateMoves, crateTypes } from '@huming/db/schema/crates'
import { newId } from '@huming/shared/ids'
import { eq, inArray, sql } from 'drizzle-orm'
import { personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { balanceKey, type Cover, type CrateMove, type Party, settleMoves } from './rules.ts'

export type Booking = {
  readonly hubId: string
  /** Consignment, run, stop or hand-over of which it is part; a repeat is told apart by the caller. */
  readonly subjectId: string
  /** Organisation concerned, for its live screens. */
  readonly orgId?: string
  readonly at?: Date
  readonly moves: readonly CrateMove[]
  readonly cover: Cover
}

/**
 * Books crates that change hands, within the caller's transaction, and emits `crates.moved`. Gives what was written,
 * with the rows that explain crates nobody had on the books. Throws `crates_short` (with `has`) under cover
 * `refuse`, and `crate_type_closed` for types that are unknown or no longer in use.
 */
export async function bookCrates(tx: Tx, ctx: Ctx, booking: Booking): Promise<CrateMove[]> {
  if (booking.moves.length === 0) return []
  await refuseClosedTypes(tx, booking.moves)
  const hub: Party = { kind: 'hub', id: booking.hubId }
  const typeIds = [...new Set(booking.moves.map((move) => move.typeId))].toSorted()
  const before = await lockBalances(tx, booking, typeIds)
  const settled = settleMoves(before, booking.moves, hub, booking.cover)
  if (!settled.ok)
    throw new Fault('crates_short', '', { params: { has: settled.has }, typeId: settled.typeId })
  await writeCounts(tx, booking.hubId, before, settled.counts)
  const eventId = await emit(tx, ctx, {
    type: 'crates.moved',
    subjectId: booking.subjectId,
    orgId: booking.orgId ?? null,
    hubId: booking.hubId,
    payload: { moves: settled.moves },
  })
  await tx.insert(crateMoves).values(
    settled.moves.map(({ typeId, count, from, to, kind, reason = '' }) => ({
      id: newId(),
      hubId: booking.hubId,
      typeId,
      fromKind: from?.kind ?? null,
      fromId: from?.id ?? null,
      toKind: to?.kind ?? null,
      toId: to?.id ?? null,
      count,
      kind,
      subjectId: booking.subjectId,
      reason,
      personId: personIdOf(ctx),
      eventId,
      at: booking.at ?? ctx.now,
    })),
  )
  return settled.moves
}

async function refuseClosedTypes(tx: Tx, moves: readonly CrateMove[]): Promise<void> {
  const wanted = [...new Set(moves.map((move) => move.typeId))]
  const known = await tx.select().from(crateTypes).where(inArray(crateTypes.id, wanted))
  const open = new Set(known.filter((type) => type.closedAt === null).map((type) => type.id))
  // A type no longer in use still comes back, but is not given out.
  const bad = moves.find(({ typeId, to, from }) =>
    from?.kind === 'hub' && to !== null ? !open.has(typeId) : !known.some((type) => type.id === typeId),
  )
  if (bad) throw new Fault('crate_type_closed', bad.typeId)
}

/** Counts of the parties, locked; the hub's, which all drivers share, only when it gives or takes. */
async function lockBalances(
  tx: Tx,
  { hubId, moves }: Booking,
  typeIds: readonly string[],
): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  const parties = moves.flatMap(({ from, to }) => [from, to]).filter((one) => one !== null)
  for (const kind of ['driver', 'org'] as const)
    await lockSome(
      tx,
      hubId,
      parties.filter((party) => party.kind === kind),
      typeIds,
      found,
    )
  const short = moves.some(
    ({ from, typeId, count }) =>
      from?.kind === 'driver' && count > (found.get(balanceKey(from.id, typeId)) ?? 0),
  )
  const hub: Party = { kind: 'hub', id: hubId }
  if (short || parties.some((party) => party.kind === 'hub')) await lockSome(tx, hubId, [hub], typeIds, found)
  return found
}

async function lockSome(
  tx: Tx,
  hubId: string,
  parties: readonly Party[],
  typeIds: readonly string[],
  found: Map<string, number>,
): Promise<void> {
  const ids = [...new Set(parties.map((party) => party.id))].toSorted()
  const kind = parties[0]?.kind
  if (!kind) return
  const rows = ids.flatMap((partyId) =>
    typeIds.map((typeId) => ({ hubId, partyKind: kind, partyId, typeId, count: 0 })),
  )
  await tx.insert(crateBalances).values(rows).onConflictDoNothing()
  const locked = await tx.execute<{ partyId: string; typeId: string; count: number }>(sql`
    select party_id as "partyId", type_id as "typeId", count from crate_balances
    where hub_id = ${hubId} and party_id = any(${bareArray(ids)}::uuid[])
      and type_id = any(${bareArray(typeIds)}::uuid[])
    order by party_id, type_id for update`)
  for (const row of locked) found.set(balanceKey(row.partyId, row.typeId), row.count)
}

async function writeCounts(
  tx: Tx,
  hubId: string,
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): Promise<void> {
  for (const [key, count] of after) {
    if (before.get(key) === count) continue
    const [partyId, typeId] = key.split('/')
    await tx.execute(sql`
      update crate_balances set count = ${count} where hub_id = ${hubId} and party_id = ${partyId} and type_id = ${typeId}`)
  }
}

/** The moves already booked for a subject, for repeats and for documents. */
export async function movesOf(tx: Pick<Tx, 'select'>, subjectId: string) {
  return tx.select().from(crateMoves).where(eq(crateMoves.subjectId, subjectId)).orderBy(crateMoves.id)
}
