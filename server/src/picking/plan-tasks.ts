import { type Filled, fillTotes, type Portion } from './fill-totes.ts'
import type { HubRules } from './hub-rules.ts'
import { chosenMethod, type Method, type MethodRule, methodOf } from './methods.ts'
import type { Demand, OrderFacts, PackFacts, PackPlan } from './wave-demand.ts'

/** Where a lot lies: the bin to take from first, and whether it never left the dock. */
export type Place = { binId: string; walk: number; onlyDock: boolean }
export type Choosing = {
  readonly rules: readonly MethodRule[]
  /** The lead's choices by `choiceKey`. */
  readonly choices: ReadonlyMap<string, string>
  readonly places: ReadonlyMap<string, Place>
}
export type TaskPlan = Filled<Portion> & { readonly method: Method; readonly place: Place | undefined }

/** How each pack of each order is picked; `methodsOf` answers also before the lots are fixed. */
export function methodsOf(demand: Demand, packs: readonly PackPlan[], { rules, choices, places }: Choosing) {
  const packsIn = new Map<string, number>()
  for (const { skuId } of packs) {
    const { zone } = demand.packs.get(skuId) as PackFacts
    packsIn.set(zone, (packsIn.get(zone) ?? 0) + 1)
  }
  const factsOf = new Map(
    packs.map(({ skuId, lines, promises }) => {
      const pack = demand.packs.get(skuId) as PackFacts
      const sites = new Set(lines.map((line) => demand.orders.get(line.orderId)?.siteId)).size
      const atDock = promises.length > 0 && promises.every((one) => places.get(one.lotId)?.onlyDock)
      return [skuId, { ...pack, sites, atDock, packs: packsIn.get(pack.zone) ?? 0 }] as const
    }),
  )
  return (orderId: string, skuId: string): Method => {
    const chosen = chosenMethod(choices, orderId, skuId)
    const facts = factsOf.get(skuId)
    if (chosen || !facts) return chosen ?? 'by_order'
    return methodOf(rules, { ...facts, buyerClass: (demand.orders.get(orderId) as OrderFacts).buyerClass })
  }
}

/** Tasks of a wave: the promises parted into totes, each with its method and the place of its lot. */
export function planTasks(
  demand: Demand,
  packs: readonly PackPlan[],
  choosing: Choosing,
  hub: HubRules,
): TaskPlan[] {
  const method = methodsOf(demand, packs, choosing)
  const skuOf = new Map<string, string>()
  const portions = packs.flatMap((plan) => {
    const pack = demand.packs.get(plan.skuId) as PackFacts
    const orderOf = new Map(plan.lines.map((line) => [line.lineId, line.orderId]))
    return plan.promises.map(({ lineId, lotId, quantity }) => {
      skuOf.set(lineId, plan.skuId)
      return portionOf(pack, { lineId, lotId, quantity, orderId: orderOf.get(lineId) as string })
    })
  })
  return fillTotes(portions, hub.toteKinds).map((one) => ({
    ...one,
    method: method(one.orderId, skuOf.get(one.lineId) as string),
    place: choosing.places.get(one.lotId),
  }))
}

/** Goods of a pack as they are put into totes. */
export const portionOf = (
  pack: PackFacts,
  goods: { lineId: string; lotId: string; quantity: number; orderId: string },
): Portion => ({
  ...goods,
  zone: pack.zone,
  separation: pack.separation,
  looseLotId: pack.loose ? goods.lotId : null,
  unit: pack.basePerOrderUnit,
  unitGrams: pack.grossGrams,
  unitMillilitres: pack.millilitres,
})
