import type { crateMoveKinds, cratePartyKinds } from '@huming/shared/contracts/crates'

export type Party = { readonly kind: (typeof cratePartyKinds)[number]; readonly id: string }
export type CrateMoveKind = (typeof crateMoveKinds)[number]
/** Crates of one type from one party to another; null is the world outside. */
export type CrateMove = {
  readonly typeId: string
  readonly count: number
  readonly from: Party | null
  readonly to: Party | null
  readonly kind: CrateMoveKind
  readonly reason?: string
}
/** What a hand-over does when a side gives more than it has on the books. */
export type Cover = 'explain' | 'refuse'

/** Reason of a row that explains crates which nobody had counted before. */
export const uncounted = { load: 'uncounted_load', found: 'counted_more' } as const

export type Settled =
  | { ok: true; moves: CrateMove[]; counts: Map<string, number> }
  | { ok: false; typeId: string; has: number }

export const balanceKey = (partyId: string, typeId: string): string => `${partyId}/${typeId}`

/**
 * Applies moves one after the other to the counts of the parties. What was counted is the truth: a party that gives
 * more than it has on the books gets the rest first by a row of its own (`explain`): a driver from the hub, whose
 * loading nobody counted; anybody else from outside, as found. With `refuse` it is told how many it has instead.
 */
export function settleMoves(
  before: ReadonlyMap<string, number>,
  moves: readonly CrateMove[],
  hub: Party,
  cover: Cover,
): Settled {
  const counts = new Map(before)
  const done: CrateMove[] = []
  const has = (party: Party, typeId: string): number => counts.get(balanceKey(party.id, typeId)) ?? 0
  const book = (move: CrateMove): void => {
    if (move.from) counts.set(balanceKey(move.from.id, move.typeId), has(move.from, move.typeId) - move.count)
    if (move.to) counts.set(balanceKey(move.to.id, move.typeId), has(move.to, move.typeId) + move.count)
    done.push(move)
  }
  const bringTo = (party: Party, typeId: string, wanted: number, reason?: string): void => {
    const count = wanted - has(party, typeId)
    if (count <= 0) return
    if (party.kind === 'driver') {
      bringTo(hub, typeId, count)
      book({ typeId, count, from: hub, to: party, kind: 'load', reason: uncounted.load })
    } else {
      book({ typeId, count, from: null, to: party, kind: 'found', reason: reason || uncounted.found })
    }
  }
  for (const move of moves) {
    if (move.from && has(move.from, move.typeId) < move.count) {
      if (cover === 'refuse') return { ok: false, typeId: move.typeId, has: has(move.from, move.typeId) }
      bringTo(move.from, move.typeId, move.count, move.reason)
    }
    book(move)
  }
  return { ok: true, moves: done, counts }
}
