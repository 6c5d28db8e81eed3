import { shareByLargestRemainder } from '@huming/shared/money'
import { type AllocatableLot, allocateFefo } from '../stock/allocation.ts'

/** A line of a wave as far as its lots go. Lines come in the order the orders were placed. */
export type WaveLine = {
  readonly lineId: string
  /** Base units still wanted. */
  readonly need: number
  /** The buyer wants the whole line or none of it. */
  readonly allOrNothing: boolean
  /** Place in the queue of `contract_first`: lower is served first. */
  readonly rank?: number
}
export type ShortageRule = 'contract_first' | 'pro_rata' | 'equal_share'
export type Pack = {
  /** What may not be broken: base units per order unit, 1 for weighed goods. */
  readonly unit: number
  readonly minRemainingDays: number
}
export type Granted = { readonly lineId: string; readonly quantity: number }
export type LinePromise = Granted & { readonly lotId: string }

/**
 * Fixes the lots behind the lines of one pack for a day: first expired first, never a broken unit from one lot.
 * What is short is shared by the hub's rule, in whole units.
 */
export function fixLots(
  lines: readonly WaveLine[],
  lots: readonly AllocatableLot[],
  pack: Pack,
  day: string,
  rule: ShortageRule = 'pro_rata',
): { granted: Granted[]; promises: LinePromise[] } {
  const usable = lots.map((lot) => ({
    ...lot,
    promisable: lot.promised + wholeUnits(freeOf(lot), pack.unit),
  }))
  const all = lines.reduce((sum, line) => sum + line.need, 0)
  const need = { quantity: all, day, minRemainingDays: pack.minRemainingDays }
  const shares = allocateFefo(usable, need)
  const supply = shares.reduce((sum, share) => sum + share.quantity, 0)
  const granted = supply >= all ? lines.map(whole) : shareShort(lines, supply, pack.unit, rule)
  return { granted, promises: hand(granted, shares) }
}

const freeOf = (lot: AllocatableLot): number => Math.max(0, lot.promisable - lot.promised)
const wholeUnits = (quantity: number, unit: number): number => Math.floor(quantity / unit) * unit
const whole = (line: WaveLine): Granted => ({ lineId: line.lineId, quantity: line.need })

/**
 * Shares too little supply by a rule: `pro_rata` in proportion to need by largest remainder; `equal_share` the same
 * for everybody up to what each needs; `contract_first` rank after rank, in proportion inside a rank.
 */
export function shareShort(
  lines: readonly WaveLine[],
  supply: number,
  unit: number,
  rule: ShortageRule = 'pro_rata',
): Granted[] {
  if (rule !== 'contract_first')
    return shareAmong(lines, supply, unit, rule === 'equal_share' ? equalUnits : shareUnits)
  const ranks = [...Map.groupBy(lines, (line) => line.rank ?? 0)].sort(([a], [b]) => a - b)
  const got = new Map<string, number>()
  let left = supply
  for (const [, group] of ranks) {
    const need = group.reduce((all, line) => all + line.need, 0)
    const shares = need <= left ? group.map(whole) : shareAmong(group, left, unit, shareUnits)
    for (const { lineId, quantity } of shares) {
      got.set(lineId, quantity)
      left -= quantity
    }
  }
  return lines.map((line) => ({ lineId: line.lineId, quantity: got.get(line.lineId) ?? 0 }))
}

type Sharing = (lines: readonly WaveLine[], supply: number, unit: number) => number[]

