import type { pickMethods, shortageRules } from '@huming/shared/contracts/picking'
import { type CategoryId, isCategoryId, withLeaves } from '@huming/shared/reference/categories'

export type Method = (typeof pickMethods)[number]
export type ShortageRule = (typeof shortageRules)[number]

/** A dated row of `pick_rules`; null matches anything. */
export type MethodRule = {
  readonly method: string
  readonly zone: string | null
  readonly category: string | null
  readonly buyerClass: string | null
  readonly catchWeight: boolean | null
  readonly atDock: boolean | null
  readonly minSites: number | null
  readonly maxPacks: number | null
}
/** What is known of a pack of an order when its wave is released. */
export type MethodFacts = {
  readonly zone: string
  readonly category: string
  readonly buyerClass: string
  readonly catchWeight: boolean
  /** Every lot of the pack still lies at the dock. */
  readonly atDock: boolean
  /** Sites of the wave that want the pack; packs that the wave has in the zone. */
  readonly sites: number
  readonly packs: number
}
export type MethodChoice = {
  readonly orderId: string | null
  readonly skuId: string | null
  readonly method: string
}

/** The method of the first rule that matches; by order where none does. */
export function methodOf(rules: readonly MethodRule[], facts: MethodFacts): Method {
  const rule = rules.find(
    (one) =>
      (one.zone === null || one.zone === facts.zone) &&
      (one.category === null || inCategory(one.category, facts.category)) &&
      (one.buyerClass === null || one.buyerClass === facts.buyerClass) &&
      (one.catchWeight === null || one.catchWeight === facts.catchWeight) &&
      (one.atDock === null || one.atDock === facts.atDock) &&
      (one.minSites === null || facts.sites >= one.minSites) &&
      (one.maxPacks === null || facts.packs <= one.maxPacks),
  )
  return (rule?.method ?? 'by_order') as Method
}

const inCategory = (wanted: string, category: string): boolean =>
  wanted === category || (isCategoryId(wanted) && withLeaves(wanted).includes(category as CategoryId))

/** What the lead chose for a pack of an order, the narrowest choice first: both, the order, the pack, the wave. */
export function chosenMethod(
  choices: ReadonlyMap<string, string>,
  orderId: string,
  skuId: string,
): Method | null {
  const chosen =
    choices.get(choiceKey(orderId, skuId)) ??
    choices.get(choiceKey(orderId, null)) ??
    choices.get(choiceKey(null, skuId)) ??
    choices.get(choiceKey(null, null))
  return (chosen ?? null) as Method | null
}

export const choiceKey = (orderId: string | null, skuId: string | null): string =>
  `${orderId ?? ''}/${skuId ?? ''}`

/** Place in the queue of `contract_first`: contract prices before others, then classes as the hub orders them. */
export function rankOf(classOrder: readonly string[], buyerClass: string, contract: boolean): number {
  const named = classOrder.indexOf(buyerClass)
  const rest = classOrder.indexOf('*')
  const place = named >= 0 ? named : rest >= 0 ? rest : classOrder.length
  return (contract ? 0 : 100) + place
}
