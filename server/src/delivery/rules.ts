import type { DeliveredLine } from '../orders/finish-delivery.ts'

/** When the driver's device says it happened, if that can be: after `notBefore`, not in the future; else now. */
export function happenedAt(at: string | undefined, notBefore: Date | null, now: Date): Date {
  const told = at === undefined ? Number.NaN : Date.parse(at)
  if (Number.isNaN(told) || told > now.getTime()) return now
  return notBefore && told < notBefore.getTime() ? notBefore : new Date(told)
}

/** Goods of one line from one lot. */
export type Aboard = {
  readonly orderId: string
  readonly orderLineId: string
  readonly lotId: string
  readonly toteIds: readonly string[]
  readonly zone: string
  readonly quantity: number
  readonly lotCode: string
  /** Recalled, or taken out for a recall: must not be handed over. */
  readonly barred: boolean
  /** When a recall stopped the lot; null: none did, or its goods were taken out of the totes already. */
  readonly stoppedAt: string | null
  /** Weighed goods. */
  readonly catchWeight: boolean
}

export type HandedOver = {
  readonly orderLineId: string
  readonly lotId: string
  readonly delivered: number
  readonly refused: number
  readonly reason: string | null
}

export type Matched = Aboard & Pick<HandedOver, 'delivered' | 'refused' | 'reason'>

const keyOf = (line: { orderLineId: string; lotId: string }): string => `${line.orderLineId}/${line.lotId}`

/**
 * Joins what the driver says with what is aboard. Every line and lot aboard must be told of exactly once, and
 * delivered and refused make its quantity; else the first mismatch: where it is and what was expected.
 */
export function matchLines(
  aboard: readonly Aboard[],
  told: readonly HandedOver[],
): { lines: Matched[] } | { pointer: string; expected: number } {
  const left = new Map(aboard.map((line) => [keyOf(line), line]))
  const lines: Matched[] = []
  for (const [i, one] of told.entries()) {
    const line = left.get(keyOf(one))
    if (!line || one.delivered + one.refused !== line.quantity)
      return { pointer: `/body/lines/${i}`, expected: line?.quantity ?? 0 }
    left.delete(keyOf(one))
    const { delivered, refused } = one
    lines.push({ ...line, delivered, refused, reason: refused > 0 ? one.reason : null })
  }
  const [forgotten] = left.values()
  return forgotten ? { pointer: '/body/lines', expected: forgotten.quantity } : { lines }
}

/** How a stop ends by what was taken. */
export function endOf(lines: readonly Matched[]): 'deliver' | 'deliver_part' | 'refuse' {
  if (lines.every((line) => line.refused === 0)) return 'deliver'
  return lines.some((line) => line.delivered > 0) ? 'deliver_part' : 'refuse'
}

/** Per order, in id order: what became of its lines. */
export function outcomesOf(lines: readonly Matched[]): [orderId: string, lines: DeliveredLine[]][] {
  const byOrder = Map.groupBy(lines, (line) => line.orderId)
  return [...byOrder]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([orderId, own]) => [
      orderId,
      [...Map.groupBy(own, (line) => line.orderLineId)].map(([lineId, lots]) => ({
        lineId,
        deliveredQuantity: lots.reduce((sum, lot) => sum + lot.delivered, 0),
        refusedQuantity: lots.reduce((sum, lot) => sum + lot.refused, 0),
        refuseReason: lots.find((lot) => lot.refused > 0)?.reason ?? null,
        lots: lots.map((lot) => ({ lotId: lot.lotId, quantity: lot.delivered })),
      })),
    ])
}