/** What a buyer of whole lines cannot use goes to the others, then to those it still fills. */
function shareAmong(lines: readonly WaveLine[], supply: number, unit: number, sharing: Sharing): Granted[] {
  const first = sharing(lines, supply, unit)
  const got = new Map<string, number>()
  lines.forEach((line, i) => {
    const share = first[i] ?? 0
    if (line.allOrNothing) got.set(line.lineId, share === line.need ? share : 0)
  })
  const partial = lines.filter((line) => !line.allOrNothing)
  let left = supply - sum(got.values())
  const wanted = partial.reduce((all, line) => all + line.need, 0)
  const second = wanted <= left ? partial.map((line) => line.need) : sharing(partial, left, unit)
  partial.forEach((line, i) => got.set(line.lineId, second[i] ?? 0))
  left = supply - sum(got.values())
  for (const line of lines) {
    if (!line.allOrNothing || got.get(line.lineId) !== 0 || line.need > left) continue
    got.set(line.lineId, line.need)
    left -= line.need
  }
  return lines.map((line) => ({ lineId: line.lineId, quantity: got.get(line.lineId) ?? 0 }))
}

function shareUnits(lines: readonly WaveLine[], supply: number, unit: number): number[] {
  if (lines.length === 0) return []
  const weights = lines.map((line) => Math.floor(line.need / unit))
  const wanted = sum(weights)
  if (wanted === 0) return lines.map(() => 0)
  const units = shareByLargestRemainder(Math.min(Math.floor(supply / unit), wanted), weights)
  return units.map((count) => count * unit)
}

/** Unit by unit round the lines, first come first, nobody beyond what they need. */
function equalUnits(lines: readonly WaveLine[], supply: number, unit: number): number[] {
  const wants = lines.map((line) => Math.floor(line.need / unit))
  const got = lines.map(() => 0)
  let left = Math.floor(supply / unit)
  for (;;) {
    const open = wants.flatMap((want, i) => (want > (got[i] ?? 0) ? [i] : []))
    if (open.length === 0 || left === 0) break
    const each = Math.max(1, Math.floor(left / open.length))
    for (const i of open) {
      const more = Math.min(each, left, (wants[i] ?? 0) - (got[i] ?? 0))
      got[i] = (got[i] ?? 0) + more
      left -= more
    }
  }
  return got.map((count) => count * unit)
}

const sum = (values: Iterable<number>): number => {
  let total = 0
  for (const value of values) total += value
  return total
}

/** Hands the lots' shares to the lines in order, so that few lines are split over lots. */
function hand(
  granted: readonly Granted[],
  shares: readonly { lotId: string; quantity: number }[],
): LinePromise[] {
  const rest = shares.map((share) => ({ ...share }))
  const promises: LinePromise[] = []
  let at = 0
  for (const { lineId, quantity } of granted) {
    let want = quantity
    while (want > 0) {
      const share = rest[at]
      if (!share) break
      const take = Math.min(want, share.quantity)
      if (take > 0) promises.push({ lineId, lotId: share.lotId, quantity: take })
      share.quantity -= take
      want -= take
      if (share.quantity === 0) at++
    }
  }
  return promises
}

export type CutReason = 'supply_short' | 'late_supply' | 'held' | 'expired'
/** A lot of the pack at the hub, whatever its stage. */
export type KnownLot = {
  readonly stage: string
  readonly readyDay: string
  readonly useByDay: string
  readonly quantity: number
  readonly onHand: number
}

/** Why a pack is short: goods that exist but are not here, are stopped, or have not the life needed. */
export function whyShort(lots: readonly KnownLot[], day: string, lastDay: string): CutReason {
  const late = (lot: KnownLot) =>
    lot.quantity > 0 &&
    lot.useByDay >= lastDay &&
    (lot.stage === 'shipped' || ((lot.stage === 'planned' || lot.stage === 'made') && lot.readyDay <= day))
  if (lots.some(late)) return 'late_supply'
  if (lots.some((lot) => (lot.stage === 'held' || lot.stage === 'recalled') && lot.quantity > 0))
    return 'held'
  const dead = (lot: KnownLot) =>
    lot.onHand > 0 && (lot.stage === 'expired' || (lot.stage === 'received' && lot.useByDay < lastDay))
  return lots.some(dead) ? 'expired' : 'supply_short'
}
