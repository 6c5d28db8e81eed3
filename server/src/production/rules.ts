import { shareByLargestRemainder } from '@huming/shared/money'
import type { BaseUnit } from '@huming/shared/units'

/** An input of a recipe as far as amounts go. Quantities in base units of the input, net for one standard batch. */
export type Input = {
  readonly skuId: string
  readonly baseUnit: BaseUnit
  readonly quantity: number
  readonly lossBp: number
}
export type Recipe = {
  /** What one standard batch gives, base units of the pack made. */
  readonly batchQuantity: number
  readonly toleranceBp: number
  readonly inputs: readonly Input[]
}
/** How much was taken of each pack, base units. */
export type Taken = ReadonlyMap<string, number>

const WHOLE = 10_000n

/** What must be taken so that `quantity` is left after the loss; rounded up. */
export function grossOf({ quantity, lossBp }: Pick<Input, 'quantity' | 'lossBp'>): number {
  return Number(divideUp(BigInt(quantity) * WHOLE, WHOLE - BigInt(lossBp)))
}

/** What a batch of `quantity` takes of each input; rounded up, so that there is enough. */
export function needsOf(recipe: Recipe, quantity: number): Map<string, number> {
  return new Map(
    recipe.inputs.map((input) => [
      input.skuId,
      Number(divideUp(BigInt(grossOf(input)) * BigInt(quantity), BigInt(recipe.batchQuantity))),
    ]),
  )
}

/**
 * Inputs that make up the mass of the product: what is counted in g or ml. Pieces are packaging, unless there is
 * nothing else (ducks that are packed anew).
 */
export function weighedInputs(recipe: Recipe): readonly Input[] {
  const weighed = recipe.inputs.filter((input) => input.baseUnit !== 'piece')
  return weighed.length > 0 ? weighed : recipe.inputs
}

/** What the recipe gives from what was taken, by the mass of all weighed inputs together; rounded half up. */
export function expectedFrom(recipe: Recipe, taken: Taken): number {
  const weighed = weighedInputs(recipe)
  const whole = weighed.reduce((sum, input) => sum + BigInt(grossOf(input)), 0n)
  const used = weighed.reduce((sum, input) => sum + BigInt(taken.get(input.skuId) ?? 0), 0n)
  return Number((BigInt(recipe.batchQuantity) * used * 2n + whole) / (whole * 2n))
}

/** Do the two differ by more than so many basis points of the second? */
export const differs = (value: number, expected: number, bp: number): boolean =>
  BigInt(Math.abs(value - expected)) * WHOLE > BigInt(expected) * BigInt(bp)

/** Does the yield need a reason? */
export const yieldIsOff = (recipe: Recipe, taken: Taken, made: number): boolean =>
  differs(made, expectedFrom(recipe, taken), recipe.toleranceBp)

/**
 * Weighed inputs whose share of the mixture differs from the recipe's by more than twice the tolerance of the yield
 * (a scale is read twice), at least two per cent.
 */
export function offRecipe(recipe: Recipe, taken: Taken): string[] {
  const weighed = weighedInputs(recipe)
  if (weighed.length < 2) return []
  const whole = weighed.reduce((sum, input) => sum + grossOf(input), 0)
  const used = weighed.reduce((sum, input) => sum + (taken.get(input.skuId) ?? 0), 0)
  const bp = Math.max(200, recipe.toleranceBp * 2)
  return weighed
    .filter((input) => {
      const expected = Number((BigInt(grossOf(input)) * BigInt(used)) / BigInt(whole))
      return differs(taken.get(input.skuId) ?? 0, expected, bp)
    })
    .map((input) => input.skuId)
}

/** A lot that went into a batch. */
export type UsedLot = { readonly lotId: string; readonly skuId: string; readonly quantity: number }

/**
 * How much of what was made stands for each lot that went in: all of it holds some of every input, so the made
 * quantity is shared out among the lots of one input, by largest remainder; at least 1, for something of it is there.
 */
export function madeOfEach(used: readonly UsedLot[], made: number): Map<string, number> {
  const shares = new Map<string, number>()
  for (const group of Map.groupBy(used, (lot) => lot.skuId).values()) {
    const parts = shareByLargestRemainder(
      made,
      group.map((lot) => lot.quantity),
    )
    group.forEach((lot, i) => shares.set(lot.lotId, Math.max(1, parts[i] as number)))
  }
  return shares
}

/** What the label must name and does not. */
export const missingFrom = (label: Iterable<string>, goods: Iterable<string>): string[] => {
  const named = new Set(label)
  return [...new Set(goods)].filter((one) => !named.has(one)).sort()
}

/** Was the limit of a step kept? A step without limit needs no reading. */
export function keepsLimit(
  step: { readonly minDeciC: number | null; readonly maxDeciC: number | null },
  deciC: number | null,
): boolean {
  if (step.minDeciC === null && step.maxDeciC === null) return true
  if (deciC === null) return false
  return deciC >= (step.minDeciC ?? -Infinity) && deciC <= (step.maxDeciC ?? Infinity)
}

function divideUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by
}
