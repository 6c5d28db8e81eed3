import { type refusedFates, type refuseReasons, seenReasons } from '@huming/shared/contracts/receiving'
import type { ProblemCode } from '@huming/shared/problems'
import { toleranceOf } from '@huming/shared/quantity'
import { temperatureText } from '@huming/shared/reference/zones'
import type { TripVerdict } from './trip-rules.ts'

/** What was found at the dock for one lot. */
export type Receipt = {
  readonly accepted: number
  readonly refused: number
  readonly refuseReason: (typeof refuseReasons)[number] | null
  readonly refusedTo: (typeof refusedFates)[number] | null
  readonly disposal: string
  readonly surfaceDeciC: number | null
  readonly coreDeciC: number | null
  readonly photoFileIds: readonly string[]
}
export type Limits = {
  readonly warnAboveDeciC: number | null
  readonly warnForMinutes: number | null
  readonly surfaceMaxDeciC: number | null
  readonly coreMaxDeciC: number | null
  readonly tripLogNeeded: boolean
}
/** What is known of the goods and of their trip. */
export type Goods = {
  readonly shipped: number
  readonly limits: Limits
  readonly trip: TripVerdict
  readonly tripMinutesAbove: number
  readonly catchWeight: boolean
  readonly toleranceBp: number
  /** Sum of the weighings that stand; null without any. */
  readonly netGrams: number | null
  readonly useByDay: string
  readonly remainingDays: number
  readonly neededDays: number
  /** Rules that somebody with the right has set aside, with a reason. */
  readonly exceptions: readonly string[]
}
type Params = Record<string, string | number>
export type Judged =
  | { ok: true; onHand: number }
  | { ok: false; code: ProblemCode; at: string; params?: Params }

const refusal = (code: ProblemCode, at: string, params?: Params): Judged =>
  params ? { ok: false, code, at, params } : { ok: false, code, at }

/** May the goods be taken in as noted, and how much is then on hand? The first rule that is broken tells. */
export function judgeReceipt(goods: Goods, receipt: Receipt, today: string): Judged {
  if (receipt.accepted + receipt.refused !== goods.shipped)
    return refusal('receipt_mismatch', 'accepted', { expected: goods.shipped })
  const refused = judgeRefused(goods, receipt, today)
  if (refused) return refused
  if (receipt.accepted === 0) return { ok: true, onHand: 0 }
  if (goods.useByDay < today) return refusal('lot_expired', 'accepted')
  return judgeTripOf(goods) ?? judgeWarmth(goods.limits, receipt) ?? judgeLife(goods) ?? weigh(goods, receipt)
}

/** Refused goods have a reason, a whereabouts and, where there is something to see, a photo. */
function judgeRefused(goods: Goods, receipt: Receipt, today: string): Judged | null {
  const { refused, refuseReason, refusedTo, disposal, photoFileIds } = receipt
  if (refused === 0) return null
  if (refuseReason === null) return refusal('reason_missing', 'refuseReason')
  if (refuseReason === 'missing') return null
  if (refusedTo === null) return refusal('fate_missing', 'refusedTo')
  // 上海市食品安全条例 Art. 29: expired food is destroyed, never given back.
  if (refusedTo === 'driver' && (refuseReason === 'expired' || goods.useByDay < today))
    return refusal('expired_not_back', 'refusedTo')
  if (refusedTo === 'destroyed' && disposal === '') return refusal('reason_missing', 'disposal')
  const seen = refusedTo === 'destroyed' || seenReasons.includes(refuseReason)
  return seen && photoFileIds.length === 0 ? refusal('photo_missing', 'photoFileIds') : null
}

function judgeTripOf({ limits, trip, tripMinutesAbove, exceptions }: Goods): Judged | null {
  if (limits.tripLogNeeded && trip === 'none') return refusal('trip_log_missing', 'accepted')
  if (trip !== 'excursion' || exceptions.includes('trip')) return null
  return refusal('trip_too_warm', 'accepted', { minutes: tripMinutesAbove })
}

/** Too warm outside is in doubt: the core decides, where the rule knows a limit for it. */
function judgeWarmth({ surfaceMaxDeciC, coreMaxDeciC }: Limits, receipt: Receipt): Judged | null {
  const { surfaceDeciC, coreDeciC } = receipt
  if (surfaceMaxDeciC === null) return null
  if (surfaceDeciC === null) return refusal('temperature_missing', 'surfaceDeciC')
  if (coreDeciC !== null && coreMaxDeciC !== null)
    return coreDeciC > coreMaxDeciC
      ? refusal('too_warm', 'coreDeciC', { limit: temperatureText(coreMaxDeciC) })
      : null
  return surfaceDeciC > surfaceMaxDeciC
    ? refusal('too_warm', 'surfaceDeciC', { limit: temperatureText(surfaceMaxDeciC) })
    : null
}

function judgeLife({ remainingDays, neededDays, exceptions }: Goods): Judged | null {
  if (remainingDays >= neededDays || exceptions.includes('life')) return null
  return refusal('life_too_short', 'accepted', { left: remainingDays, needed: neededDays })
}

/** Catch weight is on hand by its net weight, which must be near what the supplier declared. */
function weigh(goods: Goods, { accepted }: Receipt): Judged {
  if (!goods.catchWeight) return { ok: true, onHand: accepted }
  if (goods.netGrams === null) return refusal('weight_missing', 'accepted')
  const { least, most } = toleranceOf(accepted, goods.toleranceBp)
  return goods.netGrams >= least && goods.netGrams <= most
    ? { ok: true, onHand: goods.netGrams }
    : refusal('weight_out_of_tolerance', 'accepted', { min: least, max: most })
}
