import { lineAmountFen, shareByLargestRemainder } from '@huming/shared/money'
import { toleranceOf } from '@huming/shared/quantity'

/** A weighed line as it was ordered, and what came of it. */
export type WeighedLine = {
  readonly catchWeight: boolean
  readonly toleranceBp: number
  /** Ordered less what was cut, base units. */
  readonly nominal: number
  readonly deliveredQuantity: number
  readonly priceCentifen: number
  readonly basePerPriceUnit: number
  readonly lots: readonly { readonly lotId: string; readonly quantity: number }[]
}

/** What goes on the bill at once, and what waits for the buyer's word; null when everything is within the tolerance. */
export type Bill = {
  readonly billedQuantity: number
  readonly finalFen: number
  readonly lots: WeighedLine['lots']
  readonly excess: { readonly fen: number; readonly lots: WeighedLine['lots'] } | null
}

/**
 * Settles a line on its true weight up to the tolerance of its pack; what is above is not charged before the buyer
 * agrees. Both parts sum to what the whole weight costs, and each lot's parts to what was delivered of it.
 */
export function billOf(line: WeighedLine): Bill {
  const { deliveredQuantity: delivered, lots } = line
  const price = { priceCentifen: line.priceCentifen, pricingBase: line.basePerPriceUnit }
  const whole = lineAmountFen({ ...price, quantity: delivered })
  const most = line.catchWeight ? toleranceOf(line.nominal, line.toleranceBp).most : delivered
  if (delivered <= most) return { billedQuantity: delivered, finalFen: whole, lots, excess: null }
  const finalFen = lineAmountFen({ ...price, quantity: most })
  const parts = shareByLargestRemainder(
    most,
    lots.map((lot) => lot.quantity),
  )
  const billed = lots.map((lot, i) => ({ ...lot, quantity: parts[i] ?? 0 }))
  const rest = lots.map((lot, i) => ({ ...lot, quantity: lot.quantity - (parts[i] ?? 0) }))
  return { billedQuantity: most, finalFen, lots: billed, excess: { fen: whole - finalFen, lots: rest } }
}
