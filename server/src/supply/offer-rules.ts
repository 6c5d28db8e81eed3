import { dayDiff, type ServiceDay } from '@huming/shared/days'

/** What is called off, as far as another lot may stand for it. */
export type Asked = {
  readonly skuId: string
  readonly productId: string
  readonly baseUnit: string
  readonly zone: string
  readonly allergens: readonly string[]
  readonly basePerOrderUnit: number
  readonly catchWeight: boolean
  readonly minRemainingDays: number
  readonly day: ServiceDay
  /** Latest instants at which goods are made and leave the base; null where the hub's steps are not timed. */
  readonly makeBy: Date | null
  readonly shipBy: Date | null
}
export type OfferedLot = Pick<Asked, 'skuId' | 'productId' | 'baseUnit' | 'zone' | 'allergens'> & {
  readonly stage: string
  readonly readyDay: ServiceDay
  readonly useByDay: ServiceDay
  /** When a planned lot is harvested by; null for what is made. */
  readonly madeAt: Date | null
}
export type OfferKind = 'other_lot' | 'later_day' | 'other_pack'
export type OfferFlaw =
  | 'wrong_stage'
  | 'other_goods'
  | 'too_short_life'
  | 'not_made'
  | 'not_later'
  | 'broken_units'

/**
 * What offering this lot means: another lot of the pack that still reaches the day, the same on a later day, or
 * goods of the product in another pack (only when made, of the same zone and allergens); or why it cannot stand for
 * what is called off.
 */
export function offerKindOf(
  asked: Asked,
  lot: OfferedLot,
  quantity: number,
  now: Date,
): { kind: OfferKind; day: ServiceDay } | OfferFlaw {
  if (!['planned', 'made', 'shipped'].includes(lot.stage)) return 'wrong_stage'
  const samePack = lot.skuId === asked.skuId
  if (!samePack && !standsFor(asked, lot)) return 'other_goods'
  const day = reachesDay(asked, lot, now) ? asked.day : lot.readyDay
  if (day > asked.day && !samePack) return 'not_made'
  if (dayDiff(day, lot.useByDay) < asked.minRemainingDays) return 'too_short_life'
  if (!samePack) {
    if (lot.stage !== 'made') return 'not_made'
    if (!asked.catchWeight && quantity % asked.basePerOrderUnit !== 0) return 'broken_units'
    return { kind: 'other_pack', day }
  }
  return { kind: day > asked.day ? 'later_day' : 'other_lot', day }
}

/** Another pack of the same product with the same content. */
const standsFor = (asked: Asked, lot: OfferedLot): boolean =>
  lot.productId === asked.productId &&
  lot.baseUnit === asked.baseUnit &&
  lot.zone === asked.zone &&
  [...lot.allergens].sort().join() === [...asked.allergens].sort().join()

/** Goods reach the day when they are ready for it, or can still leave the base in time. */
function reachesDay(asked: Asked, lot: OfferedLot, now: Date): boolean {
  if (lot.readyDay <= asked.day) return true
  if (asked.makeBy === null || asked.shipBy === null) return false
  if (lot.stage === 'made') return now <= asked.shipBy
  return lot.stage === 'planned' && lot.madeAt !== null && lot.madeAt <= asked.makeBy
}

/** A dated row: offers of a kind are taken at once when the goods keep so many days longer than buyers need. */
export type OfferRule = {
  readonly kind: string
  readonly spareDays: number | null
  readonly validFrom: string
  readonly validTo: string
}

/** Does the rule in force (the one begun last) take the offer without asking? Without a rule somebody decides. */
export function takenByRule(
  rules: readonly OfferRule[],
  offer: { kind: OfferKind; day: ServiceDay },
  lot: { useByDay: ServiceDay; minRemainingDays: number },
  today: string,
): boolean {
  const rule = rules
    .filter((one) => one.kind === offer.kind && one.validFrom <= today && today <= one.validTo)
    .reduce<OfferRule | null>((last, one) => (last && last.validFrom >= one.validFrom ? last : one), null)
  if (!rule || rule.spareDays === null) return false
  return dayDiff(offer.day, lot.useByDay) - lot.minRemainingDays >= rule.spareDays
}

/** A promise of so much of a lot to a line. */
export type Held = {
  readonly id: string
  readonly lineId: string
  readonly lotId: string
  readonly quantity: number
}

/** Which promises move, and how much of each, until `quantity` has moved: as they are given, the first first. */
export function takeFrom(held: readonly Held[], quantity: number): { held: Held; moved: number }[] {
  let left = quantity
  return held.flatMap((one) => {
    const moved = Math.min(left, one.quantity)
    left -= moved
    return moved > 0 ? [{ held: one, moved }] : []
  })
}
