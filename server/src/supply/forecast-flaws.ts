import type { lots } from '@huming/db/schema/stock'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import type { ServiceDay } from '@huming/shared/days'
import type { ProblemCode } from '@huming/shared/problems'
import { Fault, found } from '../kernel/fault.ts'
import type { ForecastPack } from './forecast-rows.ts'
import { cellFlaw } from './forecast-rules.ts'

type Body = ContractParsed<Contracts['forecasts.write']>['body']
export type Cell = Body['cells'][number]
/** A lot as it stands with what was said of it; empty texts where it was never forecast. */
export type StandingLot = typeof lots.$inferSelect & { harvestDay: string; week: string; said: number }

type Flaw = { readonly code: ProblemCode; readonly pointer: string; readonly reason: string }

/** Refuses the request when any cell cannot be saved; the pointers name each. */
export function refuseFlaws(
  { cells, hubId }: Pick<Body, 'cells' | 'hubId'>,
  { today, packs }: { today: ServiceDay; packs: ReadonlyMap<string, ForecastPack> },
  standing: ReadonlyMap<string, StandingLot>,
): void {
  const seen = new Set<string>()
  const flaws = cells.flatMap((cell, index): Flaw[] => {
    const at = (code: ProblemCode, reason: string) => [{ code, pointer: `/body/cells/${index}`, reason }]
    const before = standing.get(cell.lotId)
    const place = `${cell.skuId} ${cell.harvestDay}`
    if (seen.has(place) || seen.has(cell.lotId)) return at('bad_input', 'twice')
    seen.add(place).add(cell.lotId)
    const same = before?.skuId === cell.skuId && before.hubId === hubId
    if (before && same && repeats(before, cell)) return []
    if (before && (!same || before.week !== cell.week)) return at('id_reused', 'other_lot')
    if (before && before.stage !== 'planned') return at('wrong_state', before.stage)
    if (before ? before.version !== cell.version : cell.version !== 0) return at('stale_version', 'stale')
    const { week, harvestDay, quantity } = cell as Cell & { week: ServiceDay; harvestDay: ServiceDay }
    const flaw = cellFlaw({ week, harvestDay, quantity }, found(packs.get(cell.skuId)).seasons, today)
    if (!flaw) return []
    return at(flaw === 'not_monday' || flaw === 'too_far' ? 'bad_input' : flaw, flaw)
  })
  const [first] = flaws
  if (first)
    throw new Fault(first.code, '', { pointers: flaws.map(({ pointer, reason }) => ({ pointer, reason })) })
}

/** The lot is as the cell says already. */
export const repeats = (before: StandingLot, cell: Cell): boolean =>
  cell.quantity === 0
    ? before.stage === 'withdrawn'
    : before.stage === 'planned' && before.quantity === cell.quantity && before.harvestDay === cell.harvestDay
