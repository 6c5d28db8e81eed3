import { sampleId } from '../ids.ts'
import { type Book, tell } from './book.ts'
import { supplierHolds, type Told, toldInOrder } from './crate-turns.ts'
import type { Scene } from './orders.ts'

/** Crates that a hub and a supplier had when the story begins. */
const openingOf = { hub: 1500, org: 120 } as const

/**
 * The crates behind the goods: with which loads they came and went back, how many went into each truck, what was
 * left at doors and taken back, what the warehouse counted in again, and now and then one that was lost.
 */
export function noteCrates({ book }: Scene): void {
  const turns = toldInOrder(book)
  const counts = new Map<string, number>()
  const first = turns[0]?.at
  if (!first) return
  const opening = new Date(first.getTime() - 3_600_000)
  const known = new Set<string>()
  for (const turn of turns) {
    for (const party of [turn.from, turn.to]) {
      const key = `${turn.hubId} ${party?.id} ${turn.typeId}`
      if (!party || party.kind === 'driver' || known.has(key)) continue
      known.add(key)
      const buyer = party.kind === 'org' && !supplierHolds(turn)
      const count = buyer ? 0 : openingOf[party.kind]
      if (count > 0)
        note(book, counts, {
          ...turn,
          kind: 'opening',
          from: null,
          to: party,
          count,
          at: opening,
          subjectId: party.id,
        })
    }
    const has = turn.from ? (counts.get(keyOf(turn, turn.from.id)) ?? 0) : turn.count
    const count = Math.min(turn.count, has)
    turn.settled?.(count)
    if (count > 0) note(book, counts, { ...turn, count })
  }
  for (const [key, count] of counts) {
    const [hubId = '', partyKind = '', partyId = '', typeId = ''] = key.split(' ')
    book.crateBalances.push({ hubId, partyKind, partyId, typeId, count })
  }
}

const kindOf = (turn: Told, partyId: string): string =>
  (turn.from?.id === partyId ? turn.from.kind : turn.to?.kind) ?? ''
const keyOf = (turn: Told, partyId: string): string =>
  `${turn.hubId} ${kindOf(turn, partyId)} ${partyId} ${turn.typeId}`

function note(book: Book, counts: Map<string, number>, turn: Told): void {
  const { kind, hubId, typeId, from, to, count, at, subjectId, personId } = turn
  const name = `crates ${kind} ${subjectId} ${hubId} ${typeId}`
  if (from) counts.set(keyOf(turn, from.id), (counts.get(keyOf(turn, from.id)) ?? 0) - count)
  if (to) counts.set(keyOf(turn, to.id), (counts.get(keyOf(turn, to.id)) ?? 0) + count)
  const eventId = tell(book, {
    type: 'crates.moved',
    at,
    subjectId,
    hubId,
    personId,
    key: name,
    payload: { moves: [{ typeId, count, from, to, kind }] },
  })
  book.crateMoves.push({
    id: sampleId(name, at),
    hubId,
    typeId,
    fromKind: from?.kind ?? null,
    fromId: from?.id ?? null,
    toKind: to?.kind ?? null,
    toId: to?.id ?? null,
    count,
    kind,
    subjectId,
    reason: kind === 'lost' ? '途中遗失（示例）' : '',
    personId,
    eventId,
    at,
  })
}
