import { isSellableBin } from '@huming/shared/reference/bins'

/**
 * May goods go this way? Kinds of bins; null is outside the house.
 * - what came back (`returns`) goes to `destroy` and nowhere else (上海市食品安全条例 Art. 30);
 * - what is to be destroyed only leaves the house destroyed (`destroy`), or not at all;
 * - quarantined goods are released into a sellable bin, or go to `destroy`; they never leave the house as goods;
 * - a count puts right what lies in one bin;
 * - nothing is put into `returns` but what comes from outside as a `return`, and a `return` lands nowhere else.
 */
export function mayMove(from: string | null, to: string | null, kind: string): boolean {
  if (kind === 'return') return from === null && to === 'returns'
  if (kind === 'destroy') return from === 'destroy' && to === null
  if (kind === 'count') return from === null || to === null
  if (to === 'returns') return false
  if (from === 'destroy') return false
  if (from === 'returns') return to === 'destroy'
  if (from === 'quarantine')
    return to === 'destroy' || to === 'quarantine' || (kind === 'release' && isSellableBin(to ?? ''))
  return true
}
