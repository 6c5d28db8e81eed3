import { shareByLargestRemainder } from '@huming/shared/money'

/** Arriving so long after the window still counts as on time. */
export const onTimeToleranceMinutes = 5

/** A run as it is reckoned: money in fen, metres, grams. */
export type RunFacts = {
  readonly metres: number
  readonly hours: number
  readonly fixedFen: number
  readonly fenPerKm: number
  readonly fenPerHour: number
  readonly gramsPerKm: number
  /** Cooling adds so many basis points where cold goods are aboard. */
  readonly coolingBp: number
}

/** Fixed sum, kilometres and hours, rounded half up once. */
export const costOf = ({ metres, hours, fixedFen, fenPerKm, fenPerHour }: RunFacts): number =>
  Math.floor(fixedFen + (metres * fenPerKm) / 1000 + hours * fenPerHour + 0.5)

/** Grams CO₂e, rounded half up once. */
export const emissionsOf = ({ metres, gramsPerKm, coolingBp }: RunFacts): number =>
  Math.floor((metres * gramsPerKm * (10_000 + coolingBp)) / 10_000_000 + 0.5)

/** An order aboard: its mass and how far from the hub it is delivered. */
export type Carried = { readonly grams: number; readonly metres: number }

/** Mass × distance in tonne-metres, rounded half up; at least one, so that nothing rides for free. */
export const tonneMetresOf = ({ grams, metres }: Carried): number =>
  Math.max(1, Math.floor((grams * metres) / 1_000_000 + 0.5))

/** What of a run falls on each of its orders, by tonne-kilometres; parts sum to the whole exactly. */
export function sharesOf(
  whole: { costFen: number; gramsCo2e: number },
  orders: readonly Carried[],
): { tonneMetres: number; costFen: number; gramsCo2e: number }[] {
  const weights = orders.map(tonneMetresOf)
  const costs = shareByLargestRemainder(whole.costFen, weights)
  const grams = shareByLargestRemainder(whole.gramsCo2e, weights)
  return weights.map((tonneMetres, i) => ({
    tonneMetres,
    costFen: costs[i] as number,
    gramsCo2e: grams[i] as number,
  }))
}
