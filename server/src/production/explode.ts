import { needsOf, type Recipe } from './rules.ts'

/** What is needed of a pack, what there is, and what is to be made or bought of it. */
export type Requirement = {
  readonly skuId: string
  readonly needed: number
  readonly onHand: number
  readonly missing: number
  /** The recipe that makes what is missing; null: it must be bought. */
  readonly recipe: (Recipe & { readonly id: string }) | null
}

/**
 * Explodes what is to be made by the recipes, level by level, down to what must be bought. Stock is used up on the
 * way: only what is missing of a pack asks for its own inputs. Recipes form no cycle (refused when they are written);
 * should rows disagree, a pack within itself counts as bought. Packs come in the order in which they are needed:
 * a product before its inputs.
 */
export function explode(
  wanted: ReadonlyMap<string, number>,
  recipes: ReadonlyMap<string, Recipe & { readonly id: string }>,
  stock: ReadonlyMap<string, number>,
): Requirement[] {
  const needed = new Map(wanted)
  const result: Requirement[] = []
  for (const skuId of productsFirst([...wanted.keys()], recipes)) {
    const quantity = needed.get(skuId) ?? 0
    if (quantity === 0) continue
    const onHand = stock.get(skuId) ?? 0
    const missing = Math.max(0, quantity - onHand)
    const recipe = recipes.get(skuId) ?? null
    result.push({ skuId, needed: quantity, onHand, missing, recipe })
    if (!recipe || missing === 0) continue
    for (const [inputId, amount] of needsOf(recipe, missing))
      needed.set(inputId, (needed.get(inputId) ?? 0) + amount)
  }
  return result
}

/** All packs reached from the roots, each before everything that goes into it. */
function productsFirst(roots: readonly string[], recipes: ReadonlyMap<string, Recipe>): string[] {
  const done = new Set<string>()
  const order: string[] = []
  const visit = (skuId: string, path: ReadonlySet<string>): void => {
    if (done.has(skuId) || path.has(skuId)) return
    const inner = new Set(path).add(skuId)
    for (const input of recipes.get(skuId)?.inputs ?? []) visit(input.skuId, inner)
    done.add(skuId)
    order.unshift(skuId)
  }
  for (const root of roots) visit(root, new Set())
  return order
}
