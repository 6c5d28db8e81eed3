import type { ProblemCode } from '@huming/shared/problems'
import {
  judgeTemperature,
  temperatureText,
  ZONES,
  type Zone,
  type ZoneFacts,
} from '@huming/shared/reference/zones'

/** What was found at the dock for one lot. */
export type Receipt = {
  accepted: number
  refused: number
  refuseReason: string | null
  grossGrams: number | null
  tareGrams: number | null
  surfaceDeciC: number | null
}
/** What is known of the goods. */
export type Goods = {
  shipped: number
  zone: Zone
  catchWeight: boolean
  toleranceBp: number
  useByDay: string
}
type Judged =
  | { ok: true; onHand: number }
  | { ok: false; code: ProblemCode; at: string; params?: Record<string, string | number> }

const refusal = (code: ProblemCode, at: string, params?: Record<string, string | number>): Judged =>
  params ? { ok: false, code, at, params } : { ok: false, code, at }

/** May the goods be taken in as noted, and how much is then on hand? */
export function judgeReceipt(goods: Goods, receipt: Receipt, today: string): Judged {
  if (receipt.accepted + receipt.refused !== goods.shipped)
    return refusal('receipt_mismatch', 'accepted', { expected: goods.shipped })
  if (receipt.refused > 0 && receipt.refuseReason === null) return refusal('reason_missing', 'refuseReason')
  if (receipt.accepted === 0) return { ok: true, onHand: 0 }
  if (goods.useByDay < today) return refusal('lot_expired', 'accepted')
  return judgeWarmth(goods.zone, receipt.surfaceDeciC) ?? weigh(goods, receipt)
}

function judgeWarmth(zone: Zone, surface: number | null): Judged | null {
  const { readingRequired, reject }: ZoneFacts = ZONES[zone]
  if (surface === null) return readingRequired ? refusal('temperature_missing', 'surfaceDeciC') : null
  if (judgeTemperature(zone, surface) !== 'reject') return null
  return refusal('too_warm', 'surfaceDeciC', { limit: temperatureText(reject?.above ?? 0) })
}

/** Catch weight is on hand by its net weight, which must be near what the supplier declared. */
function weigh(goods: Goods, { accepted, grossGrams, tareGrams }: Receipt): Judged {
  if (!goods.catchWeight || grossGrams === null) return { ok: true, onHand: accepted }
  const net = grossGrams - (tareGrams ?? 0)
  const { least, most } = toleranceOf(accepted, goods.toleranceBp)
  return net >= least && net <= most
    ? { ok: true, onHand: net }
    : refusal('weight_out_of_tolerance', 'grossGrams', { min: least, max: most })
}

/** Weights taken without asking for goods of a nominal weight; never below one gram. */
export function toleranceOf(nominal: number, toleranceBp: number): { least: number; most: number } {
  const off = Number((BigInt(nominal) * BigInt(toleranceBp)) / 10_000n)
  return { least: Math.max(1, nominal - off), most: nominal + off }
}
