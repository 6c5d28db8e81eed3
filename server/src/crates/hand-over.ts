import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { bookCrates, movesOf } from './book-crates.ts'
import { crateParty } from './rows.ts'
import type { CrateMove, Party } from './rules.ts'

type Reply = ContractReply<Contracts['crates.handOver']>
type HandOver = ContractParsed<Contracts['crates.handOver']>['body'] & { id: string }
type Correction = ContractParsed<Contracts['crates.correct']>['body'] & { id: string }
type Booked = { id: string; hubId: string; party: Party; moves: CrateMove[]; reason: string }

const nameOfMove = {
  org: { to_party: 'hand_over', from_party: 'hand_in' },
  driver: { to_party: 'load', from_party: 'unload' },
} as const

/**
 * Crates pass over the counter. A repeat gives the same answer; other counts under the same id are `id_reused`. More
 * than the giver has on the books is `crates_short`, unless the reason says where they come from.
 */
export async function handOver(ctx: Ctx, input: HandOver): Promise<Reply> {
  allow(ctx, 'crate.write', { hubId: input.hubId })
  const { id, hubId, party, direction, counts, reason } = input
  const hub: Party = { kind: 'hub', id: hubId }
  // The hub deals with others here, not with itself.
  if (party.kind === 'hub') throw new Fault('not_found')
  const kind = nameOfMove[party.kind][direction]
  const [from, to] = direction === 'to_party' ? [hub, party] : [party, hub]
  const moves = counts.map(({ typeId, count }): CrateMove => ({ typeId, count, from, to, kind, reason }))
  return inTransaction(ctx, (tx) => book(tx, ctx, { id, hubId, party, moves, reason }))
}

/** Crates leave or join the pool, with the reason; nobody loses more than it has. */
export async function correctCrates(ctx: Ctx, input: Correction): Promise<Reply> {
  allow(ctx, 'crate.writeOff', { hubId: input.hubId })
  const { id, hubId, party, kind, counts, reason } = input
  const leaves = kind === 'lost' || kind === 'broken'
  const [from, to] = leaves ? [party, null] : [null, party]
  const moves = counts.map(({ typeId, count }): CrateMove => ({ typeId, count, from, to, kind, reason }))
  return inTransaction(ctx, (tx) => book(tx, ctx, { id, hubId, party, moves, reason: '' }))
}

async function book(tx: Tx, ctx: Ctx, booked: Booked): Promise<Reply> {
  const { id, hubId, party, moves, reason } = booked
  found(await crateParty(tx, hubId, party))
  const before = await movesOf(tx, id)
  if (before.length > 0 && !sameMoves(before, booked)) throw new Fault('id_reused')
  const done =
    before.length > 0
      ? before
      : await bookCrates(tx, ctx, {
          hubId,
          subjectId: id,
          ...(party.kind === 'org' ? { orgId: party.id } : {}),
          moves,
          cover: reason ? 'explain' : 'refuse',
        })
  return {
    id,
    hub: found(await crateParty(tx, hubId, { kind: 'hub', id: hubId })),
    party: found(await crateParty(tx, hubId, party)),
    found: done
      .filter((move) => move.kind === 'found' && !moves.some((own) => own.kind === 'found'))
      .map(({ typeId, count }) => ({ typeId, count })),
  }
}

/** Was it booked by this very request? Rows that explain it are left aside. */
function sameMoves(rows: Awaited<ReturnType<typeof movesOf>>, { hubId, moves }: Booked): boolean {
  const text = (parts: (string | number | null | undefined)[]): string =>
    parts.map((part) => part ?? '').join('/')
  const kinds = new Set<string>(moves.map((move) => move.kind))
  const stored = rows
    .filter((row) => kinds.has(row.kind))
    .map((row) => text([row.hubId, row.typeId, row.count, row.fromId, row.toId, row.kind, row.reason]))
  const wanted = moves.map((move) =>
    text([hubId, move.typeId, move.count, move.from?.id, move.to?.id, move.kind, move.reason]),
  )
  return stored.toSorted().join() === wanted.toSorted().join()
}
