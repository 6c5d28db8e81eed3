import { toleranceOf } from '@huming/shared/quantity'
import { allocateFefo } from '../stock/allocation.ts'
import type { PickLot } from './take.ts'
import type { TaskRow } from './task-rows.ts'

type Task = Pick<
  TaskRow,
  'lotId' | 'quantity' | 'day' | 'catchWeight' | 'toleranceBp' | 'basePerOrderUnit' | 'minRemainingDays'
>

/** What comes of a short pick. */
export type Shortfall = {
  readonly picked: number
  /** Not there, or somewhere else: nobody is promised it until a count has said. */
  readonly doubted: number
  /** Damaged: set apart to be destroyed. */
  readonly damaged: number
  readonly replacements: readonly { lotId: string; quantity: number }[]
  readonly cut: number
  /** The whole line falls: the buyer wants all of it or none. */
  readonly dropLine: boolean
  readonly cutReason: 'short_pick' | 'damaged' | 'held' | 'expired'
}

/** Is that a short pick at all, and in units that can be packed? */
export function judgeShort(
  task: Task,
  quantity: number,
): { code: 'over_pick' | 'off_step'; max: number } | null {
  const enough = task.catchWeight ? toleranceOf(task.quantity, task.toleranceBp).least : task.quantity
  if (quantity >= enough) return { code: 'over_pick', max: enough - 1 }
  const broken = !task.catchWeight && quantity % task.basePerOrderUnit !== 0
  return broken ? { code: 'off_step', max: quantity - (quantity % task.basePerOrderUnit) } : null
}

/** Works out where the rest comes from: other lots by expiry in whole units, then a cut. */
export function shortfallOf(
  task: Task,
  lots: readonly PickLot[],
  found: { quantity: number; reason: string; stage: string; wholeOrNot: boolean },
): Shortfall {
  const unit = task.catchWeight ? 1 : task.basePerOrderUnit
  const rest = task.quantity - found.quantity
  const others = lots
    .filter((lot) => lot.id !== task.lotId && lot.stage === 'received')
    .map((lot) => ({
      ...lot,
      promisable: lot.promised + Math.floor(Math.max(0, lot.promisable - lot.promised) / unit) * unit,
    }))
  const replacements = allocateFefo(others, { ...task, quantity: rest })
  const cut = rest - replacements.reduce((sum, share) => sum + share.quantity, 0)
  const dropLine = cut > 0 && found.wholeOrNot
  const sellable = found.stage === 'received'
  // Part of the lot may have been kept apart since the task was made: what is not on the shelf cannot be set apart.
  const onShelf = Math.max(0, (lots.find((lot) => lot.id === task.lotId)?.onHand ?? 0) - found.quantity)
  const damaged = sellable && found.reason === 'damaged' ? Math.min(rest, onShelf) : 0
  return {
    picked: dropLine ? 0 : found.quantity,
    doubted: sellable ? rest - damaged : 0,
    damaged,
    replacements: dropLine ? [] : replacements,
    cut,
    dropLine,
    cutReason: reasonOf(found),
  }
}

function reasonOf({ stage, reason }: { stage: string; reason: string }): Shortfall['cutReason'] {
  if (stage === 'expired') return 'expired'
  if (stage !== 'received') return 'held'
  return reason === 'damaged' ? 'damaged' : 'short_pick'
}
