import type { ContractInput, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'

export type Grid = ContractReply<Contracts['forecasts.read']>
export type Row = Grid['rows'][number]
export type Cell = Row['cells'][number]
type Sent = ContractInput<Contracts['forecasts.write']>['body']['cells'][number]
type Saved = ContractReply<Contracts['forecasts.write']>['items']

/** A change of a harvest day that the server may not know yet; `problem` is why it would not take it. */
export type Draft = Sent & { copied: boolean; version: number; problem?: string }
/** By lot id. */
export type Drafts = Readonly<Record<string, Draft>>

/** A forecast as the screen shows it: the server's with what was changed here on top. */
export type Shown = {
  lotId: string
  harvestDay: string
  quantity: number
  promised: number
  version: number
  readyDay: string | null
  state: 'saved' | 'waiting' | 'refused'
  problem?: string | undefined
}

/** The forecasts of a cell with the drafts of this phone, by harvest day; taken back ones are left out. */
export function shownOf(cell: Cell, skuId: string, drafts: Drafts): Shown[] {
  const known = cell.forecasts.map((one): Shown => ({ ...one, state: 'saved' }))
  const byId = new Map(known.map((one) => [one.lotId, one]))
  for (const draft of Object.values(drafts)) {
    if (draft.skuId !== skuId || draft.week !== cell.week) continue
    const before = byId.get(draft.lotId)
    byId.set(draft.lotId, {
      lotId: draft.lotId,
      harvestDay: draft.harvestDay,
      quantity: draft.quantity,
      promised: before?.promised ?? 0,
      version: before?.version ?? draft.version,
      readyDay: before?.readyDay ?? null,
      state: draft.problem ? 'refused' : 'waiting',
      problem: draft.problem,
    })
  }
  return [...byId.values()]
    .filter((one) => one.quantity > 0 || one.state === 'refused')
    .sort((a, b) => (a.harvestDay < b.harvestDay ? -1 : 1))
}

export const sumOf = (shown: readonly Shown[]): number => shown.reduce((sum, one) => sum + one.quantity, 0)

/** Puts a change on top; a forecast that never reached the server and is taken back again leaves nothing. */
export function put(drafts: Drafts, change: Draft): Drafts {
  const { problem: _, ...draft } = change
  const { [draft.lotId]: before, ...others } = drafts
  if (draft.quantity === 0 && draft.version === 0) return others
  // What waits already was made from the version it knows.
  return { ...others, [draft.lotId]: { ...draft, version: before?.version ?? draft.version } }
}

/** What is to be sent: everything the server has not refused, at most so many at a time. */
export const toSend = (drafts: Drafts): Draft[] =>
  Object.values(drafts)
    .filter((draft) => draft.problem === undefined)
    .slice(0, 100)

/** Saved: what was sent is done; what changed meanwhile goes on from the new version. */
export function settle(drafts: Drafts, sent: readonly Draft[], saved: Saved): Drafts {
  const versions = new Map(saved.map((one) => [one.lotId, one.version]))
  const next: Record<string, Draft> = { ...drafts }
  for (const one of sent) {
    const now = next[one.lotId]
    if (!now) continue
    if (same(now, one)) delete next[one.lotId]
    else next[one.lotId] = { ...now, version: versions.get(one.lotId) ?? now.version }
  }
  return next
}

/** Refused: the cells named wait for the person, the others are sent again without them. */
export function refuse(
  drafts: Drafts,
  sent: readonly Draft[],
  pointers: readonly { pointer: string; reason: string }[],
  sentence: string,
): Drafts {
  const named = pointers.flatMap(({ pointer }) => /^\/body\/cells\/(\d+)/.exec(pointer)?.[1] ?? [])
  // A refusal that names none is about the first: better one by one than stuck for good.
  const at = named.length > 0 ? named.map(Number) : [0]
  const next: Record<string, Draft> = { ...drafts }
  for (const index of at) {
    const one = sent[index]
    const now = one && next[one.lotId]
    if (now) next[now.lotId] = { ...now, problem: sentence }
  }
  return next
}

/** Forgets a change: the server's word holds again. */
export function drop(drafts: Drafts, lotId: string): Drafts {
  const { [lotId]: _, ...others } = drafts
  return others
}

const same = (a: Draft, b: Draft): boolean =>
  a.quantity === b.quantity && a.harvestDay === b.harvestDay && a.version === b.version

/**
 * Last week once more: what was said of each harvest day, seven days later, for every row in season that has nothing
 * there yet and no day of which is over. Ids come from the caller.
 */
export function copyWeek(
  rows: readonly Row[],
  from: number,
  drafts: Drafts,
  { newId, later, today }: { newId: () => string; later: (day: string) => string; today: string },
): Draft[] {
  return rows.flatMap((row) => {
    const [before, cell] = [row.cells[from], row.cells[from + 1]]
    if (!before || !cell?.inSeason || shownOf(cell, row.skuId, drafts).length > 0) return []
    return daysOf(before, row.skuId, drafts)
      .map(({ harvestDay, quantity }) => ({ harvestDay: later(harvestDay), quantity }))
      .filter(({ harvestDay, quantity }) => harvestDay >= today && quantity > 0)
      .map(({ harvestDay, quantity }) => ({
        lotId: newId(),
        skuId: row.skuId,
        week: cell.week,
        harvestDay,
        quantity,
        copied: true,
        version: 0,
      }))
  })
}

/** What a week was said to bring by day: as it stands on this phone, else as it was said. */
function daysOf(cell: Cell, skuId: string, drafts: Drafts): { harvestDay: string; quantity: number }[] {
  const said = new Map<string, number>(cell.said.map((one) => [one.harvestDay, one.quantity]))
  for (const one of shownOf(cell, skuId, drafts))
    if (one.state !== 'refused') said.set(one.harvestDay, one.quantity)
  return [...said].map(([harvestDay, quantity]) => ({ harvestDay, quantity }))
}
